// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/responsehead.h"

#include <QDateTime>
#include <QLocale>

#include <array>
#include <cstring>
#include <utility>

namespace weir::publish {

namespace {

/// Of every stream, unless the channel has its own.
constexpr std::array defaultLines{"Cache-Control: no-cache, no-store, no-transform\r\n", "X-Accel-Buffering: no\r\n",
    "X-Content-Type-Options: nosniff\r\n"};

struct StatusText
{
    int status;
    const char *reason;
    const char *sentence;
};

constexpr StatusText statusTexts[] = {
    {200, "OK", ""},
    {204, "No Content", ""},
    {100, "Continue", ""},
    {400, "Bad Request", "The request is not valid HTTP/1.1."},
    {401, "Unauthorized", "Publishing needs the publisher's token, as: Authorization: Bearer TOKEN"},
    {404, "Not Found", "No channel has this path."},
    {405, "Method Not Allowed", "This method is not served here; the Allow header names those that are."},
    {406, "Not Acceptable", "Only text/event-stream is served here."},
    {408, "Request Timeout", "The request did not arrive in time."},
    {413, "Content Too Large", "The request body is larger than this server reads."},
    {414, "URI Too Long", "The request target is longer than 8192 bytes."},
    {415, "Unsupported Media Type", "The body's type is not read here."},
    {417, "Expectation Failed", "The Expect header asks for something unknown."},
    {421, "Misdirected Request",
        "This server answers only requests whose Host is localhost, 127.0.0.1, [::1] or a name that it was told."},
    {431, "Request Header Fields Too Large", "The request head is larger than this server reads."},
    {501, "Not Implemented", "The method or transfer coding is not known here."},
    {503, "Service Unavailable", "As many clients are connected as this server allows."},
    {505, "HTTP Version Not Supported", "Only HTTP/1.0 and HTTP/1.1 are spoken here."},
};

const StatusText &textOf(int status)
{
    for (const StatusText &text : statusTexts) {
        if (text.status == status)
            return text;
    }
    return statusTexts[2];
}

QByteArray statusLine(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + textOf(status).reason + "\r\n";
}

QByteArray makeDateLine()
{
    const QString date =
        QLocale::c().toString(QDateTime::currentDateTimeUtc(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    return "Date: " + date.toLatin1() + "\r\n";
}

/// Writing a date takes longer than the rest of an answer together.
const QByteArray &dateLine()
{
    thread_local qint64 second = -1;
    thread_local QByteArray line;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (std::exchange(second, now) != now)
        line = makeDateLine();
    return line;
}

} // namespace

QByteArray streamHead(Framing framing, const QByteArray &extraHeaders)
{
    QByteArray head = statusLine(200) + dateLine() + "Content-Type: text/event-stream\r\n";
    const QByteArray given = "\r\n" + extraHeaders.toLower();
    for (const char *line : defaultLines) {
        const QByteArray name = QByteArray(line, std::strchr(line, ':') + 1 - line).toLower();
        if (!given.contains("\r\n" + name))
            head.append(line);
    }
    head += framing == Framing::Chunked ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n";
    return head + extraHeaders + "\r\n";
}

QByteArray encode(const PlainAnswer &answer)
{
    QByteArray bytes = statusLine(answer.status) + dateLine();
    if (answer.status != 204) {
        bytes += "Content-Type: " + answer.contentType +
                 "\r\nContent-Length: " + QByteArray::number(answer.body.size()) +
                 "\r\nX-Content-Type-Options: nosniff\r\n";
    }
    if (answer.closes)
        bytes += "Connection: close\r\n";
    else if (answer.isHttp10)
        bytes += "Connection: keep-alive\r\n";
    bytes += answer.extraHeaders + "\r\n";
    if (answer.status != 204 && !answer.isHead)
        bytes += answer.body;
    return bytes;
}

QByteArray continueAnswer()
{
    return statusLine(100) + "\r\n";
}

PlainAnswer errorAnswer(int status)
{
    PlainAnswer answer;
    answer.status = status;
    answer.body = QByteArray(textOf(status).sentence) + '\n';
    answer.closes = true;
    if (status == 401)
        answer.extraHeaders = "WWW-Authenticate: Bearer realm=\"weir\"\r\n";
    return answer;
}

} // namespace weir::publish
