// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind a colon or a comparison.
#include "filter/decimal.h"
#include "filter/lexer.h"
#include "filter/quantity.h"

#include <algorithm>

namespace weir::filter {

namespace {

constexpr auto npos = std::string_view::npos;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isDate(std::string_view text)
{
    return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

/// `14:05` and the like, behind a date.
bool isTimeOfDay(std::string_view text)
{
    const std::size_t colon = text.find(':');
    return colon != npos && colon > 0 && colon <= 2 && std::all_of(text.begin(), text.begin() + 1, isDigit);
}

} // namespace

void Lexer::readPresence()
{
    if (!readPathToken())
        readValue();
}

void Lexer::readValue(TokenKind kind)
{
    const std::size_t begin = m_at;
    std::size_t end = begin;
    while (end < m_text.size() && m_text.find_first_of(" \t\r\n\f\v()", end) != end) {
        if (m_text[end] != '"') {
            ++end;
            continue;
        }
        const std::size_t quote = end;
        end = quotedEnd(end);
        if (end != npos)
            continue;
        if (quote > begin)
            add(kind, quote);
        return add(TokenKind::Invalid, m_text.size());
    }
    if (end > begin)
        add(kind, end);
}

void Lexer::readComparand()
{
    if (atEnd() || comparisonLength(m_at) != 0)
        return;
    const bool isPattern = m_text[m_tokens.back().begin] == '~' && m_text[m_at] == '/';
    if (isPattern)
        return readRegularExpression();
    const std::size_t end = wordEnd(m_at);
    const bool isNumber = Decimal::parse(m_text.substr(m_at, end - m_at)).has_value();
    readValue(isNumber ? TokenKind::Number : TokenKind::Value);
}

void Lexer::readQuantity(std::string_view field)
{
    if (atEnd() || !isDigit(m_text[m_at]))
        return;
    std::size_t end = wordEnd(m_at);
    const std::string_view number = m_text.substr(m_at, end - m_at);
    const std::size_t unit = skipBlanks(end);
    const std::size_t unitEnd = wordEnd(unit);
    if (number.find_first_not_of("0123456789.") == npos && isUnit(field, m_text.substr(unit, unitEnd - unit)))
        end = unitEnd;
    add(TokenKind::Number, end);
}

void Lexer::readTime()
{
    if (atEnd() || !isDigit(m_text[m_at]))
        return;
    std::size_t end = wordEnd(m_at);
    const std::size_t next = skipBlanks(end);
    if (isDate(m_text.substr(m_at, end - m_at)) && isTimeOfDay(m_text.substr(next, wordEnd(next) - next)))
        end = wordEnd(next);
    add(TokenKind::Number, end);
}

} // namespace weir::filter
