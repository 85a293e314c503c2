// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/operands.h"

#include "filter/casefolding.h"
#include "filter/syntax.h"
#include "sse/utf8.h"

#include <algorithm>
#include <optional>

namespace weir::filter {

namespace {

constexpr std::string_view digits = "0123456789";

struct Unit
{
    std::string_view name;
    std::uint64_t bytes;
};

constexpr Unit units[] = {
    {"b", 1}, {"kb", 1000}, {"kib", 1024}, {"mb", 1000000}, {"mib", 1048576}, {"gb", 1000000000}, {"gib", 1073741824}};

const Unit *findUnit(std::string_view text)
{
    const auto isNamed = [text](const Unit &unit) {
        return text.size() == unit.name.size() && startsWithFolded(text.data(), unit.name);
    };
    const auto *const found = std::find_if(std::begin(units), std::end(units), isNamed);
    return found == std::end(units) ? nullptr : found;
}

/// A number of bytes rounded down.
struct Bytes
{
    std::uint64_t value = 0;
    bool isExact = true;
};

// Decimal digits are taken one by one, so that no binary fraction stands between what was typed and what is meant.
std::optional<Bytes> multiply(std::string_view whole, std::string_view fraction, std::uint64_t unit)
{
    constexpr std::uint64_t limit = std::uint64_t{1} << 62;
    std::uint64_t value = 0;
    for (const char digit : whole) {
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
        if (value > limit / unit)
            return std::nullopt;
    }
    std::uint64_t carry = 0;
    bool isExact = true;
    for (auto digit = fraction.rbegin(); digit != fraction.rend(); ++digit) {
        const std::uint64_t tenfold = static_cast<std::uint64_t>(*digit - '0') * unit + carry;
        isExact = isExact && tenfold % 10 == 0;
        carry = tenfold / 10;
    }
    return Bytes{value * unit + carry, isExact};
}

SizeRange rangeOf(std::string_view comparison, Bytes bytes)
{
    const std::uint64_t value = bytes.value;
    if (comparison == "<" && bytes.isExact)
        return value == 0 ? SizeRange{1, 0} : SizeRange{0, value - 1};
    if (comparison == "<" || comparison == "<=")
        return {0, value};
    if (comparison == ">=" && bytes.isExact)
        return {value, UINT64_MAX};
    if (comparison == ">" || comparison == ">=")
        return {value + 1, UINT64_MAX};
    const bool outside = comparison == "!=";
    return bytes.isExact ? SizeRange{value, value, outside} : SizeRange{1, 0, outside};
}

std::string wellFormed(std::string_view text)
{
    std::string result;
    sse::appendDecodedUtf8(text, result);
    return result;
}

} // namespace

std::string unquoted(std::string_view phrase)
{
    phrase = phrase.substr(1, phrase.size() - 2);
    std::string result;
    for (std::size_t at = 0; at < phrase.size(); ++at) {
        const char next = at + 1 < phrase.size() ? phrase[at + 1] : '\0';
        if (phrase[at] == '\\' && (next == '"' || next == '\\'))
            ++at;
        result += phrase[at];
    }
    return wellFormed(result);
}

Wildcard parseValue(std::string_view value)
{
    Wildcard result;
    while (!value.empty()) {
        std::size_t length = 1;
        if (value.front() == '*') {
            result.addAnyRun();
        } else if (value.front() == '?') {
            result.addAnyOne();
        } else if (value.front() == '"') {
            while (value[length] != '"')
                length += value[length] == '\\' ? 2U : 1U;
            result.addText(unquoted(value.substr(0, ++length)));
        } else {
            length = std::min(value.find_first_of("*?\""), value.size());
            result.addText(wellFormed(value.substr(0, length)));
        }
        value.remove_prefix(length);
    }
    result.finish();
    return result;
}

std::uint32_t parseKinds(std::string_view value)
{
    const Wildcard wanted = parseValue(folded(wellFormed(value)));
    std::uint32_t kinds = 0;
    for (std::size_t i = 0; i < kindNames().size(); ++i) {
        if (wanted.matches(kindNames()[i]))
            kinds |= 1U << i;
    }
    return kinds;
}

bool isSizeUnit(std::string_view text)
{
    return findUnit(text) != nullptr;
}

tl::expected<SizeRange, Error> parseSize(std::string_view comparison, std::string_view number, std::size_t position)
{
    const std::size_t wholeEnd = std::min(number.find_first_not_of(digits), number.size());
    std::size_t end = wholeEnd;
    std::string_view fraction;
    if (number.substr(wholeEnd).starts_with('.')) {
        end = std::min(number.find_first_not_of(digits, wholeEnd + 1), number.size());
        fraction = number.substr(wholeEnd + 1, end - wholeEnd - 1);
        if (fraction.empty())
            end = wholeEnd;
    }
    const std::size_t unitBegin = std::min(number.find_first_not_of(" \t\r\n\f\v", end), number.size());
    const std::string_view unitText = number.substr(unitBegin);
    const Unit *const unit = unitText.empty() ? &units[0] : findUnit(unitText);
    if (unit == nullptr) {
        const Error error{ErrorKind::UnknownUnit, position + unitBegin, unitText.size(), std::string(unitText)};
        return tl::make_unexpected(error);
    }
    const std::optional<Bytes> bytes = multiply(number.substr(0, wholeEnd), fraction, unit->bytes);
    if (!bytes) {
        const Error error{ErrorKind::NumberTooLarge, position, number.size(), std::string(number)};
        return tl::make_unexpected(error);
    }
    return rangeOf(comparison, *bytes);
}

} // namespace weir::filter
