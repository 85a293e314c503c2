// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"
#include "subscribe/consumption.h"
#include "subscribe/reconnectpolicy.h"
#include "subscribe/transport.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace weir::subscribe {

struct Header
{
    QByteArray name;
    QByteArray value;
    bool isSecret = false; ///< masked wherever it is shown; Authorization, Cookie and the like always are
    bool isEnabled = true; ///< else kept, but not sent

    friend bool operator==(const Header &, const Header &) = default;
};

enum class AuthenticationKind : std::uint8_t { None, Basic, Bearer };

/// Sent as the Authorization field with each request to the subscription's own origin, whether asked for or not.
struct Authentication
{
    AuthenticationKind kind = AuthenticationKind::None;
    QString userName; ///< Basic
    QString secret;   ///< password or token

    friend bool operator==(const Authentication &, const Authentication &) = default;
};

/// Codings that the request offers (RFC 9110, "Content Codings"). None: `identity`.
struct ContentCodings
{
    bool gzip = false;
    bool deflate = false;
    bool brotli = false;
    bool zstd = false;

    friend bool operator==(const ContentCodings &, const ContentCodings &) = default;
};

/// What the body of the response is taken for.
enum class BodyFormat : std::uint8_t {
    EventStream,
    JsonLines, ///< each line that is not empty is an event of the type `message`
};

/// Everything that defines a subscription. A value; compares equal if it would behave the same.
///
/// Texts may hold variables (`{{host}}`): resolved() in variables.h fills them in. The engine takes resolved settings.
struct SubscriptionSettings
{
    QString name;
    QString group;   ///< shown under this heading; empty: none
    QString address; ///< the URL as written, if it holds variables; else empty
    QUrl url;
    QByteArray method = "GET";
    QByteArray body; ///< sent with any method unless empty
    QList<Header> headers;
    Authentication authentication;
    bool keepsCookies = false; ///< what the server sets is sent back, as long as Weir runs
    int colourIndex = 0;       ///< into the seven subscription colours
    QByteArray lastEventId;    ///< sent with the first request, as if it had been received
    TransportSettings transport;
    ContentCodings codings;
    ReconnectPolicy reconnect;
    BodyFormat bodyFormat = BodyFormat::EventStream;
    bool acceptsAnyContentType = false; ///< with a warning; else only text/event-stream (or a JSON lines type) opens
    std::chrono::milliseconds headerDeadline{20000}; ///< from the start of an attempt to the response head
    std::chrono::milliseconds idleTimeout{0}; ///< 0: off. Without any byte for so long the connection is given up
    /// Values of secret variables that went into the texts above: masked in reports wherever they appear. Not saved.
    QStringList secretTexts;
    std::size_t maxEventBytes = std::size_t{16} << 20;
    std::size_t http2MemoryCeiling = std::size_t{64} << 20;     ///< bytes unread over HTTP/2, which Qt cannot slow down
    std::size_t maxDecodedBytesPerRead = std::size_t{64} << 20; ///< of a compressed body: what one read may grow to

    Consumption consumption; ///< acts from the next connection on

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
    MethodInvalid,
    MethodUnsupported, ///< CONNECT, TRACE: they give no stream
    ProxyHostMissing,
    ProxyPortMissing,
    Http2WithAddressFamily,
    ConsumptionWithHttp2, ///< Qt reads whatever comes over HTTP/2
    BearerTokenInvalid,   ///< RFC 6750: it goes into a header as it is
};

/// What a person may type as an address: a bare `localhost:8080/x` or `example.org` gets `http://`.
/// Returns an invalid QUrl and sets `error` if it cannot be a stream's address. No network access.
QUrl urlFromUserInput(const QString &text, SettingsError *error);
/// A short name for the URL: last path segment, else host. Never contains credentials or a query.
QString suggestedName(const QUrl &url);
/// `url` without password, user name and fragment, and with secret query values masked: for display, logs, titles and
/// exports.
QString displayUrl(const QUrl &url);
/// Query items (`token`, `api_key` …) whose value is a secret.
bool isSecretQueryItem(const QString &name);
/// Header names whose value is a secret whatever the user says.
bool isSecretHeader(const QByteArray &name);
bool validateHeader(const Header &header, SettingsError *error);
bool validateMethod(const QByteArray &method, SettingsError *error);
bool validateTransport(const TransportSettings &transport, SettingsError *error);
bool validateAuthentication(const Authentication &authentication, SettingsError *error);
/// An id that no event stream could have set (NUL, CR, LF) is refused. One with other controls is accepted but not
/// sent.
bool validateLastEventId(const QByteArray &lastEventId, SettingsError *error);
/// RFC 9110, "Tokens": what a field name or method is made of.
bool isToken(const QByteArray &text);
/// The first thing that keeps the settings from being used, in plain words; nothing if they can be.
std::optional<QString> problemOf(const SubscriptionSettings &settings);
/// One sentence that names the cause.
QString text(SettingsError error);

} // namespace weir::subscribe
Q_DECLARE_METATYPE(weir::subscribe::SubscriptionSettings)
