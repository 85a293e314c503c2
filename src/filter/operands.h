// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/error.h"
#include "filter/wildcard.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

// What the values of an expression say: from the text of a token to something to compare with.

namespace weir::filter {

/// Sizes in bytes, low <= size <= high or, if `outside`, all others.
struct SizeRange
{
    std::uint64_t low = 0;
    std::uint64_t high = UINT64_MAX;
    bool outside = false;

    bool contains(std::uint64_t size) const { return (low <= size && size <= high) != outside; }
};

/// What a phrase in its quotes says: `\"` and `\\` are a quote and a backslash, any other backslash is itself.
std::string unquoted(std::string_view phrase);

/// A value: pieces in quotes stand for themselves, outside of them `*` and `?` are wildcards.
Wildcard parseValue(std::string_view value);

/// One bit for each store::Kind of which the value is the name; 0 if of none. Ignores case.
std::uint32_t parseKinds(std::string_view value);

/// True for a unit of bytes, whatever its case.
bool isSizeUnit(std::string_view text);

/// `comparison` is one of = == != < <= > >=; `number` begins with a digit and stands at `position` of the expression.
tl::expected<SizeRange, Error> parseSize(std::string_view comparison, std::string_view number, std::size_t position);

} // namespace weir::filter
