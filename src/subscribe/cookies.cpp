// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/cookies.h"

#include <QNetworkCookie>
#include <QNetworkCookieJar>

namespace weir::subscribe {

QByteArray cookiesFor(const QNetworkCookieJar &jar, const QUrl &url)
{
    QByteArrayList pairs;
    for (const QNetworkCookie &cookie : jar.cookiesForUrl(url))
        pairs << cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    return pairs.join("; ");
}

void keepCookies(QNetworkCookieJar &jar, const QByteArray &setCookie, const QUrl &url)
{
    if (!setCookie.isEmpty())
        jar.setCookiesFromUrl(QNetworkCookie::parseCookies(setCookie), url);
}

} // namespace weir::subscribe
