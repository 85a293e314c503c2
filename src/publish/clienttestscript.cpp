// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestscript.h"

namespace weir::publish {

ClientTestScript ClientTestScript::stream(const QByteArray &fields)
{
    ClientTestScript script;
    script.m_isChunked = true;
    // No "Connection: close": with it some libraries take a stream that was cut off for a whole one.
    script.m_steps.append(
        {.bytes = "HTTP/1.1 200 OK\r\n" + fields + "Cache-Control: no-store\r\nTransfer-Encoding: chunked\r\n",
            .isHead = true});
    return script;
}

ClientTestScript ClientTestScript::undelimitedStream()
{
    ClientTestScript script;
    script.m_steps.append({.bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                    "Cache-Control: no-store\r\nConnection: close\r\n",
        .isHead = true});
    return script.end(AnswerEnd::Clean);
}

ClientTestScript ClientTestScript::answer(
    const QByteArray &statusAndReason, const QByteArray &fields, const QByteArray &body)
{
    ClientTestScript script;
    QByteArray head = "HTTP/1.1 " + statusAndReason + "\r\n" + fields + "Cache-Control: no-store\r\n";
    // RFC 9110, "Content-Length": never in an answer with the status 204.
    if (!statusAndReason.startsWith("204"))
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    script.m_steps.append({.bytes = head, .isHead = true});
    if (!body.isEmpty())
        script.m_steps.append({.bytes = body});
    return script.end(AnswerEnd::KeptAlive);
}

ClientTestScript &ClientTestScript::body(const QByteArray &bytes)
{
    if (m_isChunked)
        return raw(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    return raw(bytes);
}

ClientTestScript &ClientTestScript::afterInterim()
{
    m_steps.prepend({.bytes = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n",
        .pause = std::chrono::milliseconds{50}});
    return *this;
}

ClientTestScript &ClientTestScript::raw(const QByteArray &bytes)
{
    m_steps.append({.bytes = bytes});
    return *this;
}

ClientTestScript &ClientTestScript::pause(std::chrono::milliseconds time)
{
    m_steps.append({.bytes = {}, .pause = time});
    return *this;
}

ClientTestScript &ClientTestScript::byteByByte()
{
    m_isByteByByte = true;
    return *this;
}

ClientTestScript &ClientTestScript::end(AnswerEnd end)
{
    m_end = end;
    return *this;
}

} // namespace weir::publish
