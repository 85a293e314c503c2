// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/responder.h"

#include "publish/hostcheck.h"
#include "publish/landingpage.h"
#include "publish/negotiation.h"

namespace weir::publish {

namespace {

constexpr auto allowLine = "Allow: GET, HEAD, OPTIONS\r\n";
/// Seconds. A browser takes 503 as final; other clients come back.
constexpr auto retryAfterLine = "Retry-After: 5\r\n";

} // namespace

void Responder::configure(const PublisherSettings &settings)
{
    m_cors = CorsPolicy(settings.corsOrigin);
    m_checksHost = settings.address.isLoopback();
}

Answer Responder::failure(int status)
{
    return {encode(errorAnswer(status)), true, nullptr, Framing::UntilClose};
}

Answer Responder::answer(const Request &request) const
{
    if (m_checksHost && !request.host.isNull() && !isLoopbackHost(request.host))
        return failure(421);
    if (request.method == Method::Options)
        return options(request);
    if (wantsLandingPage(request))
        return landingPage(request);
    if (!m_channels.find(request.path))
        return error(request, 404);
    if (request.method == Method::Other)
        return error(request, 405);
    return streamOrError(request);
}

Answer Responder::plain(const Request &request, PlainAnswer answer) const
{
    // After Expect the client may or may not send the body, so where the next request begins is unknown.
    answer.closes = !request.keepsAlive || !request.header("expect").isNull();
    answer.isHttp10 = request.isHttp10;
    answer.isHead = request.method == Method::Head;
    return {encode(answer), answer.closes, nullptr, Framing::UntilClose};
}

Answer Responder::error(const Request &request, int status) const
{
    PlainAnswer answer = errorAnswer(status);
    answer.extraHeaders += m_cors.headers(request.header("origin"));
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
    answer.extraHeaders = allowLine + (isPreflight ? m_cors.preflightHeaders(origin) : m_cors.headers(origin));
    return plain(request, answer);
}

bool Responder::wantsLandingPage(const Request &request) const
{
    if (request.path != "/" || request.method == Method::Other)
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

Answer Responder::streamOrError(const Request &request) const
{
    const QByteArray accept = request.header("accept");
    if (!acceptsEventStream(accept))
        return error(request, 406);
    const Framing framing = request.isHttp10 ? Framing::UntilClose : Framing::Chunked;
    QByteArray headers = m_cors.headers(request.header("origin"));
    if (request.method == Method::Head) {
        const bool closes = !request.keepsAlive || request.isHttp10;
        if (closes && !request.isHttp10)
            headers += "Connection: close\r\n";
        return {streamHead(framing, headers), closes, nullptr, framing};
    }
    if (m_isFull)
        return error(request, 503);
    return {streamHead(framing, headers), true, m_channels.find(request.path), framing};
}

} // namespace weir::publish
