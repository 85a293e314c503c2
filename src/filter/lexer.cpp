// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/lexer.h"

#include "filter/operands.h"

#include <algorithm>
#include <utility>

namespace weir::filter {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view namesToCome[] = {"gap", "time", "attempt", "has"};

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isOneOf(std::string_view text, std::span<const std::string_view> list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isKeyword(std::string_view word)
{
    constexpr std::string_view keywords[] = {"and", "AND", "or", "OR", "not", "NOT"};
    return isOneOf(word, keywords);
}

} // namespace

std::vector<Token> Lexer::run()
{
    for (m_at = skipBlanks(0); !atEnd(); m_at = skipBlanks(m_at))
        readTerm();
    return std::move(m_tokens);
}

void Lexer::readTerm()
{
    switch (m_text[m_at]) {
    case '(':
    case ')':
        return add(TokenKind::Parenthesis, m_at + 1);
    case '"':
        return readQuoted(TokenKind::Phrase);
    case '-':
        return add(TokenKind::Operator, m_at + 1);
    case '~':
        return add(TokenKind::NotYet, m_at + 1);
    case '/':
        return readRegularExpression();
    default:
        break;
    }
    if (const std::size_t length = comparisonLength(m_at))
        return add(TokenKind::Comparison, m_at + length);
    readWord();
}

void Lexer::readQuoted(TokenKind kind)
{
    const std::size_t end = quotedEnd(m_at);
    add(end == npos ? TokenKind::Invalid : kind, std::min(end, m_text.size()));
}

void Lexer::readRegularExpression()
{
    std::size_t end = m_at + 1;
    while (end < m_text.size() && m_text[end] != '/')
        end += m_text[end] == '\\' ? 2U : 1U;
    if (end >= m_text.size())
        return add(TokenKind::NotYet, wordEnd(m_at));
    while (++end < m_text.size() && isLetter(m_text[end])) {
    }
    add(TokenKind::NotYet, end);
}

void Lexer::readWord()
{
    const std::size_t end = wordEnd(m_at);
    if (readPath() || readColon(end) || readComparedName())
        return;
    add(isKeyword(m_text.substr(m_at, end - m_at)) ? TokenKind::Operator : TokenKind::Word, end);
}

bool Lexer::readPath()
{
    constexpr std::string_view data = "data";
    std::size_t end = m_at + data.size();
    if (!startsWith(data) || end == m_text.size() || (m_text[end] != '[' && nameEnd(end + 1) == end + 1))
        return false;
    while (end < m_text.size() && (m_text[end] == '.' || m_text[end] == '[')) {
        const bool hasKey = m_text.substr(end).starts_with("[\"");
        const std::size_t keyEnd = hasKey ? std::min(quotedEnd(end + 1), m_text.size()) : nameEnd(end + 1);
        const std::size_t bracket = std::min(m_text.find_first_not_of(digits, keyEnd), m_text.size());
        end = bracket < m_text.size() && m_text[bracket] == ']' ? bracket + 1 : keyEnd;
    }
    if (end == m_at + data.size())
        return false;
    add(TokenKind::NotYet, end);
    return true;
}

bool Lexer::readColon(std::size_t wordEnd)
{
    const std::size_t colon = nameEnd(m_at);
    if (colon == m_at || colon >= wordEnd || m_text[colon] != ':')
        return false;
    const std::string_view name = m_text.substr(m_at, colon - m_at);
    const std::string_view rest = m_text.substr(colon + 1);
    if (isOneOf(name, namesToCome)) {
        add(TokenKind::NotYet, colon + 1);
    } else if (name != "size" && isOneOf(name, fieldNames())) {
        add(TokenKind::Field, colon + 1);
        readValue();
    } else if (rest.starts_with("//") || rest.starts_with(':')) {
        return false;
    } else {
        add(TokenKind::Invalid, colon);
        m_at = colon + 1;
    }
    return true;
}

bool Lexer::readComparedName()
{
    const std::size_t end = nameEnd(m_at);
    const std::string_view name = m_text.substr(m_at, end - m_at);
    const bool isField = isOneOf(name, fieldNames());
    const bool isToCome = isOneOf(name, namesToCome);
    if (!isField && !isToCome && name != "data")
        return false;
    const std::size_t next = skipBlanks(end);
    const std::size_t comparison = comparisonLength(next);
    if (comparison == 0 && (next != end || next == m_text.size() || m_text[next] != '~'))
        return false;
    if (isToCome || comparison == 0 || name != "size") {
        add(isToCome ? TokenKind::NotYet : TokenKind::Word, end);
        return true;
    }
    add(TokenKind::Field, end);
    m_at = next;
    add(TokenKind::Comparison, next + comparison);
    m_at = skipBlanks(m_at);
    readNumber();
    return true;
}

void Lexer::readValue()
{
    const std::size_t begin = m_at;
    std::size_t end = begin;
    while (end < m_text.size() && blanks.find(m_text[end]) == npos && m_text[end] != '(' && m_text[end] != ')') {
        if (m_text[end] != '"') {
            ++end;
            continue;
        }
        const std::size_t quote = end;
        end = quotedEnd(end);
        if (end != npos)
            continue;
        if (quote > begin)
            add(TokenKind::Value, quote);
        return add(TokenKind::Invalid, m_text.size());
    }
    if (end > begin)
        add(TokenKind::Value, end);
}

void Lexer::readNumber()
{
    if (atEnd() || !isDigit(m_text[m_at]))
        return;
    std::size_t end = wordEnd(m_at);
    const std::string_view number = m_text.substr(m_at, end - m_at);
    const std::size_t unit = skipBlanks(end);
    const std::size_t unitEnd = wordEnd(unit);
    if (number.find_first_not_of("0123456789.") == npos && isSizeUnit(m_text.substr(unit, unitEnd - unit)))
        end = unitEnd;
    add(TokenKind::Number, end);
}

std::size_t Lexer::skipBlanks(std::size_t at) const
{
    return std::min(m_text.find_first_not_of(blanks, at), m_text.size());
}

std::size_t Lexer::wordEnd(std::size_t at) const
{
    return std::min(m_text.find_first_of(" \t\r\n\f\v()\"", at), m_text.size());
}

std::size_t Lexer::nameEnd(std::size_t at) const
{
    if (at < m_text.size() && isDigit(m_text[at]))
        return at;
    while (at < m_text.size() && (isLetter(m_text[at]) || isDigit(m_text[at])))
        ++at;
    return at;
}

// Behind the closing quote, or npos. Requires a quote at `at`.
std::size_t Lexer::quotedEnd(std::size_t at) const
{
    for (++at; at < m_text.size(); ++at) {
        if (m_text[at] == '"')
            return at + 1;
        if (m_text[at] == '\\')
            ++at;
    }
    return npos;
}

std::size_t Lexer::comparisonLength(std::size_t at) const
{
    const std::string_view rest = m_text.substr(std::min(at, m_text.size()));
    for (const std::string_view comparison : {"==", "!=", "<=", ">=", "=", "<", ">"}) {
        if (rest.starts_with(comparison))
            return comparison.size();
    }
    return 0;
}

void Lexer::add(TokenKind kind, std::size_t end)
{
    m_tokens.push_back({kind, m_at, end});
    m_at = end;
}

} // namespace weir::filter
