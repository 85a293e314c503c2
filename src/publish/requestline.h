// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace weir::publish {

enum class Method {
    Get,
    Head,
    Options,
    Publish, ///< POST or PUT
    Other,
};

/// The first line of a request, judged before the HTTP parser sees it: RFC 9112, "Request Line". The parser alone
/// cannot tell an unknown method or version from garbage.
struct RequestLine
{
    int errorStatus = 0; ///< 0: well formed; 400, 414, 501 or 505 otherwise
    Method method = Method::Other;
    QByteArray path;       ///< decoded; `*` for the server as a whole
    QByteArray query;      ///< as sent, without the question mark
    QByteArray authority;  ///< of an absolute target; null otherwise
    QByteArray normalised; ///< the line for the parser, with CR LF: any later HTTP/1.x counts as 1.1
};

inline constexpr qsizetype maxTargetBytes = 8192;

/// RFC 9110, "Tokens": what a method or the name of a header may be.
bool isToken(QByteArrayView text);

/// `line`: with its CR LF.
RequestLine parseRequestLine(QByteArrayView line);

} // namespace weir::publish
