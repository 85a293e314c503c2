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

QString displayUrl(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo);
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
    }
    return {};
}

} // namespace weir::subscribe
