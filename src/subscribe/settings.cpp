// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/settings.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

bool fail(SettingsError value, SettingsError *error)
{
    if (error)
        *error = value;
    return false;
}

/// `localhost:8080/x` looks like a scheme and is none; `mailto:x` is one.
bool beginsWithScheme(const QString &text)
{
    static const QRegularExpression scheme(
        u"^[a-z][a-z0-9+.-]*:(?!\\d+([/?#]|$))"_s, QRegularExpression::CaseInsensitiveOption);
    return scheme.match(text).hasMatch();
}

QUrl withScheme(const QString &text)
{
    if (text.startsWith(u"//"_s))
        return QUrl(u"http:"_s + text, QUrl::TolerantMode);
    return QUrl(beginsWithScheme(text) ? text : u"http://"_s + text, QUrl::TolerantMode);
}

bool checkUrl(const QString &text, const QUrl &url, SettingsError *error)
{
    const bool isHttp = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!isHttp && beginsWithScheme(text) && (url.isValid() || !text.startsWith(u"http"_s, Qt::CaseInsensitive)))
        return fail(SettingsError::UrlSchemeUnsupported, error);
    if (url.host().isEmpty() && (url.isValid() || url.authority().isEmpty()) && isHttp)
        return fail(url.isValid() ? SettingsError::UrlWithoutHost : SettingsError::UrlInvalid, error);
    return url.isValid() || fail(SettingsError::UrlInvalid, error);
}

/// Everything but the secret values stays as it was written, order and odd escapes included.
QString maskedQuery(const QString &query)
{
    QStringList items = query.split(u'&');
    for (QString &item : items) {
        const qsizetype equals = item.indexOf(u'=');
        if (equals >= 0 && isSecretQueryItem(QUrl::fromPercentEncoding(item.left(equals).toUtf8())))
            item = item.left(equals + 1) + u"***"_s;
    }
    return items.join(u'&');
}

bool isFieldContent(const QByteArray &value)
{
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

bool isReserved(const QByteArray &lowerName)
{
    static constexpr std::array reserved{"host", "content-length", "connection", "last-event-id", "transfer-encoding",
        "te", "trailer", "upgrade", "keep-alive", "expect", "proxy-connection", "http2-settings"};
    return std::any_of(reserved.begin(), reserved.end(), [&](const char *name) { return lowerName == name; });
}

} // namespace

QUrl urlFromUserInput(const QString &text, SettingsError *error)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        fail(SettingsError::UrlEmpty, error);
        return {};
    }
    const QUrl url = withScheme(trimmed);
    return checkUrl(trimmed, url, error) ? url : QUrl();
}

QString suggestedName(const QUrl &url)
{
    const QString segment = url.adjusted(QUrl::StripTrailingSlash).fileName(QUrl::PrettyDecoded);
    return segment.isEmpty() ? url.host() : segment;
}

bool isSecretQueryItem(const QString &name)
{
    static const QStringList secret{u"token"_s, u"access_token"_s, u"auth_token"_s, u"authtoken"_s, u"api_key"_s,
        u"apikey"_s, u"api-key"_s, u"key"_s, u"secret"_s, u"client_secret"_s, u"password"_s, u"passwd"_s, u"pwd"_s,
        u"authorization"_s, u"auth"_s, u"jwt"_s, u"sig"_s, u"signature"_s, u"x-amz-signature"_s,
        u"x-amz-security-token"_s, u"x-goog-signature"_s, u"session"_s, u"sessionid"_s, u"sid"_s};
    return secret.contains(name.toLower());
}

QString displayUrl(const QUrl &url)
{
    QUrl shown = url;
    shown.setUserInfo(QString());
    shown.setFragment(QString());
    if (shown.hasQuery())
        shown.setQuery(maskedQuery(url.query(QUrl::FullyEncoded)));
    return shown.toDisplayString();
}

bool isSecretHeader(const QByteArray &name)
{
    static constexpr std::array marks{
        "auth", "cookie", "token", "secret", "passw", "apikey", "api-key", "credential", "session"};
    const QByteArray lower = name.toLower();
    return std::any_of(marks.begin(), marks.end(), [&](const char *mark) { return lower.contains(mark); });
}

bool validateHeader(const Header &header, SettingsError *error)
{
    if (!isToken(header.name))
        return fail(SettingsError::HeaderNameInvalid, error);
    if (isReserved(header.name.toLower()))
        return fail(SettingsError::HeaderReserved, error);
    return isFieldContent(header.value) || fail(SettingsError::HeaderValueInvalid, error);
}

