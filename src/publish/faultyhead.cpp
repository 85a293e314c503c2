// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultyhead.h"

#include <iterator>

namespace weir::publish {

namespace {

struct Reason
{
    int status;
    const char *text;
};

constexpr Reason reasons[] = {{100, "Continue"}, {103, "Early Hints"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"},
    {204, "No Content"}, {206, "Partial Content"}, {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"},
    {304, "Not Modified"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"}, {400, "Bad Request"},
    {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"}, {408, "Request Timeout"}, {409, "Conflict"},
    {410, "Gone"}, {425, "Too Early"}, {429, "Too Many Requests"}, {500, "Internal Server Error"}, {502, "Bad Gateway"},
    {503, "Service Unavailable"}, {504, "Gateway Timeout"}};

QByteArray faultyStatusLine(int status)
{
    QByteArray line = "HTTP/1.1 " + QByteArray::number(status) + ' ';
    for (const Reason &reason : reasons) {
        if (reason.status == status)
            return line + reason.text + "\r\n";
    }
    return line + "Armed Fault\r\n";
}

/// True for a head line of that field; `name` in lower case.
bool isField(const QByteArray &line, const char *name)
{
    return line.left(line.indexOf(':')).toLower() == name;
}

/// The lines of a head, without line ends and without the empty one.
QList<QByteArray> linesOf(QByteArray head)
{
    QList<QByteArray> lines;
    for (const QByteArray &line : head.replace("\r\n", "\n").split('\n')) {
        if (!line.isEmpty())
            lines.append(line);
    }
    return lines;
}

/// What lets a script in a browser see the answer.
QByteArray corsLines(const QByteArray &head)
{
    QByteArray kept;
    for (const QByteArray &line : linesOf(head)) {
        if (line.toLower().startsWith("access-control-") || isField(line, "vary"))
            kept += line + "\r\n";
    }
    return kept;
}

Answer plainAnswer(int status, const QByteArray &headers, const Request &request, const Answer &stream)
{
    const bool hasNoBody = status < 200 || status == 204 || status == 304;
    const QByteArray body =
        hasNoBody ? QByteArray() : "A fault that was armed here: " + faultyStatusLine(status).mid(9);
    Answer answer;
    answer.closes = !request.keepsAlive || status < 200;
    answer.bytes = faultyStatusLine(status) + headers + corsLines(stream.bytes);
    if (!hasNoBody)
        answer.bytes +=
            "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    if (answer.closes && status >= 200)
        answer.bytes += "Connection: close\r\n";
    answer.bytes += "\r\n" + body;
    return answer;
}

QByteArray nextLocation(const Request &request, int chain, int hop)
{
    QByteArray location = request.path.toPercentEncoding("/") + '?';
    for (const QByteArray &field : request.query.split('&')) {
        if (!field.isEmpty() && !field.startsWith("weir-hop="))
            location += field + '&';
    }
    return location + ArmedFaults::hopField(chain, hop);
}

std::optional<Answer> redirect(const ArmedFaults::Assignment &faults, const Request &request, const Answer &stream)
{
    const FaultPlan &plan = faults.plan;
    int status = 0;
    int next = 0;
    if (plan.has(Fault::RedirectLoop)) {
        status = plan.text(Fault::RedirectLoop, "status").toInt();
        next = faults.hop == 1 ? 2 : 1;
    } else if (plan.has(Fault::Redirect) && faults.hop < plan.number(Fault::Redirect, "hops")) {
        status = plan.text(Fault::Redirect, "status").toInt();
        next = faults.hop + 1;
    }
    if (status == 0)
        return std::nullopt;
    const QByteArray location = "Location: " + nextLocation(request, faults.chain, next) + "\r\n";
    return plainAnswer(status, location, request, stream);
}

QByteArray changedHead(const FaultPlan &plan, const QByteArray &head)
{
    const bool hasLength = plan.has(Fault::LengthTooLong) || plan.has(Fault::LengthTooShort);
    const bool isCoded = plan.has(Fault::GzipTruncated) || plan.has(Fault::GzipUnflushed);
    QByteArray changed;
    for (const QByteArray &line : linesOf(head)) {
        const bool isType = isField(line, "content-type");
        if (isType && plan.has(Fault::ContentType))
            changed += "Content-Type: " + plan.text(Fault::ContentType, "type") + "\r\n";
        else if (!(isType && plan.has(Fault::NoContentType)) && !(hasLength && isField(line, "transfer-encoding")) &&
                 !isField(line, "content-encoding"))
            changed += line + "\r\n";
    }
    if (plan.has(Fault::LengthTooLong))
        changed += "Content-Length: " + QByteArray::number(plan.number(Fault::LengthTooLong, "bytes")) + "\r\n";
    if (plan.has(Fault::LengthTooShort))
        changed += "Content-Length: " + QByteArray::number(plan.number(Fault::LengthTooShort, "bytes")) + "\r\n";
    if (isCoded)
        changed += "Content-Encoding: gzip\r\n";
    return changed + "\r\n";
}

} // namespace

Answer withHeadFaults(const ArmedFaults::Assignment &faults, const Request &request, Answer answer)
{
    const FaultPlan &plan = faults.plan;
    if (const auto other = redirect(faults, request, answer))
        return *other;
    if (plan.has(Fault::Status) && plan.number(Fault::Status, "status") != 200) {
        const qint64 retryAfter = plan.number(Fault::Status, "retryAfterSeconds");
        const QByteArray headers =
            retryAfter > 0 ? "Retry-After: " + QByteArray::number(retryAfter) + "\r\n" : QByteArray();
        return plainAnswer(static_cast<int>(plan.number(Fault::Status, "status")), headers, request, answer);
    }
    answer.bytes = changedHead(plan, answer.bytes);
    const bool isChunked = answer.form == Frame::Form::Chunk || answer.form == Frame::Form::GzipChunk;
    answer.form = isChunked ? Frame::Form::Chunk : Frame::Form::Plain;
    if (plan.has(Fault::LengthTooLong) || plan.has(Fault::LengthTooShort))
        answer.form = Frame::Form::Plain;
    return answer;
}

} // namespace weir::publish
