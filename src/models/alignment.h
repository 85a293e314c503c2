// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace weir::models {

/// A stretch that two sequences have in common.
struct CommonRun
{
    std::uint32_t before = 0; ///< where it begins in each
    std::uint32_t after = 0;
    std::uint32_t length = 0;

    friend bool operator==(const CommonRun &, const CommonRun &) = default;
};

struct Alignment
{
    std::vector<CommonRun> runs; ///< in order; what lies between was removed and added
    /// False if the sequences differ so much that the search was given up: there may be more in common.
    bool isComplete = true;
};

/// The longest common subsequence by the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its
/// Variations", 1986. Gives up beyond `mostEdits` removals and additions, which bounds time to mostEdits times the
/// length and memory to mostEdits squared times four bytes. libdtl-dev, the library that Debian has for it, can be
/// neither bounded nor called off. Any thread.
Alignment align(std::span<const std::uint64_t> before, std::span<const std::uint64_t> after,
    std::size_t mostEdits = 1500, const std::function<bool()> &isCanceled = {});

} // namespace weir::models
