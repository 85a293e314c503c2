// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelset.h"
#include "publish/cors.h"
#include "publish/httprequest.h"
#include "publish/publishendpoint.h"
#include "publish/responsehead.h"
#include "publish/settings.h"

namespace weir::publish {

/// What a connection does about one request.
struct Answer
{
    QByteArray bytes;                      ///< a whole answer, or the head of a stream
    bool closes = true;                    ///< no further request on this connection
    Channel *stream = nullptr;             ///< subscribe to it after the bytes
    Frame::Form form = Frame::Form::Chunk; ///< of the stream
};

/// Decides what each request gets; sends nothing itself. Publisher thread only.
class Responder
{
public:
    explicit Responder(const ChannelSet &channels)
        : m_channels(channels)
    {}

    void configure(const PublisherSettings &settings);
    /// While true, new streams are refused with 503.
    void setFull(bool full) { m_isFull = full; }

    Answer answer(const Request &request) const;
    BodyPlan planBody(const Request &request) const;
    /// For what could not be read as a request.
    static Answer failure(int status);

private:
    Answer streamOrError(const Request &request, Channel &channel) const;
    Answer publish(const Request &request, Channel *channel) const;
    bool isMisdirected(const Request &request) const;
    QByteArray allowLine() const;
    Answer gone(const Request &request) const;
    Answer options(const Request &request) const;
    Answer landingPage(const Request &request) const;
    Answer plain(const Request &request, PlainAnswer answer) const;
    Answer error(const Request &request, int status) const;
    bool wantsLandingPage(const Request &request) const;

    const ChannelSet &m_channels;
    CorsPolicy m_cors;
    PublishEndpoint m_publishing;
    QList<QByteArray> m_hostNames; ///< in lower case, beside the loopback ones; `*`: all
    bool m_isLoopback = true;
    bool m_isFull = false;
};

} // namespace weir::publish
