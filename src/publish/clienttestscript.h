// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>

namespace weir::publish {

/// How an answer of a client test ends.
enum class AnswerEnd {
    Usual,     ///< Clean; Cut for a client that takes a clean end for the end of everything
    Clean,     ///< as the framing has it, then FIN
    Cut,       ///< FIN without the last chunk
    Reset,     ///< RST: what is on the way is lost too
    KeptAlive, ///< the message is complete, and the connection takes the next request
};

/// One answer of a client test, byte for byte. A value; built from left to right.
class ClientTestScript
{
public:
    /// The head of an event stream, in chunks. `fields`: whole lines that come instead of the Content-Type.
    static ClientTestScript stream(const QByteArray &fields = "Content-Type: text/event-stream\r\n");
    /// The head of an event stream that only the end of the connection delimits.
    static ClientTestScript undelimitedStream();
    /// A whole answer with Content-Length. `fields`: whole lines.
    static ClientTestScript answer(
        const QByteArray &statusAndReason, const QByteArray &fields = {}, const QByteArray &body = {});
    /// Not a byte.
    static ClientTestScript nothing() { return {}; }

    /// A part of the body, as one chunk where there are chunks, handed to the network by itself.
    ClientTestScript &body(const QByteArray &bytes);
    /// An interim response comes before the head.
    ClientTestScript &afterInterim();
    /// Bytes as they are.
    ClientTestScript &raw(const QByteArray &bytes);
    ClientTestScript &pause(std::chrono::milliseconds time);
    /// Every byte of the answer is handed to the network by itself.
    ClientTestScript &byteByByte();
    ClientTestScript &end(AnswerEnd end);

    struct Step
    {
        QByteArray bytes;
        std::chrono::milliseconds pause{0}; ///< after the bytes
        bool isHead = false;                ///< the bytes are a head without the empty line
    };
    const QList<Step> &steps() const { return m_steps; }
    AnswerEnd ending() const { return m_end; }
    bool isChunked() const { return m_isChunked; }
    bool isByteByByte() const { return m_isByteByByte; }

private:
    QList<Step> m_steps;
    AnswerEnd m_end = AnswerEnd::Usual;
    bool m_isChunked = false;
    bool m_isByteByByte = false;
};

} // namespace weir::publish
