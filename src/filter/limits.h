// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace weir::filter {

inline constexpr std::size_t maxExpressionBytes = 10000;
inline constexpr std::size_t maxNesting = 200; ///< parentheses in each other

// How often a regular expression may try and go back over one text, whatever the machine: a limit for PCRE2.
inline constexpr std::size_t leastEffort = 20'000;
inline constexpr std::size_t effortPerByte = 20;
inline constexpr std::size_t mostEffort = 100'000'000;

// What is collected of the JSON that was seen.
inline constexpr std::size_t maxSeenPaths = 500;
inline constexpr std::size_t maxSeenDepth = 8;

} // namespace weir::filter
