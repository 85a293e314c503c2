// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/parser.h"

#include "filter/limits.h"
#include "filter/operands.h"

#include <utility>

namespace weir::filter {

namespace {

Node group(Node::Shape shape, std::vector<Node> children)
{
    if (children.size() == 1)
        return std::move(children.front());
    Node node;
    node.shape = shape;
    node.children = std::move(children);
    return node;
}

} // namespace

tl::expected<Code, Error> Parser::run()
{
    if (m_text.size() > maxExpressionBytes)
        return tl::make_unexpected(
            Error{ErrorKind::TooComplex, maxExpressionBytes, m_text.size() - maxExpressionBytes, {}, {}});
    m_tokens = tokens(m_text);
    if (m_tokens.empty())
        return std::move(m_code);
    std::optional<Node> root = parseAny();
    if (root && !atEnd())
        root = failAtNext(ErrorKind::UnexpectedParenthesis);
    if (!root)
        return tl::make_unexpected(*m_error);
    m_code.assemble(std::move(*root));
    return std::move(m_code);
}

std::optional<Node> Parser::parseAny()
{
    std::vector<Node> children;
    do {
        std::optional<Node> child = parseAll();
        if (!child)
            return std::nullopt;
        children.push_back(std::move(*child));
    } while (isNext("or", "OR") && ++m_next != 0);
    return group(Node::Shape::Any, std::move(children));
}

std::optional<Node> Parser::parseAll()
{
    std::vector<Node> children;
    do {
        if (!children.empty() && isNext("and", "AND"))
            ++m_next;
        std::optional<Node> child = parseOne();
        if (!child)
            return std::nullopt;
        children.push_back(std::move(*child));
    } while (!atEnd() && !isNext("or", "OR") && !isNextParenthesis(')'));
    return group(Node::Shape::All, std::move(children));
}

std::optional<Node> Parser::parseOne()
{
    bool isNegated = false;
    for (; isNext("not", "NOT") || isNext("-", "-"); isNegated = !isNegated) {
        const Token &negation = m_tokens[m_next++];
        const bool isDetached = atEnd() || m_tokens[m_next].begin != negation.end;
        if (m_text[negation.begin] == '-' && isDetached)
            return fail(ErrorKind::ExpectedTerm, negation.begin, 1, "-");
    }
    std::optional<Node> node = isNextParenthesis('(') ? parseGroup() : parseTerm();
    if (node && isNegated)
        node->isNegated = !node->isNegated;
    return node;
}

std::optional<Node> Parser::parseGroup()
{
    const Token open = m_tokens[m_next++];
    if (++m_depth > maxNesting)
        return fail(ErrorKind::TooComplex, open.begin, 1, {});
    std::optional<Node> node = parseAny();
    if (!node)
        return std::nullopt;
    if (atEnd())
        return fail(ErrorKind::UnclosedParenthesis, open.begin, 1, {});
    ++m_next;
    --m_depth;
    return node;
}

std::optional<Node> Parser::parseTerm()
{
    if (atEnd())
        return failAtNext(ErrorKind::ExpectedTerm);
    const Token token = m_tokens[m_next];
    switch (token.kind) {
    case TokenKind::Word:
        ++m_next;
        return textTerm(wellFormed(textOf(token)), Test::Text);
    case TokenKind::Phrase:
        ++m_next;
        return textTerm(unquoted(textOf(token)), Test::Text);
    case TokenKind::Field:
        return parseField();
    case TokenKind::Path:
        return parsePath();
    case TokenKind::RegularExpression:
        return parseRegularExpression();
    case TokenKind::Invalid:
        return failAtInvalid(token);
    case TokenKind::Parenthesis:
        return failAtNext(m_depth == 0 ? ErrorKind::UnexpectedParenthesis : ErrorKind::ExpectedTerm);
    default:
        return failAtNext(ErrorKind::ExpectedTerm);
    }
}

bool Parser::isNext(std::string_view lower, std::string_view upper) const
{
    return isNext(TokenKind::Operator) && (textOf(m_tokens[m_next]) == lower || textOf(m_tokens[m_next]) == upper);
}

bool Parser::isNextParenthesis(char which) const
{
    return isNext(TokenKind::Parenthesis) && m_text[m_tokens[m_next].begin] == which;
}

std::optional<Node> Parser::fail(ErrorKind kind, std::size_t position, std::size_t length, std::string_view subject)
{
    m_error = Error{kind, position, length, std::string(subject), {}};
    return std::nullopt;
}

std::optional<Node> Parser::failAtNext(ErrorKind kind, std::string_view field)
{
    if (atEnd()) {
        fail(kind, m_text.size(), 0, {});
    } else {
        const Token &token = m_tokens[m_next];
        fail(kind, token.begin, token.end - token.begin, textOf(token));
    }
    m_error->field = field;
    return std::nullopt;
}

std::optional<Node> Parser::failAtInvalid(const Token &token)
{
    const std::size_t length = token.end - token.begin;
    if (m_text[token.begin] == '"')
        return fail(ErrorKind::UnclosedQuote, token.begin, length, {});
    if (m_text[token.begin] == '/')
        return fail(ErrorKind::UnclosedRegularExpression, token.begin, length, {});
    return fail(ErrorKind::UnknownField, token.begin, length, textOf(token));
}

} // namespace weir::filter
