// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/jsontest.h"

#include "filter/casefolding.h"

#include <algorithm>

namespace weir::filter {

namespace {

/// JSON has more than one way to write some characters, beside `\u`.
bool hasOneSpelling(std::string_view text)
{
    const auto isPlain = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != '/';
    };
    return std::ranges::all_of(text, isPlain);
}

bool holds(JsonTest::Relation relation, std::strong_ordering order)
{
    switch (relation) {
    case JsonTest::Relation::Less:
        return order < 0;
    case JsonTest::Relation::LessOrEqual:
        return order <= 0;
    case JsonTest::Relation::Greater:
        return order > 0;
    default:
        return order >= 0;
    }
}

std::string inQuotes(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

} // namespace

OrderedText::OrderedText(std::string_view wanted)
    : ignoresCase(!hasCapital(wanted))
    , text(ignoresCase ? folded(wanted) : std::string(wanted))
{}

std::strong_ordering OrderedText::compare(std::string_view other) const
{
    return (ignoresCase ? folded(other) : std::string(other)) <=> text;
}

Verdict JsonTest::ask(JsonReader &reader) const
{
    using Extent = JsonReader::Extent;
    const auto value = reader.find(path, relation == Relation::Contains ? Extent::Whole : Extent::Scalar);
    if (!value)
        return Verdict::No;
    std::string buffer;
    switch (relation) {
    case Relation::Exists:
        return Verdict::Yes;
    case Relation::Equal:
        return verdict(equals(*value, buffer));
    case Relation::NotEqual:
        return verdict(!equals(*value, buffer));
    case Relation::Contains:
        return contains(*value, buffer);
    default:
        return verdict(isOrdered(*value, buffer));
    }
}

bool JsonTest::equals(const JsonValue &value, std::string &buffer) const
{
    if (const auto *number = std::get_if<DecimalValue>(&operand)) {
        const auto sent = value.type == JsonType::Number ? Decimal::parse(value.text) : std::nullopt;
        return sent && *sent == number->view();
    }
    if (const auto *wanted = std::get_if<Wildcard>(&operand))
        return value.type == JsonType::String && wanted->matches(value.decoded(buffer));
    return value.type == std::get<JsonType>(operand);
}

bool JsonTest::isOrdered(const JsonValue &value, std::string &buffer) const
{
    if (const auto *number = std::get_if<DecimalValue>(&operand)) {
        const auto sent = value.type == JsonType::Number ? Decimal::parse(value.text) : std::nullopt;
        return sent && holds(relation, *sent <=> number->view());
    }
    if (value.type != JsonType::String)
        return false;
    return holds(relation, std::get<OrderedText>(operand).compare(value.decoded(buffer)));
}

Verdict JsonTest::contains(const JsonValue &value, std::string &buffer) const
{
    const std::string_view text = value.decoded(buffer);
    if (const auto *expression = std::get_if<RegularExpression>(&operand))
        return expression->isIn(text);
    return verdict(std::get<Needle>(operand).isIn(text));
}

std::vector<Needle> JsonTest::literals() const
{
    std::vector<Needle> result;
    const auto lastKey = std::find_if(path.steps().rbegin(), path.steps().rend(),
        [](const JsonPath::Step &step) { return !step.isIndex && hasOneSpelling(step.key); });
    if (lastKey != path.steps().rend())
        result.emplace_back(inQuotes(lastKey->key), Needle::Case::Exact);
    const auto *wanted = std::get_if<Wildcard>(&operand);
    if (relation == Relation::Equal && wanted != nullptr && wanted->literal() != nullptr &&
        hasOneSpelling(*wanted->literal()))
        result.emplace_back(inQuotes(*wanted->literal()));
    const auto *needle = std::get_if<Needle>(&operand);
    if (needle != nullptr && hasOneSpelling(needle->text()))
        result.push_back(*needle);
    return result;
}

} // namespace weir::filter
