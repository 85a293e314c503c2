// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/httprequest.h"

#include "publish/hostcheck.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace weir::publish {

namespace {

constexpr qsizetype maxHeaders = 100;
/// What a body may take with its chunk framing, as a multiple of what it may have. Small chunks are wasteful, not
/// wrong.
constexpr qint64 framingOfDropped = 2;
constexpr qint64 framingOfKept = 8;

int countOf(const Request &request, QByteArrayView name)
{
    return static_cast<int>(std::count_if(request.headers.begin(), request.headers.end(),
        [name](const auto &header) { return QByteArrayView(header.first) == name; }));
}

} // namespace

QByteArray Request::header(QByteArrayView name) const
{
    QByteArray joined;
    for (const auto &[key, value] : headers) {
        if (QByteArrayView(key) == name)
            joined = joined.isNull() ? (value.isNull() ? QByteArray("") : value) : joined + ", " + value;
    }
    return joined;
}

QByteArray Request::lastEventId() const
{
    if (const QByteArray sent = header("last-event-id"); !sent.isEmpty())
        return sent;
    const QUrlQuery values(QString::fromLatin1(query));
    for (const auto &name : {QStringLiteral("lastEventId"), QStringLiteral("last_event_id")}) {
        const QString value = values.queryItemValue(name, QUrl::FullyEncoded);
        if (!value.isEmpty())
            return QByteArray::fromPercentEncoding(value.toLatin1());
    }
    return {};
}

RequestParser::RequestParser(PlanBody planBody, qsizetype maxHeadBytes)
    : m_planBody(std::move(planBody))
    , m_maxHeadBytes(maxHeadBytes)
{
    reset();
}

void RequestParser::reset()
{
    llhttp_init(&m_parser, HTTP_REQUEST, &callbacks());
    m_parser.data = this;
    m_part = Part::RequestLine;
    m_request = {};
    m_isInValue = false;
    m_hasAbsoluteTarget = false;
    m_totalBytes = 0;
    m_bodyBytes = 0;
    m_plan = {};
    m_isAwaitingContinue = false;
}

Request RequestParser::takeRequest()
{
    Request request = std::move(m_request);
    reset();
    return request;
}

RequestParser::State RequestParser::fail(int status)
{
    m_errorStatus = status;
    return State::Failed;
}

RequestParser::State RequestParser::feed(QByteArray &input)
{
    while (!input.isEmpty()) {
        if (m_part == Part::Body)
            return takeBody(input);
        const qsizetype lineFeed = input.indexOf('\n');
        const qsizetype length = lineFeed < 0 ? input.size() : lineFeed + 1;
        m_line.append(input.constData(), length);
        input.remove(0, length);
        m_totalBytes += length;
        if (const State state = judgeLine(m_line); state != State::NeedMore)
            return state;
        if (lineFeed < 0)
            return State::NeedMore;
        const QByteArray line = std::exchange(m_line, {});
        if (const State state = takeLine(line); state != State::NeedMore)
            return state;
        // Whoever has begun with the body does not wait any more.
        if (std::exchange(m_isAwaitingContinue, false) && input.isEmpty())
            return State::Continue;
    }
    return State::NeedMore;
}

/// Limits and the two rules that hold for every line, finished or not: only CR LF ends it, and it has no other CR.
RequestParser::State RequestParser::judgeLine(QByteArrayView line)
{
    const bool isFirst = m_part == Part::RequestLine;
    if (isFirst && static_cast<unsigned char>(line.front()) <= ' ' && line.front() != '\r' && line.front() != '\n')
        return fail(400);
    if (isFirst && (static_cast<unsigned char>(line.front()) >= 0x7f))
        return fail(400);
    if (isFirst && line.size() > maxTargetBytes + 64)
        return fail(line.first(32).contains(' ') ? 414 : 501);
    if (!isFirst &&
        (line.size() > m_maxHeadBytes / 2 || m_totalBytes > m_maxHeadBytes || m_request.headers.size() > maxHeaders))
        return fail(431);
    if (isFirst && m_totalBytes > std::max(m_maxHeadBytes, maxTargetBytes + 64))
        return fail(400);
    const qsizetype carriageReturn = line.indexOf('\r');
    const bool hasEnded = line.endsWith('\n');
    if (hasEnded && (carriageReturn < 0 || carriageReturn != line.size() - 2))
        return fail(400);
    return !hasEnded && carriageReturn >= 0 && carriageReturn != line.size() - 1 ? fail(400) : State::NeedMore;
}

