// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/quantity.h"

#include "filter/casefolding.h"

#include <algorithm>
#include <optional>
#include <span>

namespace weir::filter {

namespace {

constexpr std::string_view digits = "0123456789";

struct Unit
{
    std::string_view name;
    std::uint64_t size;
};

constexpr Unit byteUnits[] = {
    {"b", 1}, {"kb", 1000}, {"kib", 1024}, {"mb", 1000000}, {"mib", 1048576}, {"gb", 1000000000}, {"gib", 1073741824}};
constexpr Unit timeUnits[] = {{"ns", 1}, {"us", 1000}, {"\u00B5s", 1000}, {"\u03BCs", 1000}, {"ms", 1000000},
    {"s", 1000000000}, {"min", 60000000000}, {"h", 3600000000000}};

std::span<const Unit> unitsOf(std::string_view field)
{
    if (field == "size")
        return byteUnits;
    if (field == "gap")
        return timeUnits;
    return {};
}

std::optional<std::uint64_t> findUnit(std::string_view field, std::string_view text)
{
    for (const Unit &unit : unitsOf(field)) {
        if (text.size() == unit.name.size() && startsWithFolded(text.data(), unit.name))
            return unit.size;
    }
    return std::nullopt;
}

/// A number in the smallest unit, rounded down.
struct Amount
{
    std::uint64_t value = 0;
    bool isExact = true;
};

// Decimal digits are taken one by one, so that no binary fraction stands between what was typed and what is meant.
std::optional<Amount> multiply(std::string_view whole, std::string_view fraction, std::uint64_t unit)
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
    return Amount{value * unit + carry, isExact};
}

Range rangeOf(std::string_view comparison, Amount amount)
{
    const std::uint64_t value = amount.value;
    if (comparison == "<" && amount.isExact)
        return value == 0 ? Range{1, 0} : Range{0, value - 1};
    if (comparison == "<" || comparison == "<=")
        return {0, value};
    if (comparison == ">=" && amount.isExact)
        return {value, UINT64_MAX};
    if (comparison == ">" || comparison == ">=")
        return {value + 1, UINT64_MAX};
    const bool outside = comparison == "!=";
    return amount.isExact ? Range{value, value, outside} : Range{1, 0, outside};
}

/// The parts of a number as it was typed.
struct Parts
{
    std::string_view whole;
    std::string_view fraction;
    std::size_t unitBegin = 0;
    std::string_view unit;
};

Parts partsOf(std::string_view number)
{
    Parts parts;
    const std::size_t wholeEnd = std::min(number.find_first_not_of(digits), number.size());
    parts.whole = number.substr(0, wholeEnd);
    std::size_t end = wholeEnd;
    if (number.substr(wholeEnd).starts_with('.')) {
        end = std::min(number.find_first_not_of(digits, wholeEnd + 1), number.size());
        parts.fraction = number.substr(wholeEnd + 1, end - wholeEnd - 1);
        if (parts.fraction.empty())
            end = wholeEnd;
    }
    parts.unitBegin = std::min(number.find_first_not_of(" \t\r\n\f\v", end), number.size());
    parts.unit = number.substr(parts.unitBegin);
    return parts;
}

} // namespace

bool isUnit(std::string_view field, std::string_view text)
{
    return findUnit(field, text).has_value();
}

tl::expected<Range, Error> parseQuantity(
    std::string_view field, std::string_view comparison, std::string_view number, std::size_t position)
{
    const Parts parts = partsOf(number);
    const auto unit = parts.unit.empty() ? std::optional<std::uint64_t>(1) : findUnit(field, parts.unit);
    if (!unit)
        return tl::make_unexpected(Error{ErrorKind::UnknownUnit, position + parts.unitBegin, parts.unit.size(),
            std::string(parts.unit), std::string(field)});
    const std::optional<Amount> amount = multiply(parts.whole, parts.fraction, *unit);
    if (!amount)
        return tl::make_unexpected(
            Error{ErrorKind::NumberTooLarge, position, number.size(), std::string(number), std::string(field)});
    const bool isZero = amount->value == 0 && amount->isExact;
    if (field == "gap" && parts.unit.empty() && !isZero)
        return tl::make_unexpected(
            Error{ErrorKind::ExpectedUnit, position, number.size(), std::string(number), std::string(field)});
    return rangeOf(comparison, *amount);
}

} // namespace weir::filter
