// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/lexer.h"

#include "filter/jsonpath.h"

#include <algorithm>
#include <utility>

namespace weir::filter {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n\f\v";

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
        return add(TokenKind::Invalid, wordEnd(m_at));
    add(TokenKind::RegularExpression, wordEnd(end));
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
    if (!readPathToken()) {
        const std::size_t end = nameEnd(m_at);
        const std::size_t next = skipBlanks(end);
        if (m_text.substr(m_at, end - m_at) != "data" || next == m_text.size() || m_text[next] != '~')
            return false;
        add(TokenKind::Path, end);
    }
    if (m_tokens.back().kind == TokenKind::Invalid)
        return true;
    const std::size_t next = skipBlanks(m_at);
    if (const std::size_t length = comparisonLength(next)) {
        m_at = next;
        add(TokenKind::Comparison, next + length);
        m_at = skipBlanks(m_at);
        readComparand();
    }
    return true;
}

bool Lexer::readPathToken()
{
    constexpr std::string_view data = "data";
    const std::size_t end = m_at + data.size();
    if (!startsWith(data) || end == m_text.size())
        return false;
    const bool hasKey = m_text[end] == '.' && end + 1 < m_text.size() && isPlainKeyCharacter(m_text[end + 1]);
    if (!hasKey && m_text[end] != '[')
        return false;
    add(TokenKind::Path, pathEnd(end));
    if (!atEnd() && m_text[m_at] == '"')
        add(TokenKind::Invalid, m_text.size());
    return true;
}

bool Lexer::readColon(std::size_t wordEnd)
{
    const std::size_t colon = nameEnd(m_at);
    if (colon == m_at || colon >= wordEnd || m_text[colon] != ':')
        return false;
    const std::string_view name = m_text.substr(m_at, colon - m_at);
    const std::string_view rest = m_text.substr(colon + 1);
    if (isOneOf(name, fieldNames()) && !isComparedField(name)) {
        add(TokenKind::Field, colon + 1);
        name == "has" ? readPresence() : readValue();
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
    const std::size_t next = skipBlanks(end);
    const std::size_t length = comparisonLength(next);
    if (length == 0 || (!isOneOf(name, fieldNames()) && name != "data"))
        return false;
    const bool isCompared = isComparedField(name) && m_text[next] != '~';
    add(isCompared ? TokenKind::Field : TokenKind::Word, end);
    if (!isCompared)
        return true;
    m_at = next;
    add(TokenKind::Comparison, next + length);
    m_at = skipBlanks(m_at);
    name == "time" ? readTime() : readQuantity(name);
    return true;
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

// At a quote that is not closed it ends too.
std::size_t Lexer::pathEnd(std::size_t at) const
{
    while (at < m_text.size() && m_text.find_first_of(" \t\r\n\f\v()\"", at) != at && comparisonLength(at) == 0) {
        const bool opensQuote = m_text.substr(at).starts_with("[\"");
        const std::size_t quoteEnd = opensQuote ? quotedEnd(at + 1) : npos;
        at = quoteEnd == npos ? at + 1 : quoteEnd;
    }
    return at;
}

std::size_t Lexer::comparisonLength(std::size_t at) const
{
    const std::string_view rest = m_text.substr(std::min(at, m_text.size()));
    for (const std::string_view comparison : {"==", "!=", "<=", ">=", "=", "<", ">", "~"}) {
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
