// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstddef>

namespace weir::subscribe {

struct Header
{
    QByteArray name;
    QByteArray value;
    bool isSecret = false; ///< masked wherever it is shown; Authorization, Cookie and the like always are

    friend bool operator==(const Header &, const Header &) = default;
};

/// How a subscription comes back after its connection ends.
struct ReconnectPolicy
{
    bool isEnabled = true;
    bool isStrict = false;                            ///< browser rules: any status but 200 closes for good
    std::chrono::milliseconds reconnectionTime{3000}; ///< until the server sets its own
    std::chrono::milliseconds floor{100};
    std::chrono::milliseconds ceiling{std::chrono::minutes{1}};    ///< of the back-off
    std::chrono::milliseconds retryCeiling{std::chrono::hours{1}}; ///< of what a server may ask for

    friend bool operator==(const ReconnectPolicy &, const ReconnectPolicy &) = default;
};

/// Everything that defines a subscription. A value; compares equal if it would behave the same.
struct SubscriptionSettings
{
    QString name;
    QUrl url;
    QList<Header> headers;
    int colourIndex = 0;    ///< into the seven subscription colours
    QByteArray lastEventId; ///< sent with the first request, as if it had been received
    ReconnectPolicy reconnect;
    std::chrono::milliseconds headerDeadline{20000}; ///< from the start of an attempt to the response head
    std::chrono::milliseconds idleTimeout{0}; ///< 0: off. Without any byte for so long the connection is given up
    std::size_t maxEventBytes = std::size_t{16} << 20;

    friend bool operator==(const SubscriptionSettings &, const SubscriptionSettings &) = default;
};

/// What is wrong with a URL, header or setting that a person typed.
enum class SettingsError {
    UrlEmpty,
    UrlInvalid,
    UrlSchemeUnsupported,
    UrlWithoutHost,
    HeaderNameInvalid,
    HeaderValueInvalid,
    HeaderReserved, ///< Host, Content-Length, Connection, Last-Event-ID …
    LastEventIdInvalid,
};

/// What a person may type as an address: a bare `localhost:8080/x` or `example.org` gets `http://`.
/// Returns an invalid QUrl and sets `error` if it cannot be a stream's address. No network access.
QUrl urlFromUserInput(const QString &text, SettingsError *error);
/// A short name for the URL: last path segment, else host. Never contains credentials or a query.
QString suggestedName(const QUrl &url);
/// `url` without password and user name, for display, logs, titles and exports.
QString displayUrl(const QUrl &url);
/// Header names whose value is a secret whatever the user says.
bool isSecretHeader(const QByteArray &name);
bool validateHeader(const Header &header, SettingsError *error);
/// An id that no event stream could have set (NUL, CR, LF) is refused. One with other controls is accepted but not
/// sent.
bool validateLastEventId(const QByteArray &lastEventId, SettingsError *error);
/// RFC 9110, "Tokens": what a field name or method is made of.
bool isToken(const QByteArray &text);
/// One sentence that names the cause.
QString text(SettingsError error);

} // namespace weir::subscribe
Q_DECLARE_METATYPE(weir::subscribe::SubscriptionSettings)
