// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QNetworkRequest>

namespace weir::subscribe {

/// True if the id can stand in a header field: RFC 9110, "Field Values", allows no control characters but TAB.
bool isSendable(const QByteArray &lastEventId);

/// Where an attempt has got to: what differs between its requests.
struct RequestState
{
    QUrl url;               ///< without credentials
    QByteArray lastEventId; ///< left out if it is empty or cannot be sent
    QByteArray cookies;     ///< that servers set before; empty: none
    /// A redirect has led to another origin, which gets neither the user's headers nor credentials nor a body.
    bool isForeign = false;
    bool isTurnedIntoGet = false; ///< by a redirect: Fetch Standard, "HTTP-redirect fetch"
};

/// A request, complete: the library adds nothing to it but what HTTP/2 or a proxy demands.
struct StreamRequest
{
    QNetworkRequest request;
    QByteArray method;
    QByteArray body;
    QStringList secretTexts; ///< see SubscriptionSettings
    QByteArray maskedHead;   ///< as sent over HTTP/1.1, with its line ends; values of secrets are masked
};

/// Doing it twice is doing it once: RFC 9110, "Idempotent Methods", and those that only ask (REPORT, SEARCH, QUERY …).
bool isIdempotent(const QByteArray &method);

/// Requires valid settings.
StreamRequest streamRequest(const SubscriptionSettings &settings, const RequestState &state);

/// `head` as it goes over HTTP/2: the request line as pseudo-header fields, names in lower case.
QByteArray asHttp2Head(const QByteArray &head, const QUrl &url);

} // namespace weir::subscribe
