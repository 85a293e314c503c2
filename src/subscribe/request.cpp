// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/request.h"

#include <algorithm>

namespace weir::subscribe {

namespace {

/// QNAM does nothing clever on its own: redirects, cookies, authentication and the cache would act behind our back.
void setAttributes(QNetworkRequest &request)
{
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
}

void setOwnHeaders(QNetworkRequest &request)
{
    request.setRawHeader("Accept", "text/event-stream");
    // QNAM's own decompression keeps every byte ever received; and proxies hold back what they compress.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Cache-Control", "no-cache");
    request.setRawHeader("User-Agent", "Weir/" WEIR_VERSION);
}

void setCredentials(QNetworkRequest &request, const QUrl &url)
{
    if (url.userInfo().isEmpty())
        return;
    const QString credentials = url.userName(QUrl::FullyDecoded) + u':' + url.password(QUrl::FullyDecoded);
    request.setRawHeader("Authorization", "Basic " + credentials.toUtf8().toBase64());
}

/// The first of a name replaces what Weir would send; further ones of that name join it.
void setUserHeaders(QNetworkRequest &request, const QList<Header> &headers)
{
    QList<QByteArray> seen;
    for (const Header &header : headers) {
        const QByteArray name = header.name.toLower();
        const QByteArray separator = name == "cookie" ? "; " : ", ";
        const bool isRepeated = seen.contains(name);
        request.setRawHeader(
            header.name, isRepeated ? request.rawHeader(header.name) + separator + header.value : header.value);
        seen.append(name);
    }
}

} // namespace

bool isSendable(const QByteArray &lastEventId)
{
    return std::none_of(lastEventId.begin(), lastEventId.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

QNetworkRequest streamRequest(
    const QUrl &url, const SubscriptionSettings &settings, const QByteArray &lastEventId, bool isForeign)
{
    QNetworkRequest request(url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    setAttributes(request);
    setOwnHeaders(request);
    if (!isForeign) {
        setCredentials(request, settings.url);
        setUserHeaders(request, settings.headers);
    }
    if (!lastEventId.isEmpty() && isSendable(lastEventId))
        request.setRawHeader("Last-Event-ID", lastEventId);
    return request;
}

} // namespace weir::subscribe