bool validateMethod(const QByteArray &method, SettingsError *error)
{
    if (!isToken(method))
        return fail(SettingsError::MethodInvalid, error);
    return (method != "CONNECT" && method != "TRACE") || fail(SettingsError::MethodUnsupported, error);
}

bool validateTransport(const TransportSettings &transport, SettingsError *error)
{
    const bool hasProxy = transport.proxy.kind == ProxyKind::HttpConnect || transport.proxy.kind == ProxyKind::Socks5;
    if (hasProxy && transport.proxy.host.trimmed().isEmpty())
        return fail(SettingsError::ProxyHostMissing, error);
    if (hasProxy && transport.proxy.port == 0)
        return fail(SettingsError::ProxyPortMissing, error);
    const bool isPossible =
        transport.httpVersion != HttpVersion::Http2 || transport.addressFamily == AddressFamily::Any;
    return isPossible || fail(SettingsError::Http2WithAddressFamily, error);
}

bool validateAuthentication(const Authentication &authentication, SettingsError *error)
{
    if (authentication.kind != AuthenticationKind::Bearer)
        return true;
    const QByteArray token = authentication.secret.toUtf8();
    const bool isSendable = !token.isEmpty() && isFieldContent(token) && !token.contains(' ');
    return isSendable || fail(SettingsError::BearerTokenInvalid, error);
}

bool validateLastEventId(const QByteArray &lastEventId, SettingsError *error)
{
    const bool isPossible = !lastEventId.contains('\0') && !lastEventId.contains('\r') && !lastEventId.contains('\n');
    return isPossible || fail(SettingsError::LastEventIdInvalid, error);
}

bool isToken(const QByteArray &text)
{
    static constexpr QByteArrayView marks("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        const bool isAlphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isAlphanumeric || marks.contains(c);
    });
}

std::optional<QString> problemOf(const SubscriptionSettings &settings)
{
    SettingsError error{};
    const bool isUsable = !urlFromUserInput(settings.url.toString(QUrl::FullyEncoded), &error).isEmpty() &&
                          validateMethod(settings.method, &error) && validateTransport(settings.transport, &error) &&
                          validateAuthentication(settings.authentication, &error);
    if (!isUsable)
        return text(error);
    if (settings.consumption.holdsBack() && settings.transport.httpVersion == HttpVersion::Http2)
        return text(SettingsError::ConsumptionWithHttp2);
    for (const Header &header : settings.headers) {
        if (header.isEnabled && !validateHeader(header, &error))
            return QString::fromUtf8(header.name) + u": "_s + text(error);
    }
    return std::nullopt;
}

QString text(SettingsError error)
{
    const auto tr = [](const char *words) { return QCoreApplication::translate("SettingsError", words); };
    switch (error) {
    case SettingsError::UrlEmpty:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "The address is empty."));
    case SettingsError::UrlInvalid:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "The address is not a valid URL."));
    case SettingsError::UrlSchemeUnsupported:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "Only http and https addresses can be subscribed to."));
    case SettingsError::UrlWithoutHost:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "The address names no host."));
    case SettingsError::HeaderNameInvalid:
        return tr(
            QT_TRANSLATE_NOOP("SettingsError", "A header name may hold only letters, digits and !#$%&'*+-.^_`|~."));
    case SettingsError::HeaderValueInvalid:
        return tr(
            QT_TRANSLATE_NOOP("SettingsError", "A header value may not hold line breaks or other control characters."));
    case SettingsError::HeaderReserved:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "This header is set by Weir itself."));
    case SettingsError::LastEventIdInvalid:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "A last event ID may not hold line breaks or NUL."));
    case SettingsError::MethodInvalid:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "A method may hold only letters, digits and !#$%&'*+-.^_`|~."));
    case SettingsError::MethodUnsupported:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "The methods CONNECT and TRACE cannot give a stream."));
    case SettingsError::ProxyHostMissing:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "The proxy has no host."));
    case SettingsError::ProxyPortMissing:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "The proxy has no port."));
    case SettingsError::ConsumptionWithHttp2:
        return tr(
            QT_TRANSLATE_NOOP("SettingsError", "Over HTTP/2 the reading cannot be slowed or stopped; choose 1.1."));
    case SettingsError::Http2WithAddressFamily:
        return tr(QT_TRANSLATE_NOOP(
            "SettingsError", "With HTTP/2 the address family cannot be chosen; use HTTP/1.1 or any family."));
    case SettingsError::BearerTokenInvalid:
        return tr(QT_TRANSLATE_NOOP("SettingsError", "A bearer token may not be empty or hold spaces or line breaks."));
    }
    return {};
}

} // namespace weir::subscribe
