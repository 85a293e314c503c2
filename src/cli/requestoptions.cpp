// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestoptions.h"

#include "cli/headeroption.h"
#include "cli/numberrange.h"
#include "cli/optionvalues.h"
#include "cli/proxyoption.h"

#include <fstream>
#include <iterator>

namespace weir::cli {

namespace {

using std::chrono::milliseconds;
using subscribe::SettingsError;

const CLI::Validator anyTime = inRange(std::int64_t{0}, std::int64_t{86'400'000});

/// The option's value, or what the file holds that it names with `@`.
std::string valueOf(const std::string &text, const char *option)
{
    if (!text.starts_with('@'))
        return text;
    std::ifstream file(text.substr(1), std::ios::binary);
    if (!file)
        fail(option, "cannot read the file '" + text.substr(1) + "'");
    return {std::istreambuf_iterator<char>(file), {}};
}

QString secretOf(const std::string &text, const char *option)
{
    // The line end that editors leave at the end of a file is not part of the secret.
    return QString::fromStdString(valueOf(text, option)).trimmed();
}

/// That they can be read. What they hold is looked at when a connection is made: the TLS library needs an application.
void checkFiles(const subscribe::TlsSettings &tls)
{
    for (const QString &name : {tls.caFile, tls.certificateFile, tls.keyFile}) {
        if (!name.isEmpty() && !std::ifstream(name.toStdString()))
            fail("--cacert, --cert and --key", "cannot read the file '" + name.toStdString() + "'");
    }
}

template <class Value, class Check>
void check(Check isValid, const Value &value, const char *option)
{
    SettingsError error{};
    if (!isValid(value, &error))
        fail(option, subscribe::text(error).toStdString());
}

} // namespace

void RequestOptions::addTo(CLI::App &command)
{
    addRequest(command);
    addConnection(command);
    addReconnection(command);
    addReading(command);
    addConsumption(command);
}

void RequestOptions::addRequest(CLI::App &command)
{
    command.add_option("--method", m_method, "Request method; default GET, with --body POST");
    command.add_option("--body", m_body, "Body of the request, or @FILE");
    command.add_option("--header", m_headers, "'Name: value', or @FILE with one per line; repeatable")
        ->allow_extra_args(false);
    command.add_option("--user", m_user, "NAME:PASSWORD for basic authentication, or @FILE");
    command.add_option("--bearer", m_bearer, "Token for bearer authentication, or @FILE");
    command.add_flag("--cookies", m_cookies, "Send back the cookies that the server sets");
    command.add_option("--last-event-id", m_lastEventId, "Resume after this event");
}

void RequestOptions::addConnection(CLI::App &command)
{
    command.add_option(
        "--proxy", m_proxy, "none, or http://HOST:PORT or socks5://HOST:PORT, or @FILE; default: system");
    command.add_flag("--insecure", m_insecure, "Accept any certificate of the server");
    command.add_option("--cacert", m_caFile, "Trust the authorities in this PEM file too");
    command.add_option("--cert", m_certificateFile, "Client certificate: PEM, or PKCS #12 with its key");
    command.add_option("--key", m_keyFile, "Key of the client certificate: PEM");
    command.add_option("--passphrase", m_passphrase, "Passphrase of the key, or @FILE");
    command.add_flag("--http2", m_http2, "Use HTTP/2 if the server offers it");
    auto *ipv4 = command.add_flag("--ipv4", m_ipv4, "Connect to IPv4 addresses only");
    command.add_flag("--ipv6", m_ipv6, "Connect to IPv6 addresses only")->excludes(ipv4);
    command.add_flag("--compressed", m_compressed, "Offer gzip, deflate, br and zstd");
}

void RequestOptions::addReconnection(CLI::App &command)
{
    command.add_option("--retry", m_retry, "Reconnection time in ms until the server sets its own")->check(anyTime);
    command.add_option("--max-delay", m_ceiling, "Longest wait in ms after failures")->check(anyTime);
    command.add_option("--max-attempts", m_maxAttempts, "Give up after so many attempts in a row without an event")
        ->check(inRange(0, 1'000'000));
    command
        .add_option("--idle-timeout", m_idleTimeout, "Give a connection up after so many ms without a byte; 0: never")
        ->check(anyTime);
    command.add_option("--connect-timeout", m_headerTimeout, "Give an attempt up after so many ms without a response")
        ->check(inRange(std::int64_t{1}, std::int64_t{86'400'000}));
    command.add_flag("--no-reconnect", m_noReconnect, "End with the first connection");
    command.add_flag("--strict", m_strict, "Browser rules: any status but 200 closes for good");
    command.add_flag("--finish-at-end", m_finishAtEnd, "A clean end of the body is the end of the stream");
}

void RequestOptions::addReading(CLI::App &command)
{
    command.add_flag("--any-content-type", m_anyContentType, "Read the body whatever its content type says");
    command.add_flag("--ndjson", m_ndjson, "The body is JSON lines: each line is an event");
    command.add_option("--max-event", m_maxEventMegabytes, "Largest event in MiB; default 16")
        ->check(inRange(0.001, 1024.0));
}

void RequestOptions::addConsumption(CLI::App &command)
{
    const CLI::Validator anySize = inRange(std::int64_t{0}, std::int64_t{1} << 40);
    command.add_option("--read-rate", m_readRate, "Read at most so many bytes a second, to see what the server does")
        ->check(anySize);
    auto *stop =
        command.add_option("--stop-reading", m_stopReading, "Read so many bytes of a body and then nothing more")
            ->check(anySize);
    command.add_option("--resume-reading", m_resumeReading, "Read on so many ms after --stop-reading; default: never")
        ->check(anyTime)
        ->needs(stop);
    command.add_option("--connections", m_connections, "Open so many connections; the first one is shown")
        ->check(inRange(1, subscribe::maxExtraConnections + 1));
}

subscribe::SubscriptionSettings RequestOptions::settings(const QUrl &url) const
{
    subscribe::SubscriptionSettings settings;
    settings.url = url;
    settings.name = subscribe::displayUrl(url);
    setRequest(settings);
    setTransport(settings.transport);
    setPolicy(settings);
    setConsumption(settings);
    settings.codings = {m_compressed, m_compressed, m_compressed, m_compressed};
    settings.acceptsAnyContentType = m_anyContentType;
    if (m_ndjson)
        settings.bodyFormat = subscribe::BodyFormat::JsonLines;
    if (m_maxEventMegabytes > 0)
        settings.maxEventBytes = static_cast<std::size_t>(m_maxEventMegabytes * 1024 * 1024);
    return settings;
}

void RequestOptions::setRequest(subscribe::SubscriptionSettings &settings) const
{
    settings.body = QByteArray::fromStdString(valueOf(m_body, "--body"));
    settings.method =
        m_method.empty() ? QByteArray(m_body.empty() ? "GET" : "POST") : QByteArray::fromStdString(m_method);
    check(subscribe::validateMethod, settings.method, "--method");
    settings.headers = readHeaderOptions(m_headers);
    settings.keepsCookies = m_cookies;
    settings.lastEventId = QByteArray::fromStdString(m_lastEventId);
    check(subscribe::validateLastEventId, settings.lastEventId, "--last-event-id");
    if (!m_user.empty()) {
        const QString user = secretOf(m_user, "--user");
        settings.authentication = {
            subscribe::AuthenticationKind::Basic, user.section(u':', 0, 0), user.section(u':', 1)};
    }
    if (!m_bearer.empty()) {
        settings.authentication = {subscribe::AuthenticationKind::Bearer, {}, secretOf(m_bearer, "--bearer")};
        check(subscribe::validateAuthentication, settings.authentication, "--bearer");
    }
}

void RequestOptions::setTransport(subscribe::TransportSettings &transport) const
{
    if (!m_proxy.empty())
        transport.proxy = proxyFrom(secretOf(m_proxy, "--proxy").toStdString());
    transport.tls.acceptInvalid = m_insecure;
    transport.tls.caFile = QString::fromStdString(m_caFile);
    transport.tls.certificateFile = QString::fromStdString(m_certificateFile);
    transport.tls.keyFile = QString::fromStdString(m_keyFile);
    if (!m_passphrase.empty())
        transport.tls.keyPassphrase = secretOf(m_passphrase, "--passphrase");
    if (m_http2)
        transport.httpVersion = subscribe::HttpVersion::Http2;
    if (m_ipv4 || m_ipv6)
        transport.addressFamily = m_ipv4 ? subscribe::AddressFamily::IPv4 : subscribe::AddressFamily::IPv6;
    check(subscribe::validateTransport, transport, "--http2");
    checkFiles(transport.tls);
}

void RequestOptions::setPolicy(subscribe::SubscriptionSettings &settings) const
{
    subscribe::ReconnectPolicy &policy = settings.reconnect;
    policy.isEnabled = !m_noReconnect;
    policy.isStrict = m_strict;
    policy.isFinishedAtEnd = m_finishAtEnd;
    policy.maxAttempts = m_maxAttempts;
    if (m_retry >= 0)
        policy.reconnectionTime = milliseconds{m_retry};
    if (m_ceiling >= 0)
        policy.ceiling = milliseconds{m_ceiling};
    settings.idleTimeout = milliseconds{m_idleTimeout};
    if (m_headerTimeout > 0)
        settings.headerDeadline = milliseconds{m_headerTimeout};
}

void RequestOptions::setConsumption(subscribe::SubscriptionSettings &settings) const
{
    subscribe::Consumption &consumption = settings.consumption;
    consumption.bytesPerSecond = static_cast<std::uint64_t>(m_readRate);
    if (m_stopReading >= 0)
        consumption.stopsAfter = static_cast<std::uint64_t>(m_stopReading);
    consumption.stopsFor = milliseconds{m_resumeReading};
    consumption.extraConnections = m_connections - 1;
    if (consumption.holdsBack() && settings.transport.httpVersion == subscribe::HttpVersion::Http2)
        throw CLI::ValidationError(
            "--http2", subscribe::text(subscribe::SettingsError::ConsumptionWithHttp2).toStdString());
}

} // namespace weir::cli
