// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/status.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace weir::subscribe {

/// Fetch Standard, "HTTP-redirect fetch".
inline constexpr int maxRedirects = 20;

bool isRedirectStatus(int status);
/// Fetch Standard, "HTTP-redirect fetch": whether the request goes on as a GET without its body.
bool turnsIntoGet(int status, const QByteArray &method);
bool isSameOrigin(const QUrl &a, const QUrl &b);
/// Scheme, host and port: what connections are counted and shared by.
QByteArray originOf(const QUrl &url);

/// Where a redirect leads, or why it is not followed.
struct Redirect
{
    Cause refusal = Cause::None;
    QString detail; ///< the place as it may be shown
    QUrl target;    ///< absolute; user name and password in a Location are not used
    bool leavesOrigin = false;
};

/// `location` is relative to `from`; `hops` redirects have been followed before.
Redirect followRedirect(const QUrl &from, const QByteArray &location, int hops);

} // namespace weir::subscribe
