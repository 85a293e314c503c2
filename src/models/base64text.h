// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace weir::models {

struct Base64Text
{
    QByteArray bytes;
    bool isUrlSafe = false; ///< of the alphabet with `-` and `_`
    /// The first byte that is none of the alphabet, or the length of a text that stops short; absent: no fault.
    std::optional<qsizetype> faultAt;
};

/// Decodes both alphabets of RFC 4648, padded or not, line breaks left out. Of a text with a fault `bytes` are what
/// comes before it. Any thread.
Base64Text decodeBase64(const QByteArray &text);
/// `byte 57 is no base64: "%"`, or that the text stops short.
QString base64FaultText(const Base64Text &decoded, const QByteArray &text);

/// What decoded bytes are: indented JSON, text, what is inside if they are compressed with gzip or zlib, or a hex dump
/// of their beginning. `remark` says what was found or what went wrong.
struct ReadableBytes
{
    QString text;
    QString remark;
    bool isText = false;
};
ReadableBytes readableBytes(const QByteArray &bytes);

} // namespace weir::models
