// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/completion.h"

#include "filter/syntax.h"

#include <algorithm>
#include <utility>

namespace weir::filter {

namespace {

using Offers = std::vector<Completion>;

class Completer
{
public:
    Completer(std::string_view expression, std::size_t position)
        : m_text(expression)
        , m_tokens(tokens(expression))
        , m_position(position)
    {}

    CompletionPlace run();

private:
    CompletionPlace inside(const Token &token) const;
    CompletionPlace behindBlank() const;
    CompletionPlace insideNumber(const Token &token) const;
    CompletionPlace valueOf(std::size_t owner, std::size_t begin, std::size_t end) const;
    CompletionPlace operandOf(std::size_t comparison, std::size_t begin, std::size_t end) const;
    CompletionPlace fieldValue(std::string_view name, std::size_t begin, std::size_t end) const;
    CompletionPlace newTerm(std::size_t begin, std::size_t end) const;

    CompletionPlace nothing() const { return {{}, m_position, m_position, {}}; }
    std::string_view textOf(std::size_t index) const
    {
        return m_text.substr(m_tokens[index].begin, m_tokens[index].end - m_tokens[index].begin);
    }
    bool isBefore(TokenKind kind) const { return m_before > 0 && m_tokens[m_before - 1].kind == kind; }

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::size_t m_position;
    std::size_t m_before = 0; ///< how many tokens lie before the one that the cursor is in, or before the cursor
};

CompletionPlace Completer::run()
{
    const auto isBefore = [this](const Token &token) { return token.end < m_position; };
    const auto found = std::ranges::find_if_not(m_tokens, isBefore);
    m_before = static_cast<std::size_t>(found - m_tokens.begin());
    if (found == m_tokens.end() || found->begin >= m_position)
        return behindBlank();
    const bool isSign = found->kind == TokenKind::Parenthesis || textOf(m_before) == "-";
    if (!isSign)
        return inside(*found);
    ++m_before;
    return behindBlank();
}

CompletionPlace Completer::inside(const Token &token) const
{
    const bool isAtEnd = token.end == m_position;
    switch (token.kind) {
    case TokenKind::Word:
    case TokenKind::Operator:
        return newTerm(token.begin, token.end);
    case TokenKind::Path:
        return {{Completion::Path}, token.begin, token.end, {}};
    case TokenKind::Comparison:
        if (isAtEnd && m_position < m_text.size())
            return operandOf(m_before, m_position, m_position);
        return {{Completion::Comparison}, token.begin, token.end, {}};
    case TokenKind::Field:
        if (isAtEnd && m_text[token.end - 1] == ':')
            return valueOf(m_before, m_position, m_position);
        return {{Completion::Field}, token.begin, token.end, {}};
    case TokenKind::Number:
        return insideNumber(token);
    case TokenKind::Value:
        return m_before == 0 ? nothing() : valueOf(m_before - 1, token.begin, token.end);
    case TokenKind::Invalid:
        if (m_text[token.begin] == '"' && m_before > 0 &&
            (isBefore(TokenKind::Field) || isBefore(TokenKind::Comparison)))
            return valueOf(m_before - 1, token.begin, token.end);
        return m_text[token.begin] == '"' || m_text[token.begin] == '/' ? nothing() : newTerm(token.begin, token.end);
    case TokenKind::Parenthesis:
    case TokenKind::Phrase:
    case TokenKind::RegularExpression:
        break;
    }
    return nothing();
}

CompletionPlace Completer::behindBlank() const
{
    if (m_before == 0)
        return newTerm(m_position, m_position);
    const std::size_t last = m_before - 1;
    if (isBefore(TokenKind::Comparison))
        return operandOf(last, m_position, m_position);
    if (isBefore(TokenKind::Path) && (last == 0 || textOf(last - 1) != "has:"))
        return {{Completion::Comparison}, m_position, m_position, std::string(textOf(last))};
    if (isBefore(TokenKind::Word) && isComparedField(textOf(last)))
        return {{Completion::Comparison}, m_position, m_position, std::string(textOf(last))};
    return newTerm(m_position, m_position);
}

CompletionPlace Completer::insideNumber(const Token &token) const
{
    if (m_before < 2)
        return nothing();
    const std::string_view field = textOf(m_before - 2);
    if (m_tokens[m_before - 2].kind == TokenKind::Path || field == "time")
        return operandOf(m_before - 1, token.begin, token.end);
    const std::size_t digits = m_text.find_first_not_of("0123456789. ", token.begin);
    const std::size_t unit = std::min({digits, token.end, std::max(m_position, token.begin)});
    if (unitsOf(field).empty())
        return nothing();
    return {{Completion::Unit}, unit, token.end, std::string(field)};
}

CompletionPlace Completer::valueOf(std::size_t owner, std::size_t begin, std::size_t end) const
{
    if (m_tokens[owner].kind == TokenKind::Comparison)
        return operandOf(owner, begin, end);
    if (m_tokens[owner].kind == TokenKind::Field)
        return fieldValue(textOf(owner), begin, end);
    return nothing();
}

CompletionPlace Completer::operandOf(std::size_t comparison, std::size_t begin, std::size_t end) const
{
    if (comparison == 0)
        return nothing();
    const std::string subject(textOf(comparison - 1));
    if (m_tokens[comparison - 1].kind == TokenKind::Path)
        return {{Completion::PathValue}, begin, end, subject};
    if (subject == "time")
        return {{Completion::Time}, begin, end, subject};
    return nothing();
}

CompletionPlace Completer::fieldValue(std::string_view name, std::size_t begin, std::size_t end) const
{
    if (name == "kind:")
        return {{Completion::Kind}, begin, end, {}};
    if (name == "has:")
        return {{Completion::Presence, Completion::Path}, begin, end, {}};
    return {{Completion::FieldValue}, begin, end, std::string(name.substr(0, name.size() - 1))};
}

CompletionPlace Completer::newTerm(std::size_t begin, std::size_t end) const
{
    const bool isAfterTerm = m_before > 0 && !isBefore(TokenKind::Operator) && textOf(m_before - 1) != "(";
    CompletionPlace place{{Completion::Field, Completion::Path}, begin, end, {}};
    if (isAfterTerm || begin < m_position)
        place.offers.push_back(Completion::Operator);
    return place;
}

} // namespace

CompletionPlace completionsAt(std::string_view expression, std::size_t position)
{
    return Completer(expression, std::min(position, expression.size())).run();
}

} // namespace weir::filter
