// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/code.h"
#include "filter/context.h"
#include "filter/error.h"
#include "filter/syntax.h"

#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace weir::filter {

/// Recursive descent over the tokens, with a bound to how deep:
///
///     any  = all { "or" all }
///     all  = one { [ "and" ] one }
///     one  = { "not" | "-" } ( "(" any ")" | term )
class Parser
{
public:
    /// Keeps references.
    Parser(std::string_view expression, const Context &context)
        : m_text(expression)
        , m_context(context)
    {}

    tl::expected<Code, Error> run();

private:
    // Each returns nothing after an error, which then stands in m_error.
    std::optional<Node> parseAny();
    std::optional<Node> parseAll();
    std::optional<Node> parseOne();
    std::optional<Node> parseGroup();
    std::optional<Node> parseTerm();
    std::optional<Node> parseField();
    std::optional<Node> parseCompared(std::string_view name);
    std::optional<Node> parseKind(const Token &value);
    std::optional<Node> parsePresence(const Token &value);
    std::optional<Node> parsePath();
    std::optional<Node> parsePresentPath();
    std::optional<Node> parseDataText(const Token &comparison);
    std::optional<Node> parseRegularExpression();
    std::optional<JsonPath> takePath();
    std::optional<RegularExpression> takeRegularExpression();
    bool takeComparand(const Token &comparison, JsonTest &test);
    bool takeOrdered(const Token &comparison, const Token &value, JsonTest &test);
    Node textTerm(std::string_view text, Test test);
    Node jsonTerm(JsonTest test);
    std::size_t addLiteral(const Needle &literal);

    bool atEnd() const { return m_next == m_tokens.size(); }
    std::string_view textOf(const Token &token) const { return m_text.substr(token.begin, token.end - token.begin); }
    bool isNext(TokenKind kind) const { return !atEnd() && m_tokens[m_next].kind == kind; }
    bool isNext(std::string_view lower, std::string_view upper) const;
    bool isNextParenthesis(char which) const;
    std::optional<Node> fail(ErrorKind kind, std::size_t position, std::size_t length, std::string_view subject);
    std::optional<Node> failAtNext(ErrorKind kind, std::string_view field = {});
    std::optional<Node> failAtInvalid(const Token &token);
    bool isNextInvalidAt(std::size_t position) const
    {
        return isNext(TokenKind::Invalid) && m_tokens[m_next].begin == position;
    }

    std::string_view m_text;
    const Context &m_context;
    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    std::size_t m_depth = 0;
    Code m_code;
    std::optional<Error> m_error;
};

} // namespace weir::filter
