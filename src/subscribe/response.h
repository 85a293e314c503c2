// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"
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
    QByteArray setCookie; ///< fields parted by line feeds
};

/// What to make of a response, or of an end.
struct Verdict
{
    Cause cause = Cause::None;
    QString detail;
    QString warning; ///< Accepted: what was let pass
};

/// Cause::Accepted if the response is an event stream (or what the settings take for one), else why it is not: HTML
/// Living Standard, "Server-sent events", processing model. Whether its coding can be read is not asked here, nor
/// about redirects.
Verdict judge(const ResponseHead &head, const SubscriptionSettings &settings);

/// Text from a server, fit to be shown on a line: no control characters, not endless.
QString shownText(const QString &text);

} // namespace weir::subscribe
