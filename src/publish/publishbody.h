// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/encoder.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace weir::publish {

/// What the body of a request to publish says.
struct PublishBody
{
    QList<sse::Message> messages;
    int status = 0; ///< 0: as it must be; else 400 or 415
    QString error;  ///< one sentence with the place
};

/// `text/plain`, no type at all, or the type that curl -d sends by itself (application/x-www-form-urlencoded): the
/// data, byte for byte. `application/json`: one message, see readMessageJson(). `application/x-ndjson`: one on each
/// line. `text/event-stream`: its blocks. `query` (as sent) may have `type`, `id` and `retry` for the messages without.
/// Either everything is right or there is an error: nothing is published in part. Reads UTF-8 only.
PublishBody readPublishBody(const QByteArray &contentType, const QByteArray &query, const QByteArray &body);

} // namespace weir::publish
