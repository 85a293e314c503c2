// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QUrl>

class QNetworkCookieJar;

namespace weir::subscribe {

/// The value of a Cookie field for a request to `url`: RFC 6265, "The Cookie Header". Empty if there are none.
QByteArray cookiesFor(const QNetworkCookieJar &jar, const QUrl &url);
/// Takes what a response set; `setCookie` holds its fields parted by line feeds. The jar refuses those for other sites.
void keepCookies(QNetworkCookieJar &jar, const QByteArray &setCookie, const QUrl &url);

} // namespace weir::subscribe