RequestParser::State RequestParser::takeLine(QByteArrayView line)
{
    if (m_part == Part::RequestLine)
        return takeRequestLine(line);
    const bool isFolded = line.startsWith(' ') || line.startsWith('\t');
    const bool hasControl = std::any_of(line.begin(), line.end() - 2, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < ' ' && byte != '\t') || byte == 0x7f;
    });
    if (isFolded || hasControl || line.startsWith(':'))
        return fail(400);
    const llhttp_errno_t error = llhttp_execute(&m_parser, line.data(), static_cast<std::size_t>(line.size()));
    if (error != HPE_OK && error != HPE_PAUSED)
        return failAs(error);
    return m_part == Part::Done ? State::Complete : State::NeedMore;
}

RequestParser::State RequestParser::takeRequestLine(QByteArrayView line)
{
    if (line == "\r\n")
        return m_totalBytes > 16 ? fail(400) : State::NeedMore;
    const RequestLine parsed = parseRequestLine(line);
    if (parsed.errorStatus != 0)
        return fail(parsed.errorStatus);
    m_request.method = parsed.method;
    m_request.path = parsed.path;
    m_request.query = parsed.query;
    m_request.host = parsed.authority;
    m_hasAbsoluteTarget = !parsed.authority.isNull();
    m_part = Part::Headers;
    const QByteArray &text = parsed.normalised;
    if (llhttp_execute(&m_parser, text.constData(), static_cast<std::size_t>(text.size())) != HPE_OK)
        return fail(400);
    return State::NeedMore;
}

RequestParser::State RequestParser::takeBody(QByteArray &input)
{
    const llhttp_errno_t error = llhttp_execute(&m_parser, input.constData(), static_cast<std::size_t>(input.size()));
    m_totalBytes += input.size();
    if (m_part == Part::Done) {
        input.remove(0, llhttp_get_error_pos(&m_parser) - input.constData());
        return State::Complete;
    }
    input.clear();
    // Chunk extensions and trailers are not body bytes, yet they too must end some time.
    const qint64 factor = m_plan.use == BodyPlan::Use::Keep ? framingOfKept : framingOfDropped;
    if (m_totalBytes > m_maxHeadBytes + factor * m_plan.maxBytes)
        return fail(413);
    return error == HPE_OK ? State::NeedMore : failAs(error);
}

RequestParser::State RequestParser::failAs(llhttp_errno_t error)
{
    if (m_errorStatus != 0)
        return State::Failed;
    return fail(error == HPE_INVALID_TRANSFER_ENCODING ? 501 : 400);
}

/// What the parser lets pass and a strict server must not. RFC 9112, "Host" and "Message Body Length".
int RequestParser::judgeHead() const
{
    const int hosts = countOf(m_request, "host");
    if (hosts > 1 || (hosts == 0 && !m_request.isHttp10))
        return 400;
    if (hosts == 1 && !isWellFormedHost(m_request.header("host")))
        return 400;
    if (countOf(m_request, "last-event-id") > 1)
        return 400;
    if (const int status = judgeFraming())
        return status;
    const QByteArray expected = m_request.header("expect");
    if (!expected.isNull() && expected.compare("100-continue", Qt::CaseInsensitive) != 0)
        return 417;
    return 0;
}

int RequestParser::judgeFraming() const
{
    const int codings = countOf(m_request, "transfer-encoding");
    const int lengths = countOf(m_request, "content-length");
    if (codings + lengths > 1 || (codings > 0 && m_request.isHttp10))
        return 400;
    if (codings == 1 && m_request.header("transfer-encoding").compare("chunked", Qt::CaseInsensitive) != 0)
        return 501;
    if (lengths == 1) {
        const QByteArray text = m_request.header("content-length");
        const bool isNumber = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        bool isInRange = false;
        text.toLongLong(&isInRange);
        if (!isNumber || !isInRange)
            return 400;
    }
    return 0;
}

