// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/templateprogram.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>

namespace weir::publish {

namespace {

constexpr std::size_t maxNumberSize = 20;
constexpr std::size_t maxDecimalSize = maxNumberSize + 2;
constexpr std::size_t maxEscapeSize = 6;

template <class Number>
char *renderNumber(char *out, Number number)
{
    return std::to_chars(out, out + maxNumberSize, number).ptr;
}

char *renderDecimal(char *out, std::int64_t scaled, int decimals)
{
    if (scaled < 0)
        *out++ = '-';
    std::uint64_t magnitude = static_cast<std::uint64_t>(scaled);
    if (scaled < 0)
        magnitude = 0 - magnitude;
    std::uint64_t unit = 1;
    for (int i = 0; i < decimals; ++i)
        unit *= 10;
    out = renderNumber(out, magnitude / unit);
    *out = '.';
    std::uint64_t fraction = magnitude % unit;
    for (int i = decimals; i > 0; --i, fraction /= 10)
        out[i] = static_cast<char>('0' + fraction % 10);
    return out + decimals + 1;
}

char *renderMonotonic(char *out)
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return renderNumber(out, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

/// As it stands in a JSON string. RFC 8259, "Strings".
char *renderEscaped(char *out, unsigned char byte)
{
    constexpr char digits[] = "0123456789abcdef";
    constexpr std::string_view from = "\"\\\n\r\t";
    constexpr std::string_view to = "\"\\nrt";
    if (const std::size_t at = from.find(static_cast<char>(byte)); at != std::string_view::npos) {
        *out++ = '\\';
        *out++ = to[at];
    } else if (byte < 0x20) {
        out = std::copy_n("\\u00", 4, out);
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 0xf];
    } else {
        *out++ = static_cast<char>(byte);
    }
    return out;
}

} // namespace

void TemplateProgram::addLiteral(std::string_view text)
{
    if (text.empty())
        return;
    if (m_pieces.empty() || m_pieces.back().kind != Kind::Literal)
        m_pieces.emplace_back();
    m_pieces.back().literal += text;
    m_maxSize += text.size();
}

void TemplateProgram::add(Piece piece, std::size_t maxSize)
{
    m_pieces.push_back(std::move(piece));
    m_maxSize += maxSize;
}

void TemplateProgram::add(Kind kind)
{
    Piece piece;
    piece.kind = kind;
    add(std::move(piece), kind == Kind::Uuid  ? TemplateValues::uuidSize
                          : kind == Kind::Now ? TemplateValues::nowSize
                                              : maxNumberSize);
}

void TemplateProgram::addRandom(std::int64_t low, std::int64_t high, int decimals)
{
    Piece piece;
    piece.kind = decimals > 0 ? Kind::Decimal : Kind::Random;
    piece.decimals = decimals;
    piece.low = low;
    piece.span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    add(std::move(piece), maxDecimalSize);
}

void TemplateProgram::addPick(std::vector<TemplateProgram> options)
{
    std::size_t longest = 0;
    for (const TemplateProgram &option : options)
        longest = std::max(longest, option.maxSize());
    Piece piece;
    piece.kind = Kind::Pick;
    piece.parts = std::move(options);
    add(std::move(piece), longest);
}

void TemplateProgram::addJsonString(TemplateProgram text)
{
    const std::size_t size = 2 + maxEscapeSize * text.maxSize();
    Piece piece;
    piece.kind = Kind::JsonString;
    piece.parts.push_back(std::move(text));
    add(std::move(piece), size);
}

void TemplateProgram::append(const TemplateProgram &other)
{
    const std::size_t maxSize = m_maxSize + other.m_maxSize;
    for (const Piece &piece : other.m_pieces) {
        if (piece.kind == Kind::Literal)
            addLiteral(piece.literal);
        else
            add(piece, 0);
    }
    m_maxSize = maxSize;
}

void TemplateProgram::trimEnd()
{
    if (m_pieces.empty() || m_pieces.back().kind != Kind::Literal)
        return;
    std::string &text = m_pieces.back().literal;
    const std::size_t size = text.find_last_not_of(' ') + 1;
    m_maxSize -= text.size() - size;
    text.resize(size);
    if (text.empty())
        m_pieces.pop_back();
}

// What each event has stands here, and the rest in a function of its own, or it would all be slower.
char *TemplateProgram::render(char *out, TemplateValues &values) const
{
    for (const Piece &piece : m_pieces) {
        switch (piece.kind) {
        case Kind::Literal:
            std::memcpy(out, piece.literal.data(), piece.literal.size());
            out += piece.literal.size();
            break;
        case Kind::IdNumber:
            out = renderNumber(out, values.idNumber);
            break;
        case Kind::Seq:
            out = renderNumber(out, values.seq);
            break;
        case Kind::Now:
            out = values.renderNow(out);
            break;
        case Kind::MonotonicNs:
            out = renderMonotonic(out);
            break;
        case Kind::Uuid:
            out = values.renderUuid(out);
            break;
        case Kind::Random:
            out = renderNumber(out, randomOf(piece, values));
            break;
        default:
            out = renderNested(piece, out, values);
        }
    }
    return out;
}

std::int64_t TemplateProgram::randomOf(const Piece &piece, TemplateValues &values)
{
    const std::uint64_t drawn = values.drawRandom();
    const std::uint64_t offset = piece.span + 1 == 0 ? drawn : drawn % (piece.span + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(piece.low) + offset);
}

std::string TemplateProgram::rendered(TemplateValues &values) const
{
    std::string text(m_maxSize, '\0');
    text.resize(static_cast<std::size_t>(render(text.data(), values) - text.data()));
    return text;
}

char *TemplateProgram::renderNested(const Piece &piece, char *out, TemplateValues &values)
{
    if (piece.kind == Kind::Decimal)
        return renderDecimal(out, randomOf(piece, values), piece.decimals);
    if (piece.kind == Kind::Pick)
        return piece.parts[values.drawRandom() % piece.parts.size()].render(out, values);
    return renderJson(piece.parts.front(), out, values);
}

// The text is rendered at the end of the room and escaped from there to its start: what is written never reaches what
// is still to be read, since an escape has at most six bytes.
char *TemplateProgram::renderJson(const TemplateProgram &text, char *out, TemplateValues &values)
{
    const char *from = out + 2 + (maxEscapeSize - 1) * text.maxSize();
    const char *const end = text.render(out + (from - out), values);
    *out++ = '"';
    for (; from != end; ++from)
        out = renderEscaped(out, static_cast<unsigned char>(*from));
    *out++ = '"';
    return out;
}

} // namespace weir::publish
