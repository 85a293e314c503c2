// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawtext.h"

#include "sse/utf8.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <optional>

namespace weir::publish {

namespace {

constexpr std::uint32_t lastCodePoint = 0x10ffff;

QString rawWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::RawText", text);
}

void appendUtf8(std::uint32_t point, std::string &out)
{
    const auto add = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80)
        return add(point);
    if (point < 0x800) {
        add(0xc0 | point >> 6);
    } else if (point < 0x10000) {
        add(0xe0 | point >> 12);
        add(0x80 | (point >> 6 & 0x3f));
    } else {
        add(0xf0 | point >> 18);
        add(0x80 | (point >> 12 & 0x3f));
        add(0x80 | (point >> 6 & 0x3f));
    }
    add(0x80 | (point & 0x3f));
}

std::optional<std::uint32_t> hexNumber(std::string_view digits)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    const bool isNumber = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
    return isNumber ? std::optional(number) : std::nullopt;
}

class RawReader
{
public:
    explicit RawReader(std::string_view text)
        : m_text(text)
    {}

    tl::expected<std::string, RawTextFault> read();

private:
    const char *readEscape();
    const char *readByte();
    const char *readCodePoint();
    RawTextFault fault(const char *reason, std::size_t offset) const;

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_bytes;
};

tl::expected<std::string, RawTextFault> RawReader::read()
{
    while (m_at < m_text.size()) {
        const std::size_t escape = std::min(m_text.find('\\', m_at), m_text.size());
        m_bytes += m_text.substr(m_at, escape - m_at);
        m_at = escape;
        if (m_at == m_text.size())
            break;
        ++m_at;
        if (const char *reason = readEscape())
            return tl::unexpected(fault(reason, escape));
    }
    return std::move(m_bytes);
}

const char *RawReader::readEscape()
{
    constexpr std::string_view names = "nrt0\\";
    constexpr std::string_view values("\n\r\t\0\\", 5);
    if (m_at == m_text.size())
        return QT_TRANSLATE_NOOP(
            "weir::publish::RawText", "Nothing follows the backslash; a backslash itself is “\\\\”.");
    const char name = m_text[m_at++];
    if (const std::size_t known = names.find(name); known != std::string_view::npos)
        m_bytes += values[known];
    else if (name == 'x')
        return readByte();
    else if (name == 'u')
        return readCodePoint();
    else if (name != '\n')
        return QT_TRANSLATE_NOOP(
            "weir::publish::RawText", "This escape is unknown; known are \\n \\r \\t \\0 \\xNN \\u{…} and \\\\.");
    return nullptr;
}

const char *RawReader::readByte()
{
    const auto number = hexNumber(m_text.substr(m_at, 2));
    if (!number || m_text.size() < m_at + 2)
        return QT_TRANSLATE_NOOP("weir::publish::RawText", "“\\x” takes two hexadecimal digits.");
    m_bytes += static_cast<char>(*number);
    m_at += 2;
    return nullptr;
}

const char *RawReader::readCodePoint()
{
    const std::size_t close = m_text.find('}', m_at);
    const bool hasBraces = m_text.substr(m_at).starts_with('{') && close != std::string_view::npos;
    const auto number = hasBraces ? hexNumber(m_text.substr(m_at + 1, close - m_at - 1)) : std::nullopt;
    if (!number || *number > lastCodePoint)
        return QT_TRANSLATE_NOOP(
            "weir::publish::RawText", "“\\u” takes a code point up to 10FFFF in braces, such as \\u{20AC}.");
    appendUtf8(*number, m_bytes);
    m_at = close + 1;
    return nullptr;
}

RawTextFault RawReader::fault(const char *reason, std::size_t offset) const
{
    const std::string_view before = m_text.substr(0, offset);
    const auto lineStart = static_cast<std::ptrdiff_t>(before.rfind('\n') + 1);
    const auto column = std::count_if(before.begin() + lineStart, before.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    return {rawWords(reason), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
        static_cast<int>(column) + 1};
}

void appendHex(unsigned char byte, std::string &out)
{
    constexpr char digits[] = "0123456789ABCDEF";
    out += "\\x";
    out += digits[byte >> 4];
    out += digits[byte & 0xf];
}

void appendControl(unsigned char byte, std::string &out)
{
    switch (byte) {
    case '\n':
        out += '\n';
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\\':
        out += "\\\\";
        return;
    default:
        appendHex(byte, out);
    }
}

/// The bytes of the code point at the start, or 0 if they are not valid UTF-8.
std::size_t sizeOfCodePoint(std::string_view bytes)
{
    const auto lead = static_cast<unsigned char>(bytes.front());
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    return size <= bytes.size() && sse::isValidUtf8(bytes.substr(0, size)) ? size : 0;
}

/// Characters that nobody sees, or that an editor takes for the end of a line.
std::string_view escapeOf(std::string_view character)
{
    constexpr std::pair<std::string_view, std::string_view> unseen[] = {{"\u00a0", "\\u{A0}"}, {"\u2028", "\\u{2028}"},
        {"\u2029", "\\u{2029}"}, {"\u200b", "\\u{200B}"}, {"\ufeff", "\\u{FEFF}"}};
    for (const auto &[known, escape] : unseen)
        if (character == known)
            return escape;
    return character;
}

} // namespace

QString RawTextFault::text() const
{
    return rawWords("Line %1, column %2: %3").arg(QString::number(line), QString::number(column), reason);
}

tl::expected<std::string, RawTextFault> bytesOf(std::string_view text)
{
    return RawReader(text).read();
}

std::string rawTextOf(std::string_view bytes)
{
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        const std::size_t size = byte < 0x20 || byte == 0x7f || byte == '\\' ? 0 : sizeOfCodePoint(bytes.substr(at));
        if (size > 0) {
            text += escapeOf(bytes.substr(at, size));
            at += size;
            continue;
        }
        if (byte < 0x80)
            appendControl(byte, text);
        else
            appendHex(byte, text);
        ++at;
    }
    return text;
}

} // namespace weir::publish
