// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QNetworkRequest>

namespace weir::subscribe {

/// True if the id can stand in a header field: RFC 9110, "Field Values", allows no control characters but TAB.
bool isSendable(const QByteArray &lastEventId);

/// The GET request for a stream at `url`. `isForeign`: a redirect has led to another origin, which gets neither the
/// user's headers nor the credentials of the URL. Requires valid headers.
QNetworkRequest streamRequest(
    const QUrl &url, const SubscriptionSettings &settings, const QByteArray &lastEventId, bool isForeign);

} // namespace weir::subscribe
