// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/error.h"

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

// What `size`, `gap` and `attempt` are compared with.

namespace weir::filter {

/// Whole numbers, low <= value <= high or, if `outside`, all others.
struct Range
{
    std::uint64_t low = 0;
    std::uint64_t high = UINT64_MAX;
    bool outside = false;

    bool contains(std::uint64_t value) const { return (low <= value && value <= high) != outside; }
};

/// True for a unit of the field (`size` or `gap`), whatever its case.
bool isUnit(std::string_view field, std::string_view text);

/// In bytes, nanoseconds or attempts. `comparison` is one of = == != < <= > >=; `number` begins with a digit and stands
/// at `position` of the expression.
tl::expected<Range, Error> parseQuantity(
    std::string_view field, std::string_view comparison, std::string_view number, std::size_t position);

} // namespace weir::filter
