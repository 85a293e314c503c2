// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/hexdump.h"

namespace weir::models {

namespace {

/// Offset, two blanks, bytes with a blank between and one more after the eighth, two blanks, ASCII.
constexpr int lineCharacters = 8 + 2 + 3 * 16 + 1 + 1 + 16;

QChar hexDigit(unsigned value)
{
    return QChar(u"0123456789abcdef"[value & 0xFU]);
}

QString hexOffset(std::size_t offset)
{
    return QString::number(offset, 16).rightJustified(8, u'0');
}

QChar asciiOf(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F ? QChar(char16_t{byte}) : QChar(u'.');
}

} // namespace

QString hexLine(std::string_view bytes, std::size_t line)
{
    const auto slice = bytes.substr(line * hexBytesPerLine, hexBytesPerLine);
    QString text = hexOffset(line * hexBytesPerLine);
    QString ascii;
    text += QStringView(u"  ");
    for (std::size_t i = 0; i < hexBytesPerLine; ++i) {
        if (i == hexBytesPerLine / 2)
            text += u' ';
        if (i < slice.size()) {
            const auto byte = static_cast<unsigned char>(slice[i]);
            text += hexDigit(byte >> 4U);
            text += hexDigit(byte);
            ascii += asciiOf(byte);
        } else {
            text += QStringView(u"  ");
        }
        text += u' ';
    }
    return text + u' ' + ascii;
}

std::size_t hexLineCount(std::string_view bytes)
{
    return (bytes.size() + hexBytesPerLine - 1) / hexBytesPerLine;
}

QString hexDump(std::string_view bytes)
{
    QString dump;
    dump.reserve(static_cast<qsizetype>(hexLineCount(bytes)) * (lineCharacters + 1));
    for (std::size_t line = 0; line < hexLineCount(bytes); ++line)
        dump += hexLine(bytes, line) + u'\n';
    return dump;
}

} // namespace weir::models
