// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/decimal.h"
#include "filter/jsonreader.h"
#include "filter/needle.h"
#include "filter/regularexpression.h"
#include "filter/verdict.h"
#include "filter/wildcard.h"

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weir::filter {

/// A text that others come before or after, code point by code point; case as for words.
struct OrderedText
{
    explicit OrderedText(std::string_view text);

    std::strong_ordering compare(std::string_view other) const; ///< of `other` with this

    bool ignoresCase;
    std::string text;
};

/// What is asked of a value in JSON data. A number equals only numbers, a text only strings; `<` and the like hold only
/// between two of the same sort, `!=` for every value there is that does not equal. Immutable; any thread.
struct JsonTest
{
    enum class Relation : std::uint8_t {
        Exists,
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Contains
    };
    /// Contains: a Needle or RegularExpression, in the text of the value (JsonPath::valueText()).
    using Operand =
        std::variant<std::monostate, DecimalValue, Wildcard, OrderedText, JsonType, Needle, RegularExpression>;

    JsonPath path;
    Relation relation = Relation::Exists;
    Operand operand;

    /// Of the JSON that `reader` has open.
    Verdict ask(JsonReader &reader) const;

    /// Texts of which every one occurs in the bytes of JSON that passes, if it has no `\u` in it: what can be looked
    /// for before anything is parsed.
    std::vector<Needle> literals() const;

private:
    bool equals(const JsonValue &value, std::string &buffer) const;
    bool isOrdered(const JsonValue &value, std::string &buffer) const;
    Verdict contains(const JsonValue &value, std::string &buffer) const;
};

} // namespace weir::filter
