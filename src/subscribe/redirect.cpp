// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/redirect.h"

#include "subscribe/response.h"
#include "subscribe/settings.h"

#include <QRegularExpression>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

QString httpScheme()
{
    return u"http"_s;
}

QString httpsScheme()
{
    return u"https"_s;
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == httpsScheme() ? 443 : 80);
}

/// A place that is no URL may still hold a secret.
QString shownLocation(const QByteArray &location)
{
    const QString text = QString::fromUtf8(location);
    const QUrl url(text, QUrl::TolerantMode);
    if (url.isValid())
        return shownText(displayUrl(url));
    static const QRegularExpression credentials(u"[^/\\s]*@"_s);
    static const QRegularExpression behindPath(u"[?#].*"_s, QRegularExpression::DotMatchesEverythingOption);
    return shownText(QString(text).remove(credentials).remove(behindPath));
}

Redirect refused(Cause cause, const QString &detail)
{
    Redirect redirect;
    redirect.refusal = cause;
    redirect.detail = detail;
    return redirect;
}

} // namespace

bool isRedirectStatus(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool turnsIntoGet(int status, const QByteArray &method)
{
    if (status == 301 || status == 302)
        return method == "POST";
    return status == 303 && method != "GET" && method != "HEAD";
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

QByteArray originOf(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment).toEncoded();
}

Redirect followRedirect(const QUrl &from, const QByteArray &location, int hops)
{
    if (location.trimmed().isEmpty())
        return refused(Cause::RedirectWithoutLocation, {});
    const QUrl relative(QString::fromUtf8(location.trimmed()), QUrl::TolerantMode);
    QUrl target = relative.isValid() ? from.resolved(relative) : QUrl();
    target.setUserInfo(QString());
    target.setFragment(QString());
    const bool isHttp = target.scheme() == httpScheme() || target.scheme() == httpsScheme();
    if (!target.isValid() || !isHttp || target.host().isEmpty())
        return refused(Cause::RedirectInvalid, shownLocation(location));
    if (from.scheme() == httpsScheme() && target.scheme() == httpScheme())
        return refused(Cause::RedirectLosesTls, displayUrl(target));
    if (hops >= maxRedirects)
        return refused(Cause::TooManyRedirects, displayUrl(target));
    Redirect redirect;
    redirect.target = target;
    redirect.leavesOrigin = !isSameOrigin(from, target);
    return redirect;
}

} // namespace weir::subscribe
