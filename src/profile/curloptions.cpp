// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/curloptions.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace weir::profile {

using namespace subscribe;

namespace {

using Kind = CurlOption::Kind;

/// An option whose value goes to a function of the request.
template <QString (CurlRequest::*function)(const QByteArray &)>
QString call(CurlRequest &request, const QByteArray &value)
{
    return (request.*function)(value);
}

/// An option whose value is a file name or another text of the settings.
template <auto member>
QString setTls(CurlRequest &request, const QByteArray &value)
{
    request.settings.transport.tls.*member = QString::fromUtf8(value);
    return {};
}

template <const char *name>
QString setHeader(CurlRequest &request, const QByteArray &value)
{
    return request.addHeader(name + (": " + value));
}

template <HttpVersion version>
QString setVersion(CurlRequest &request, const QByteArray &)
{
    request.settings.transport.httpVersion = version;
    return {};
}

template <AddressFamily family>
QString setFamily(CurlRequest &request, const QByteArray &)
{
    request.settings.transport.addressFamily = family;
    return {};
}

QString acceptInvalid(CurlRequest &request, const QByteArray &)
{
    request.settings.transport.tls.acceptInvalid = true;
    return {};
}

QString offerAllCodings(CurlRequest &request, const QByteArray &)
{
    request.settings.codings = {true, true, true, true};
    return {};
}

QString putDataIntoQuery(CurlRequest &request, const QByteArray &)
{
    request.putDataIntoQuery();
    return {};
}

QString keepCookies(CurlRequest &request, const QByteArray &)
{
    request.settings.keepsCookies = true;
    request.notes << QCoreApplication::translate("CurlText", "Cookies are kept as long as Weir runs, in no file.");
    return {};
}

QString useProxyScheme(CurlRequest &request, const QByteArray &value)
{
    return request.setProxy("socks5h://" + value);
}

constexpr char userAgent[] = "User-Agent";
constexpr char referer[] = "Referer";

constexpr CurlOption taken(const char *name, char letter, CurlOption::Take take)
{
    return {name, letter, true, Kind::Taken, take};
}

constexpr CurlOption flag(const char *name, char letter, CurlOption::Take take)
{
    return {name, letter, false, Kind::Taken, take};
}

constexpr CurlOption ignored(const char *name, char letter = 0, bool takesValue = false, const char *note = nullptr)
{
    return {name, letter, takesValue, Kind::Ignored, nullptr, note};
}

constexpr CurlOption refused(const char *name, char letter, bool takesValue, const char *reason)
{
    return {name, letter, takesValue, Kind::Refused, nullptr, reason};
}

constexpr auto printing = QT_TRANSLATE_NOOP("CurlText", "%1 is left out: it says how curl prints.");
constexpr auto timing = QT_TRANSLATE_NOOP("CurlText", "%1 is left out: time limits are settings of the subscription.");
constexpr auto retrying =
    QT_TRANSLATE_NOOP("CurlText", "%1 is left out: reconnection is a setting of the subscription.");
constexpr auto following = QT_TRANSLATE_NOOP("CurlText", "%1 is left out: Weir follows redirects by its own rules.");
constexpr auto routing =
    QT_TRANSLATE_NOOP("CurlText", "%1 is left out: the connection may go another way than curl's.");
constexpr auto encrypting = QT_TRANSLATE_NOOP("CurlText", "%1 is left out: Weir has no such choice for TLS.");
constexpr auto failing = QT_TRANSLATE_NOOP("CurlText", "%1 is left out: it says how curl ends.");
constexpr auto uploading = QT_TRANSLATE_NOOP("CurlText", "it sends a file, and importing reads no files");
constexpr auto noStream = QT_TRANSLATE_NOOP("CurlText", "such a request gives no stream");
constexpr auto configured =
    QT_TRANSLATE_NOOP("CurlText", "it reads further options from a file, and importing reads no files");
constexpr auto unsupportedVersion =
    QT_TRANSLATE_NOOP("CurlText", "this version of HTTP cannot be chosen; --http1.1 and --http2 can");
constexpr auto unsupportedScheme = QT_TRANSLATE_NOOP("CurlText", "Weir knows Basic and Bearer authentication only");

constexpr CurlOption options[]{
    taken("url", 0, call<&CurlRequest::setAddress>),
    taken("header", 'H', call<&CurlRequest::addHeader>),
    taken("request", 'X', call<&CurlRequest::setMethod>),
    taken("data", 'd', call<&CurlRequest::addData>),
    taken("data-ascii", 0, call<&CurlRequest::addData>),
    taken("data-binary", 0, call<&CurlRequest::addData>),
    taken("data-raw", 0, call<&CurlRequest::addRawData>),
    taken("data-urlencode", 0, call<&CurlRequest::addEncodedData>),
    taken("json", 0, call<&CurlRequest::addJson>),
    flag("get", 'G', putDataIntoQuery),
    taken("user", 'u', call<&CurlRequest::setCredentials>),
    taken("oauth2-bearer", 0, call<&CurlRequest::setBearer>),
    taken("cookie", 'b', call<&CurlRequest::addCookies>),
    taken("cookie-jar", 'c', keepCookies),
    taken("user-agent", 'A', setHeader<userAgent>),
    taken("referer", 'e', setHeader<referer>),
    flag("insecure", 'k', acceptInvalid),
    flag("compressed", 0, offerAllCodings),
    taken("proxy", 'x', call<&CurlRequest::setProxy>),
    taken("socks5-hostname", 0, useProxyScheme),
    taken("socks5", 0, useProxyScheme),
    taken("proxy-user", 'U', call<&CurlRequest::setProxyCredentials>),
    taken("noproxy", 0, call<&CurlRequest::setNoProxy>),
    taken("cacert", 0, setTls<&TlsSettings::caFile>),
    taken("cert", 'E', call<&CurlRequest::setCertificate>),
    taken("key", 0, setTls<&TlsSettings::keyFile>),
    taken("pass", 0, setTls<&TlsSettings::keyPassphrase>),
    flag("http1.1", 0, setVersion<HttpVersion::Http1>),
    flag("http2", 0, setVersion<HttpVersion::Http2>),
    flag("ipv4", '4', setFamily<AddressFamily::IPv4>),
    flag("ipv6", '6', setFamily<AddressFamily::IPv6>),

    refused("http1.0", '0', false, unsupportedVersion),
    refused("http0.9", 0, false, unsupportedVersion),
    refused("http2-prior-knowledge", 0, false, unsupportedVersion),
    refused("http3", 0, false, unsupportedVersion),
    refused("http3-only", 0, false, unsupportedVersion),
    refused("head", 'I', false, noStream),
    refused("form", 'F', true, uploading),
    refused("form-string", 0, true, uploading),
    refused("upload-file", 'T', true, uploading),
    refused("config", 'K', true, configured),
    refused("digest", 0, false, unsupportedScheme),
    refused("ntlm", 0, false, unsupportedScheme),
    refused("negotiate", 0, false, unsupportedScheme),
    refused("aws-sigv4", 0, true, unsupportedScheme),

    ignored("silent", 's'),
    ignored("show-error", 'S'),
    ignored("no-buffer", 'N'),
    ignored("basic"),
    ignored("globoff", 'g'),
    ignored("path-as-is"),
    ignored("no-progress-meter"),
    ignored("progress-bar", '#'),
    ignored("disable", 'q'),
    ignored("verbose", 'v', false, printing),
    ignored("include", 'i', false, printing),
    ignored("output", 'o', true, printing),
    ignored("remote-name", 'O', false, printing),
    ignored("dump-header", 'D', true, printing),
    ignored("write-out", 'w', true, printing),
    ignored("trace", 0, true, printing),
    ignored("trace-ascii", 0, true, printing),
    ignored("trace-time", 0, false, printing),
    ignored("stderr", 0, true, printing),
    ignored("raw", 0, false, printing),
    ignored("max-time", 'm', true, timing),
    ignored("connect-timeout", 0, true, timing),
    ignored("speed-limit", 'Y', true, timing),
    ignored("speed-time", 'y', true, timing),
    ignored("limit-rate", 0, true, timing),
    ignored("keepalive-time", 0, true, timing),
    ignored("expect100-timeout", 0, true, timing),
    ignored("retry", 0, true, retrying),
    ignored("retry-delay", 0, true, retrying),
    ignored("retry-max-time", 0, true, retrying),
    ignored("retry-all-errors", 0, false, retrying),
    ignored("retry-connrefused", 0, false, retrying),
    ignored("location", 'L', false, following),
    ignored("location-trusted", 0, false, following),
    ignored("max-redirs", 0, true, following),
    ignored("post301", 0, false, following),
    ignored("post302", 0, false, following),
    ignored("post303", 0, false, following),
    ignored("resolve", 0, true, routing),
    ignored("connect-to", 0, true, routing),
    ignored("interface", 0, true, routing),
    ignored("unix-socket", 0, true, routing),
    ignored("dns-servers", 0, true, routing),
    ignored("preproxy", 0, true, routing),
    ignored("proxytunnel", 'p', false, routing),
    ignored("capath", 0, true, encrypting),
    ignored("cert-type", 0, true, encrypting),
    ignored("key-type", 0, true, encrypting),
    ignored("ciphers", 0, true, encrypting),
    ignored("tls13-ciphers", 0, true, encrypting),
    ignored("curves", 0, true, encrypting),
    ignored("pinnedpubkey", 0, true, encrypting),
    ignored("crlfile", 0, true, encrypting),
    ignored("tls-max", 0, true, encrypting),
    ignored("tlsv1", '1', false, encrypting),
    ignored("tlsv1.0", 0, false, encrypting),
    ignored("tlsv1.1", 0, false, encrypting),
    ignored("tlsv1.2", 0, false, encrypting),
    ignored("tlsv1.3", 0, false, encrypting),
    ignored("fail", 'f', false, failing),
    ignored("fail-with-body", 0, false, failing),
    ignored("fail-early", 0, false, failing),
};

} // namespace

const CurlOption *curlOption(const QByteArray &name)
{
    const auto *found =
        std::ranges::find_if(options, [&name](const CurlOption &option) { return name == option.name; });
    return found == std::end(options) ? nullptr : found;
}

const CurlOption *curlOption(char letter)
{
    const auto *found = std::ranges::find_if(
        options, [letter](const CurlOption &option) { return option.letter != 0 && letter == option.letter; });
    return found == std::end(options) ? nullptr : found;
}

} // namespace weir::profile
