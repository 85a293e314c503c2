// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/serveroptions.h"

#include "cli/numberrange.h"
#include "cli/optionvalues.h"
#include "publish/cors.h"
#include "publish/hostcheck.h"

#include <cmath>
#include <fstream>

namespace weir::cli {

namespace {

using publish::ChannelSettings;
using publish::IdPolicy;
using publish::PublisherSettings;
using std::chrono::milliseconds;

constexpr double longestTime = 1e6;
constexpr double maxMegabytes = 1e6;
constexpr double mebibyte = 1 << 20;
constexpr std::size_t leastToken = 8;

/// Rounds up: 0 has a meaning of its own.
milliseconds roundedUp(double seconds)
{
    return milliseconds{std::llround(std::ceil(seconds * 1000.0))};
}

qint64 fromMegabytes(double megabytes)
{
    return static_cast<qint64>(megabytes * mebibyte);
}

std::string firstLineOf(const std::string &path)
{
    std::ifstream file(path);
    std::string line;
    if (!file || !std::getline(file, line))
        fail("--publish-token", "cannot read a line from the file '" + path + "'");
    line.erase(line.find_last_not_of(" \t\r") + 1);
    return line;
}

/// The token, or the first line of the file that is named with `@`.
std::string tokenOf(const std::string &text)
{
    const std::string token = text.starts_with('@') ? firstLineOf(text.substr(1)) : text;
    const std::string known = "-._~+/=";
    const bool isToken = std::all_of(token.begin(), token.end(), [&known](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || known.find(c) != std::string::npos;
    });
    if (!isToken)
        fail("--publish-token", "a token has only letters, digits and " + known);
    if (token.size() < leastToken)
        fail("--publish-token", "a token has at least " + std::to_string(leastToken) + " characters");
    return token;
}

IdPolicy policyOf(const std::string &word)
{
    if (word == "time")
        return IdPolicy::Time;
    if (word == "own")
        return IdPolicy::Own;
    return word == "none" ? IdPolicy::None : IdPolicy::Counter;
}

std::pair<QByteArray, QByteArray> headerOf(const std::string &line)
{
    const auto colon = line.find(':');
    if (colon == std::string::npos)
        fail("--response-header", "'" + line + "' is not 'Name: value'");
    const QByteArray name = QByteArray::fromStdString(line.substr(0, colon));
    const QByteArray value = QByteArray::fromStdString(line.substr(colon + 1)).trimmed();
    if (const QString fault = publish::headerFault(name, value); !fault.isEmpty())
        fail("--response-header", fault.toStdString());
    return {name, value};
}

} // namespace

void ServerOptions::addTo(CLI::App &command)
{
    addReach(command);
    addChannel(command);
    addLimits(command);
}

void ServerOptions::addReach(CLI::App &command)
{
    command.add_option("--port", m_port, "0: any free port")->check(inRange(0, 65535))->capture_default_str();
    command
        .add_option("--bind", m_bind,
            "Address to listen on; 127.0.0.1: both loopback addresses; *: all, so that other computers can connect")
        ->capture_default_str();
    command
        .add_option("--host", m_hosts,
            "Name that requests may use for this server besides local ones; repeatable; *, or no "
            "name and another --bind: any")
        ->allow_extra_args(false);
    command.add_option("--cors", m_cors, "Origin that may read the stream besides local ones; *: all")
        ->check(notEmpty());
    auto *certificate =
        command.add_option("--tls-cert", m_certificateFile, "Serve over TLS with the certificate in this PEM file");
    auto *key = command.add_option("--tls-key", m_keyFile, "Private key of --tls-cert, in a PEM file");
    certificate->check(notEmpty());
    key->check(notEmpty());
    certificate->needs(key);
    key->needs(certificate);
    command
        .add_option("--tls-self-signed", m_selfSignedFile,
            "Serve over TLS with a certificate made now for localhost, 127.0.0.1, ::1, each --host and the address of "
            "--bind, and write it to this file, for clients to trust")
        ->check(notEmpty())
        ->excludes(certificate);
    m_tokenOption = command.add_option("--publish-token", m_token,
        "Let programs publish by POST or PUT with this token, or @FILE; 8 letters, digits or -._~+/= at least");
    m_tokenOption->envname("WEIR_PUBLISH_TOKEN");
}

void ServerOptions::addChannel(CLI::App &command)
{
    command.add_option("--ids", m_ids, "counter, time, own (only given ones) or none")
        ->check(CLI::IsMember({"counter", "time", "own", "none"}))
        ->capture_default_str();
    command.add_option("--history", m_history, "Events kept for Last-Event-ID")
        ->check(inRange(0, 10'000'000))
        ->capture_default_str();
    command.add_option("--history-mib", m_historyMegabytes, "MiB kept for Last-Event-ID")
        ->check(inRange(0.0, maxMegabytes))
        ->capture_default_str();
    command.add_option("--history-age", m_historyAge, "Seconds that events are kept; default: no limit")
        ->check(inRange(std::int64_t{0}, std::int64_t{1} << 40));
    command.add_option("--send-last", m_sendLast, "Kept events that a client without Last-Event-ID gets")
        ->check(inRange(0, 10'000'000))
        ->capture_default_str();
    command.add_option("--heartbeat", m_heartbeat, "Seconds between comments on an idle stream; 0: none")
        ->check(inRange(0.0, longestTime))
        ->capture_default_str();
    command.add_option("--retry", m_retry, "Reconnection time in ms sent to every client")
        ->check(inRange(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
    command.add_option("--stream-life", m_maxLife, "End each stream after 80 to 100 % of so many seconds; 0: never")
        ->check(inRange(0.0, longestTime))
        ->capture_default_str();
    command
        .add_option("--spread-return", m_returnSpread,
            "Before ending a stream tell each client another reconnection time, up to so many seconds above --retry "
            "(or 0), "
            "so that not all come back at once; 0: none")
        ->check(inRange(0.0, longestTime))
        ->capture_default_str();
    command.add_option("--response-header", m_headers, "'Name: value' added to the response; repeatable")
        ->allow_extra_args(false);
    command.add_flag("--gzip", m_gzip, "Compress for clients that accept it");
    command.add_flag("--until-close", m_untilClose, "Delimit the body by the end of the connection, not by chunks");
    command.add_flag("--padding", m_padding, "Send a comment of 2 KiB first, against buffers");
}

void ServerOptions::addLimits(CLI::App &command)
{
    command.add_option("--max-clients", m_maxClients, "More are refused with 503")
        ->check(inRange(1, 1'000'000))
        ->capture_default_str();
    command.add_option("--max-queue-mib", m_queueMegabytes, "Queued at most for a client that reads slowly")
        ->check(inRange(0.001, maxMegabytes))
        ->capture_default_str();
    command
        .add_option("--slow-clients", m_slowClients,
            "disconnect those that reach it, so that they can resume, or drop the oldest events and tell by weir-gap")
        ->check(CLI::IsMember({"disconnect", "drop"}))
        ->capture_default_str();
    command.add_option("--max-head-kib", m_headKilobytes, "Largest request head")
        ->check(inRange(1, 1024))
        ->capture_default_str();
    command.add_option("--request-time", m_requestTime, "Seconds in which a request must be complete")
        ->check(inRange(0.001, longestTime))
        ->capture_default_str();
    command.add_option("--max-body-mib", m_bodyMegabytes, "Largest body of a request to publish")
        ->check(inRange(0.001, maxMegabytes))
        ->capture_default_str();
}

void ServerOptions::setReach(PublisherSettings &settings) const
{
    if (m_bind == "*")
        settings.address = QHostAddress(QHostAddress::Any);
    else if (!settings.address.setAddress(QString::fromStdString(m_bind)))
        fail("--bind", "'" + m_bind + "' is not an IP address");
    for (const std::string &name : m_hosts) {
        const QByteArray host = QByteArray::fromStdString(name).toLower();
        if (name != "*" && (!publish::isWellFormedHost(host) || publish::nameOfHost(host) != host))
            fail("--host", "'" + name + "' is not a host name without a port");
        settings.hostNames.append(QString::fromStdString(name));
    }
    settings.port = m_port;
    if (!m_cors.empty() && !publish::CorsPolicy::isOrigin(QByteArray::fromStdString(m_cors)))
        fail("--cors", "'" + m_cors + "' is not an origin; one is like https://name:8443, with nothing behind it");
    settings.corsOrigin = QByteArray::fromStdString(m_cors);
    if (!m_tokenOption->empty())
        settings.publishToken = QByteArray::fromStdString(tokenOf(m_token));
}

void ServerOptions::setChannel(ChannelSettings &channel) const
{
    channel.ids = policyOf(m_ids);
    channel.historyAge = std::chrono::seconds{m_historyAge};
    channel.sendLast = m_sendLast;
    channel.maxLife = roundedUp(m_maxLife);
    channel.returnSpread = roundedUp(m_returnSpread);
    for (const std::string &line : m_headers)
        channel.headers.append(headerOf(line));
    channel.compression = m_gzip ? publish::Compression::Gzip : publish::Compression::None;
    channel.isChunked = !m_untilClose;
    channel.hasPadding = m_padding;
}

PublisherSettings ServerOptions::settings(const QString &path) const
{
    PublisherSettings settings;
    setReach(settings);
    settings.historyEvents = m_history;
    settings.maxHistoryBytes = fromMegabytes(m_historyMegabytes);
    settings.heartbeat = roundedUp(m_heartbeat);
    if (m_retry >= 0)
        settings.retry = milliseconds{m_retry};
    settings.maxClients = m_maxClients;
    settings.maxQueuedBytesPerClient = fromMegabytes(m_queueMegabytes);
    settings.slowClients =
        m_slowClients == "drop" ? publish::SlowClients::DropOldest : publish::SlowClients::Disconnect;
    settings.maxHeadBytes = m_headKilobytes << 10;
    settings.requestDeadline = roundedUp(m_requestTime);
    settings.maxPublishBytes = fromMegabytes(m_bodyMegabytes);
    ChannelSettings channel = settings.channelDefaults();
    channel.path = path;
    setChannel(channel);
    if (const QString fault = publish::faultOf(channel); !fault.isEmpty())
        fail("--path", fault.toStdString());
    settings.channels = {channel};
    return settings;
}

} // namespace weir::cli
