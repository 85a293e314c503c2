// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base64text.h"

#include "models/hexdump.h"
#include "models/jsonindent.h"
#include "subscribe/contentdecoder.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

struct Base64Words
{
    Q_DECLARE_TR_FUNCTIONS(Base64Words)
};

constexpr qsizetype mostUnpackedBytes = qsizetype{1} << 20;
constexpr std::size_t dumpedBytes = 1024;

bool isLineBreak(char c)
{
    return c == '\n' || c == '\r';
}

bool isInAlphabet(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '-' || c == '_';
}

/// Where the letters of base64 end: at a fault, at the padding or at the end.
qsizetype lettersEnd(const QByteArray &text)
{
    const auto *end = std::ranges::find_if(text, [](char c) { return !isInAlphabet(c) && !isLineBreak(c); });
    return end - text.begin();
}

std::optional<QString> asText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    const bool hasControls = std::ranges::any_of(
        text, [](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t'; });
    if (decoder.hasError() || hasControls)
        return std::nullopt;
    return text;
}

ReadableBytes unpacked(const QByteArray &bytes, const QByteArray &coding)
{
    const auto decoder = subscribe::ContentDecoder::forCodings(coding, nullptr);
    decoder->feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QByteArray out(mostUnpackedBytes, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < mostUnpackedBytes) {
        const auto taken = decoder->take(out.data() + size, static_cast<std::size_t>(mostUnpackedBytes - size));
        if (taken == 0)
            break;
        size += static_cast<qsizetype>(taken);
    }
    const bool isWhole = size < mostUnpackedBytes;
    const bool isSound = !isWhole || decoder->finish();
    out.truncate(size);
    auto result = readableBytes(out);
    result.remark = Base64Words::tr("compressed with %1, %2 bytes unpacked").arg(QString::fromLatin1(coding)).arg(size);
    if (!isWhole)
        result.remark += Base64Words::tr("; only so much is shown");
    if (!isSound)
        result.remark += u"; "_s + decoder->faultText();
    return result;
}

} // namespace

Base64Text decodeBase64(const QByteArray &text)
{
    Base64Text result;
    const qsizetype end = lettersEnd(text);
    QByteArray letters = text.left(end);
    letters.removeIf(isLineBreak);
    result.isUrlSafe = letters.contains('-') || letters.contains('_');
    const QByteArray rest = text.mid(end).trimmed();
    const bool isPadding = std::ranges::all_of(rest, [](char c) { return c == '='; }) && rest.size() <= 2;
    if (!isPadding)
        result.faultAt =
            end +
            (rest.startsWith('=') ? std::ranges::find_if(rest, [](char c) { return c != '='; }) - rest.begin() : 0);
    if (isPadding && (letters.size() % 4 == 1 || (!rest.isEmpty() && (letters.size() + rest.size()) % 4 != 0)))
        result.faultAt = text.size();
    if (result.faultAt)
        letters.truncate(letters.size() / 4 * 4);
    // The other alphabet's letters stand for the same values, so that a mixture can be read too.
    letters.replace('+', '-').replace('/', '_');
    result.bytes = QByteArray::fromBase64(letters, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return result;
}

QString base64FaultText(const Base64Text &decoded, const QByteArray &text)
{
    const qsizetype at = decoded.faultAt.value_or(0);
    if (at >= text.size())
        return Base64Words::tr("it stops short: %1 letters make no whole number of bytes").arg(text.size());
    return Base64Words::tr("byte %1 is none of its letters: \"%2\"")
        .arg(at)
        .arg(QString::fromUtf8(text.mid(at, 4)).left(1));
}

ReadableBytes readableBytes(const QByteArray &bytes)
{
    if (bytes.startsWith("\x1f\x8b"))
        return unpacked(bytes, "gzip");
    if (bytes.startsWith("\x78\x9c") || bytes.startsWith("\x78\xda") || bytes.startsWith("\x78\x01"))
        return unpacked(bytes, "deflate");
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const auto text = asText(bytes);
    if (text && !view.empty() && (view.front() == '{' || view.front() == '[')) {
        if (const auto json = indentJson(view))
            return {QString::fromStdString(*json), Base64Words::tr("JSON"), true};
    }
    if (text)
        return {*text, {}, true};
    return {hexDump(view.substr(0, dumpedBytes)), Base64Words::tr("%1 bytes, no text").arg(bytes.size()), false};
}

} // namespace weir::models
