// SPDX-License-Identifier: GPL-3.0-or-later
// What a single term means.
#include "filter/operands.h"
#include "filter/parser.h"

#include <algorithm>
#include <utility>

namespace weir::filter {

namespace {

using Relation = JsonTest::Relation;

constexpr std::uint32_t eventKind = 1U << static_cast<unsigned>(store::Kind::Event);

Node term(Test test, std::size_t operand)
{
    Node node;
    node.test = test;
    node.operand = static_cast<std::uint32_t>(operand);
    return node;
}

Relation relationOf(std::string_view comparison)
{
    if (comparison == "~")
        return Relation::Contains;
    if (comparison == "!=")
        return Relation::NotEqual;
    if (comparison.starts_with('<'))
        return comparison.size() == 1 ? Relation::Less : Relation::LessOrEqual;
    if (comparison.starts_with('>'))
        return comparison.size() == 1 ? Relation::Greater : Relation::GreaterOrEqual;
    return Relation::Equal;
}

std::optional<JsonType> constantOf(std::string_view value)
{
    if (value == "true")
        return JsonType::True;
    if (value == "false")
        return JsonType::False;
    if (value == "null")
        return JsonType::Null;
    return std::nullopt;
}

/// Requires that there is one.
std::size_t closingSlash(std::string_view expression)
{
    std::size_t at = 1;
    while (expression[at] != '/')
        at += expression[at] == '\\' ? 2U : 1U;
    return at;
}

/// False after a flag that is none, of which `unknown` is the place.
bool readFlags(std::string_view letters, RegularExpression::Flags &flags, std::size_t &unknown)
{
    for (unknown = 0; unknown < letters.size(); ++unknown) {
        switch (letters[unknown]) {
        case 'i':
            flags.ignoresCase = true;
            break;
        case 's':
            flags.dotMatchesAll = true;
            break;
        case 'm':
            flags.isMultiline = true;
            break;
        case 'x':
            flags.isExtended = true;
            break;
        default:
            return false;
        }
    }
    return true;
}

} // namespace

std::optional<Node> Parser::parseField()
{
    const Token field = m_tokens[m_next++];
    const std::string_view name = textOf(field);
    if (isComparedField(name))
        return parseCompared(name);
    if (name == "has:" && isNext(TokenKind::Path) && m_tokens[m_next].begin == field.end)
        return parsePresentPath();
    if (isNextInvalidAt(field.end))
        return failAtInvalid(m_tokens[m_next]);
    if (!isNext(TokenKind::Value) || m_tokens[m_next].begin != field.end)
        return fail(ErrorKind::ExpectedValue, field.end, field.end < m_text.size() ? 1 : 0, name);
    const Token value = m_tokens[m_next++];
    if (isNextInvalidAt(value.end))
        return failAtInvalid(m_tokens[m_next]);
    if (name == "kind:")
        return parseKind(value);
    if (name == "has:")
        return parsePresence(value);
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

std::optional<Node> Parser::parsePresence(const Token &value)
{
    const auto names = presenceNames();
    const auto found = std::ranges::find(names, textOf(value));
    if (found == names.end())
        return fail(ErrorKind::UnknownPresence, value.begin, value.end - value.begin, textOf(value));
    return term(Test::Has, static_cast<std::size_t>(found - names.begin()));
}

std::optional<Node> Parser::parsePresentPath()
{
    JsonTest test;
    std::optional<JsonPath> path = takePath();
    if (!path)
        return std::nullopt;
    test.path = std::move(*path);
    return jsonTerm(std::move(test));
}

std::optional<Node> Parser::parseCompared(std::string_view name)
{
    const Token comparison = m_tokens[m_next++];
    if (!isNext(TokenKind::Number))
        return failAtNext(name == "time" ? ErrorKind::ExpectedTime : ErrorKind::ExpectedNumber, name);
    const Token number = m_tokens[m_next++];
    if (name == "time") {
        const auto time = TimeTest::compile(textOf(comparison), textOf(number), number.begin, m_context);
        if (!time) {
            m_error = time.error();
            return std::nullopt;
        }
        m_code.times.push_back(*time);
        return term(Test::Time, m_code.times.size() - 1);
    }
    const auto range = parseQuantity(name, textOf(comparison), textOf(number), number.begin);
    if (!range) {
        m_error = range.error();
        return std::nullopt;
    }
    m_code.ranges.push_back(*range);
    const Test test = name == "size" ? Test::Size : name == "gap" ? Test::Gap : Test::Attempt;
    return term(test, m_code.ranges.size() - 1);
}

std::optional<Node> Parser::parsePath()
{
    const Token token = m_tokens[m_next];
    JsonTest test;
    std::optional<JsonPath> path = takePath();
    if (!path)
        return std::nullopt;
    test.path = std::move(*path);
    if (!isNext(TokenKind::Comparison))
        return fail(ErrorKind::ExpectedComparison, token.begin, token.end - token.begin, textOf(token));
    const Token comparison = m_tokens[m_next++];
    if (test.path.steps().empty())
        return parseDataText(comparison);
    if (!takeComparand(comparison, test))
        return std::nullopt;
    return jsonTerm(std::move(test));
}

std::optional<Node> Parser::parseDataText(const Token &comparison)
{
    if (isNext(TokenKind::RegularExpression))
        return parseRegularExpression();
    JsonTest test;
    if (!takeComparand(comparison, test))
        return std::nullopt;
    const auto *needle = std::get_if<Needle>(&test.operand);
    return needle == nullptr ? Node{} : textTerm(needle->text(), Test::DataText);
}

std::optional<JsonPath> Parser::takePath()
{
    const Token token = m_tokens[m_next++];
    if (isNextInvalidAt(token.end)) {
        failAtInvalid(m_tokens[m_next]);
        return std::nullopt;
    }
    auto path = JsonPath::compile(textOf(token));
    if (path)
        return std::move(*path);
    m_error = path.error();
    m_error->position += token.begin;
    const bool isInside = m_error->length == 0 && m_error->position < m_text.size();
    m_error->length += isInside ? 1U : 0U;
    return std::nullopt;
}

bool Parser::takeComparand(const Token &comparison, JsonTest &test)
{
    test.relation = relationOf(textOf(comparison));
    if (isNext(TokenKind::RegularExpression)) {
        std::optional<RegularExpression> expression = takeRegularExpression();
        if (expression)
            test.operand = std::move(*expression);
        return expression.has_value();
    }
    if (isNext(TokenKind::Invalid)) {
        failAtInvalid(m_tokens[m_next]);
        return false;
    }
    if (!isNext(TokenKind::Value) && !isNext(TokenKind::Number)) {
        const std::size_t length = comparison.end - comparison.begin;
        fail(ErrorKind::ExpectedValue, comparison.begin, length, textOf(comparison));
        return false;
    }
    const Token value = m_tokens[m_next++];
    if (isNextInvalidAt(value.end)) {
        failAtInvalid(m_tokens[m_next]);
        return false;
    }
    const std::string_view typed = textOf(value);
    if (test.relation == Relation::Contains) {
        const std::string text = plainText(typed);
        test.relation = text.empty() ? Relation::Exists : Relation::Contains;
        if (!text.empty())
            test.operand = Needle(text);
    } else if (const auto number = Decimal::parse(typed)) {
        test.operand = DecimalValue(*number);
    } else if (test.relation != Relation::Equal && test.relation != Relation::NotEqual) {
        return takeOrdered(comparison, value, test);
    } else if (const auto constant = constantOf(typed)) {
        test.operand = *constant;
    } else {
        test.operand = parseValue(typed);
    }
    return true;
}

bool Parser::takeOrdered(const Token &comparison, const Token &value, JsonTest &test)
{
    const std::string_view typed = textOf(value);
    if (constantOf(typed) || hasWildcard(typed)) {
        fail(ErrorKind::UnorderedValue, value.begin, value.end - value.begin, typed);
        m_error->field = textOf(comparison);
        return false;
    }
    test.operand = OrderedText(plainText(typed));
    return true;
}

std::optional<Node> Parser::parseRegularExpression()
{
    std::optional<RegularExpression> expression = takeRegularExpression();
    if (!expression)
        return std::nullopt;
    m_code.patterns.push_back(std::move(*expression));
    return term(Test::Pattern, m_code.patterns.size() - 1);
}

std::optional<RegularExpression> Parser::takeRegularExpression()
{
    const Token token = m_tokens[m_next++];
    const std::string_view typed = textOf(token);
    const std::size_t slash = closingSlash(typed);
    RegularExpression::Flags flags;
    std::size_t unknown = 0;
    if (const std::string_view letters = typed.substr(slash + 1); !readFlags(letters, flags, unknown)) {
        const std::string_view rest = letters.substr(unknown);
        fail(ErrorKind::UnknownFlag, token.begin + slash + 1 + unknown, rest.size(), rest);
        return std::nullopt;
    }
    auto expression = RegularExpression::compile(typed.substr(1, slash - 1), flags);
    if (expression)
        return std::move(*expression);
    fail(ErrorKind::BadRegularExpression, token.begin + 1 + expression.error().offset, 1, expression.error().message);
    return std::nullopt;
}

Node Parser::textTerm(std::string_view text, Test test)
{
    if (text.empty())
        return {};
    m_code.needles.emplace_back(text);
    return term(test, m_code.needles.size() - 1);
}

// The cheap questions that a value answers before its JSON is parsed stand beside the real one.
Node Parser::jsonTerm(JsonTest test)
{
    Node all;
    all.shape = Node::Shape::All;
    all.children.push_back(term(Test::Kind, eventKind));
    for (const Needle &literal : test.literals())
        all.children.push_back(term(Test::Literal, addLiteral(literal)));
    m_code.jsonTests.push_back(std::move(test));
    all.children.push_back(term(Test::Json, m_code.jsonTests.size() - 1));
    return all;
}

std::size_t Parser::addLiteral(const Needle &literal)
{
    if (!m_code.escapes) {
        m_code.escapes = static_cast<std::uint32_t>(m_code.needles.size());
        m_code.needles.emplace_back("\\u", Needle::Case::Exact);
    }
    m_code.needles.push_back(literal);
    return m_code.needles.size() - 1;
}

} // namespace weir::filter
