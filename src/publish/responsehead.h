// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace weir::publish {

/// How a response's body is delimited and whether the connection goes on after it.
enum class Framing {
    Chunked,    ///< HTTP/1.1
    UntilClose, ///< HTTP/1.0, or because the channel wants it so
};

/// The head of an event stream. `extraHeaders`: whole lines with CR LF; they stand instead of defaults of the same
/// name.
QByteArray streamHead(Framing framing, const QByteArray &extraHeaders);

/// What an answer that is no stream is made of.
struct PlainAnswer
{
    int status = 200;
    QByteArray body; ///< ignored for 204
    QByteArray contentType = "text/plain; charset=utf-8";
    QByteArray extraHeaders; ///< whole lines with CR LF
    bool isHead = false;     ///< the body is announced, not sent
    bool closes = false;
    bool isHttp10 = false;
};
QByteArray encode(const PlainAnswer &answer);

/// What a client waits for that sent `Expect: 100-continue`: the final answer follows.
QByteArray continueAnswer();

/// An answer to a request that went wrong: status, one sentence for people, connection closed. Repeats nothing of the
/// request.
PlainAnswer errorAnswer(int status);

} // namespace weir::publish
