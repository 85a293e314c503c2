// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace weir::filter {

inline constexpr std::size_t maxExpressionBytes = 10000;
inline constexpr std::size_t maxNesting = 200; ///< parentheses in each other

} // namespace weir::filter
