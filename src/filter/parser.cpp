// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/parser.h"

#include "filter/limits.h"
#include "sse/utf8.h"

#include <utility>

namespace weir::filter {

namespace {

Node term(Test test, std::size_t operand)
{
    Node node;
    node.test = test;
    node.operand = static_cast<std::uint32_t>(operand);
    return node;
}

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
            Error{ErrorKind::TooComplex, maxExpressionBytes, m_text.size() - maxExpressionBytes, {}});
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
        return textTerm(textOf(token));
    case TokenKind::Phrase:
        ++m_next;
        return textTerm(unquoted(textOf(token)));
    case TokenKind::Field:
        return parseField();
    case TokenKind::NotYet:
        return failAtNext(ErrorKind::NotYet);
    case TokenKind::Invalid:
        return failAtInvalid(token);
    case TokenKind::Parenthesis:
        return failAtNext(m_depth == 0 ? ErrorKind::UnexpectedParenthesis : ErrorKind::ExpectedTerm);
    default:
        return failAtNext(ErrorKind::ExpectedTerm);
    }
}

std::optional<Node> Parser::parseField()
{
    const Token field = m_tokens[m_next++];
    const std::string_view name = textOf(field);
    if (name == "size")
        return parseSize();
    if (isNext(TokenKind::Invalid) && m_tokens[m_next].begin == field.end)
        return failAtInvalid(m_tokens[m_next]);
    if (!isNext(TokenKind::Value))
        return fail(ErrorKind::ExpectedValue, field.end, field.end < m_text.size() ? 1 : 0, name);
    const Token value = m_tokens[m_next++];
    if (isNext(TokenKind::Invalid) && m_tokens[m_next].begin == value.end)
        return failAtInvalid(m_tokens[m_next]);
    if (name == "kind:")
        return parseKind(value);
    m_code.values.push_back(parseValue(textOf(value)));
    if (m_code.values.back().matchesEverything())
        return Node{};
    const Test test = name == "type:" ? Test::Type : name == "id:" ? Test::Id : Test::Source;
    return term(test, m_code.values.size() - 1);
}

std::optional<Node> Parser::parseKind(const Token &value)
{
    const std::uint32_t kinds = parseKinds(textOf(value));
    if (kinds == 0)
        return fail(ErrorKind::UnknownKind, value.begin, value.end - value.begin, textOf(value));
    return term(Test::Kind, kinds);
}

std::optional<Node> Parser::parseSize()
{
    const Token comparison = m_tokens[m_next++];
    if (!isNext(TokenKind::Number))
        return failAtNext(ErrorKind::ExpectedNumber);
    const Token number = m_tokens[m_next++];
    const auto range = filter::parseSize(textOf(comparison), textOf(number), number.begin);
    if (!range) {
        m_error = range.error();
        return std::nullopt;
    }
    m_code.sizes.push_back(*range);
    return term(Test::Size, m_code.sizes.size() - 1);
}

Node Parser::textTerm(std::string_view text)
{
    std::string wellFormed;
    sse::appendDecodedUtf8(text, wellFormed);
    if (wellFormed.empty())
        return {};
    m_code.needles.emplace_back(wellFormed);
    return term(Test::Text, m_code.needles.size() - 1);
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
    m_error = Error{kind, position, length, std::string(subject)};
    return std::nullopt;
}

std::optional<Node> Parser::failAtNext(ErrorKind kind)
{
    if (atEnd())
        return fail(kind, m_text.size(), 0, {});
    const Token &token = m_tokens[m_next];
    const std::string_view subject = textOf(token);
    return fail(kind, token.begin, subject.size(), subject.starts_with('/') ? "/…/" : subject);
}

std::optional<Node> Parser::failAtInvalid(const Token &token)
{
    const bool isQuote = m_text[token.begin] == '"';
    return fail(isQuote ? ErrorKind::UnclosedQuote : ErrorKind::UnknownField, token.begin, token.end - token.begin,
        isQuote ? std::string_view{} : textOf(token));
}

} // namespace weir::filter
