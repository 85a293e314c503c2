// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/status.h"

#include <QByteArray>
#include <QString>

namespace weir::subscribe {

/// What matters of a response before its body. Repeated fields are joined by commas.
struct ResponseHead
{
    int status = 0; ///< 0: there was no response
    QString reason;
    QByteArray contentType;
    QByteArray contentEncoding;
    QByteArray location;
    QByteArray retryAfter;
};

/// Cause::Accepted if the response is an event stream, else why it is not: HTML Living Standard, "Server-sent events",
/// processing model. Not asked about redirects.
struct Verdict
{
    Cause cause = Cause::None;
    QString detail;
};
Verdict judge(const ResponseHead &head);

/// Text from a server, fit to be shown on a line: no control characters, not endless.
QString shownText(const QString &text);

} // namespace weir::subscribe
