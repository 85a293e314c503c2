// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/responder.h"

#include "publish/hostcheck.h"
#include "publish/landingpage.h"
#include "publish/negotiation.h"

namespace weir::publish {

namespace {

/// Seconds. A browser takes 503 as final; other clients come back.
constexpr auto retryAfterLine = "Retry-After: 5\r\n";

QByteArray streamHeaders(const ChannelSettings &settings, bool isCompressed)
{
    QByteArray lines;
    for (const auto &[name, value] : settings.headers)
        lines += name + ": " + value + "\r\n";
    if (isCompressed)
        lines += "Content-Encoding: gzip\r\n";
    if (settings.compression != Compression::None)
        lines += "Vary: Accept-Encoding\r\n";
    return lines;
}

Frame::Form formOf(Framing framing, bool isCompressed)
{
    if (framing == Framing::Chunked)
        return isCompressed ? Frame::Form::GzipChunk : Frame::Form::Chunk;
    return isCompressed ? Frame::Form::GzipPlain : Frame::Form::Plain;
}

} // namespace

void Responder::configure(const PublisherSettings &settings)
{
    m_cors = CorsPolicy(settings.corsOrigin);
    m_publishing.configure(settings);
    m_isLoopback = settings.address.isLoopback();
    m_hostNames.clear();
    for (const QString &name : settings.hostNames)
        m_hostNames.append(name.toLower().toUtf8());
}

Answer Responder::failure(int status)
{
    return {encode(errorAnswer(status)), true};
}

Answer Responder::answer(const Request &request) const
{
    if (isMisdirected(request))
        return failure(421);
    if (request.method == Method::Options)
        return options(request);
    if (wantsLandingPage(request))
        return landingPage(request);
    Channel *channel = m_channels.find(request.path);
    if (!channel && !m_channels.isGone(request.path))
        return error(request, 404);
    if (request.method == Method::Publish && m_publishing.isOn())
        return publish(request, channel);
    if (request.method != Method::Get && request.method != Method::Head)
        return error(request, 405);
    return channel && channel->isOpen() ? streamOrError(request, *channel) : gone(request);
}

/// Against DNS rebinding: a page of a foreign name that was made to point here. Where the server is open to others,
/// only the user knows its names.
bool Responder::isMisdirected(const Request &request) const
{
    const bool isChecking = m_isLoopback || !m_hostNames.isEmpty();
    if (!isChecking || request.host.isNull() || isLoopbackHost(request.host) || m_hostNames.contains("*"))
        return false;
    return !m_hostNames.contains(nameOfHost(request.host)) && (m_isLoopback || !isAddressHost(request.host));
}

BodyPlan Responder::planBody(const Request &request) const
{
    if (!m_publishing.isOn() || request.method != Method::Publish)
        return {};
    if (isMisdirected(request) || !m_channels.find(request.path))
        return {BodyPlan::Use::Refuse, 0};
    return m_publishing.planBody(request);
}

Answer Responder::publish(const Request &request, Channel *channel) const
{
    if (!channel)
        return error(request, 404);
    PlainAnswer answer = m_publishing.answer(request, *channel);
    answer.extraHeaders += m_cors.headers(request.header("origin"));
    return plain(request, answer);
}

QByteArray Responder::allowLine() const
{
    return m_publishing.isOn() ? "Allow: GET, HEAD, OPTIONS, POST, PUT\r\n" : "Allow: GET, HEAD, OPTIONS\r\n";
}

Answer Responder::plain(const Request &request, PlainAnswer answer) const
{
    // Who expects to be asked for a body that was not announced may still send one.
    const bool mayFollow = request.body.isEmpty() && !request.header("expect").isNull();
    answer.closes = !request.keepsAlive || request.isBodyUnread || mayFollow;
    answer.isHttp10 = request.isHttp10;
    answer.isHead = request.method == Method::Head;
    return {encode(answer), answer.closes};
}

Answer Responder::error(const Request &request, int status) const
{
    PlainAnswer answer = errorAnswer(status);
    answer.extraHeaders += m_cors.headers(request.header("origin"));
    if (status == 405)
        answer.extraHeaders += allowLine();
    if (status == 503)
        answer.extraHeaders += retryAfterLine;
    return plain(request, answer);
}

Answer Responder::options(const Request &request) const
{
    const bool isKnown = request.path == "*" || request.path == "/" || m_channels.find(request.path);
    if (!isKnown)
        return error(request, 404);
    const bool isPreflight = !request.header("access-control-request-method").isNull();
    const QByteArray origin = request.header("origin");
    PlainAnswer answer;
    answer.status = 204;
    const QByteArray methods = m_publishing.isOn() ? "GET, HEAD, POST, PUT" : "GET, HEAD";
    answer.extraHeaders =
        allowLine() + (isPreflight ? m_cors.preflightHeaders(origin, methods) : m_cors.headers(origin));
    return plain(request, answer);
}

bool Responder::wantsLandingPage(const Request &request) const
{
    if (request.path != "/" || (request.method != Method::Get && request.method != Method::Head))
        return false;
    return !m_channels.find(request.path) || !namesEventStream(request.header("accept"));
}

Answer Responder::landingPage(const Request &request) const
{
    const LandingPage &page = LandingPage::instance();
    PlainAnswer answer;
    answer.body = page.html(m_channels.paths());
    answer.contentType = "text/html; charset=utf-8";
    answer.extraHeaders = page.headers();
    return plain(request, answer);
}

/// HTML Standard, "Server-sent events": the status that makes a client stop reconnecting.
Answer Responder::gone(const Request &request) const
{
    PlainAnswer answer;
    answer.status = 204;
    answer.extraHeaders = m_cors.headers(request.header("origin"));
    return plain(request, answer);
}

Answer Responder::streamOrError(const Request &request, Channel &channel) const
{
    if (!acceptsEventStream(request.header("accept")))
        return error(request, 406);
    const ChannelSettings &settings = channel.settings();
    const Framing framing = request.isHttp10 || !settings.isChunked ? Framing::UntilClose : Framing::Chunked;
    const bool isCompressed =
        settings.compression == Compression::Gzip && acceptsGzip(request.header("accept-encoding"));
    QByteArray headers = streamHeaders(settings, isCompressed) + m_cors.headers(request.header("origin"));
    if (request.method == Method::Head) {
        const bool closes = !request.keepsAlive || request.isHttp10;
        if (closes && framing == Framing::Chunked)
            headers += "Connection: close\r\n";
        return {streamHead(framing, headers), closes || framing == Framing::UntilClose};
    }
    if (m_isFull)
        return error(request, 503);
    return {streamHead(framing, headers), true, &channel, formOf(framing, isCompressed)};
}

} // namespace weir::publish