/// Asks what becomes of the body; a status if it is too large for that.
int RequestParser::planBody()
{
    const qint64 length = m_request.header("content-length").toLongLong();
    const bool isChunked = countOf(m_request, "transfer-encoding") > 0;
    if (length == 0 && !isChunked)
        return 0;
    if (m_planBody)
        m_plan = m_planBody(m_request);
    const bool isExpecting = !m_request.isHttp10 && !m_request.header("expect").isNull();
    // Who asks first is told the answer, and need not send what nobody wants.
    if (m_plan.use == BodyPlan::Use::Refuse || (isExpecting && m_plan.use == BodyPlan::Use::Drop))
        m_request.isBodyUnread = true;
    else if (length > m_plan.maxBytes)
        return 413;
    else
        m_isAwaitingContinue = isExpecting;
    return 0;
}

int RequestParser::storeName(llhttp_t *parser, const char *at, std::size_t length)
{
    auto *self = static_cast<RequestParser *>(parser->data);
    // Names of trailers come here too; they are dropped with the body.
    if (self->m_part != Part::Headers)
        return 0;
    if (self->m_isInValue || self->m_request.headers.isEmpty())
        self->m_request.headers.emplaceBack();
    self->m_isInValue = false;
    self->m_request.headers.last().first.append(QByteArray(at, static_cast<qsizetype>(length)).toLower());
    return 0;
}

int RequestParser::storeValue(llhttp_t *parser, const char *at, std::size_t length)
{
    auto *self = static_cast<RequestParser *>(parser->data);
    if (self->m_part != Part::Headers)
        return 0;
    self->m_isInValue = true;
    self->m_request.headers.last().second.append(at, static_cast<qsizetype>(length));
    return 0;
}

int RequestParser::endHead(llhttp_t *parser)
{
    auto *self = static_cast<RequestParser *>(parser->data);
    Request &request = self->m_request;
    for (auto &header : request.headers)
        header.second = header.second.trimmed();
    request.isHttp10 = parser->http_minor == 0;
    request.keepsAlive = llhttp_should_keep_alive(parser) != 0;
    if (!self->m_hasAbsoluteTarget)
        request.host = request.header("host");
    parser->upgrade = 0; // an upgrade is an offer that a server may pass over
    self->m_part = Part::Body;
    self->m_errorStatus = self->judgeHead();
    if (self->m_errorStatus == 0)
        self->m_errorStatus = self->planBody();
    if (self->m_errorStatus != 0)
        return -1;
    if (!request.isBodyUnread)
        return 0;
    self->m_part = Part::Done;
    return HPE_PAUSED;
}

int RequestParser::takeBodyPart(llhttp_t *parser, const char *at, std::size_t length)
{
    auto *self = static_cast<RequestParser *>(parser->data);
    self->m_bodyBytes += static_cast<qint64>(length);
    if (self->m_bodyBytes <= self->m_plan.maxBytes) {
        if (self->m_plan.use == BodyPlan::Use::Keep)
            self->m_request.body.append(at, static_cast<qsizetype>(length));
        return 0;
    }
    self->m_errorStatus = 413;
    return -1;
}

int RequestParser::endMessage(llhttp_t *parser)
{
    static_cast<RequestParser *>(parser->data)->m_part = Part::Done;
    return HPE_PAUSED;
}

const llhttp_settings_t &RequestParser::callbacks()
{
    static const llhttp_settings_t settings = [] {
        llhttp_settings_t result;
        llhttp_settings_init(&result);
        result.on_header_field = &RequestParser::storeName;
        result.on_header_value = &RequestParser::storeValue;
        result.on_headers_complete = &RequestParser::endHead;
        result.on_body = &RequestParser::takeBodyPart;
        result.on_message_complete = &RequestParser::endMessage;
        return result;
    }();
    return settings;
}

} // namespace weir::publish
