// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"
#include "publish/httprequest.h"
#include "publish/responsehead.h"

namespace weir::publish {

struct PublisherSettings;

/// Publishing by HTTP: POST or PUT to a channel's path, with a token. Off without one. A page of another site cannot
/// use it, because it does not know the token. Publisher thread only.
///
/// The answer to what was published is 200 and JSON: `{"published":1,"id":"…"}` (null: it has no id), or for several
/// blocks `{"published":2,"ids":["…",null]}`. Everything is published or nothing.
class PublishEndpoint
{
public:
    void configure(const PublisherSettings &settings);

    bool isOn() const { return !m_tokenDigest.isEmpty(); }
    BodyPlan planBody(const Request &request) const;
    /// Publishes what the request says. Its connection and CORS headers are left to the caller.
    PlainAnswer answer(const Request &request, Channel &channel) const;

private:
    bool isAuthorized(const Request &request) const;

    QByteArray m_tokenDigest; ///< tokens are compared as digests: whatever their lengths, it takes the same time
    qint64 m_maxBytes = 0;
};

} // namespace weir::publish
