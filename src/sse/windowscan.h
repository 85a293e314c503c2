// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/linescanner.h"

#include <cstring>

namespace weir::sse {

/// What is known of 64 bytes.
struct BlockBits
{
    std::uint64_t lineEnds; ///< one bit a byte
    bool plain;             ///< every byte is 0x01 to 0x7F
};

/// findLineEnds() for one instruction set: `classify` tells the BlockBits of the 64 bytes at a pointer.
///
/// Always inlined, and free of calls into the standard library, because it is compiled for several instruction sets: a
/// shared copy made for the newer one would crash older machines.
template <typename Classify>
[[gnu::always_inline]] inline void scanWindow(const char *window, std::size_t size, LineEnds &ends, Classify classify)
{
    constexpr std::size_t blockSize = 64;
    // Writing the usual number of line ends always costs less than a branch that is hard to predict.
    constexpr std::size_t usualCount = 4;
    static_assert(usualCount <= LineEnds::slack);
    std::uint16_t *next = ends.at;
    bool plain = true;
    const auto take = [&](const char *bytes, std::size_t from) __attribute__((always_inline))
    {
        const BlockBits bits = classify(bytes);
        plain = plain & bits.plain;
        std::uint64_t left = bits.lineEnds;
        if (left == 0)
            return;
        const auto count = static_cast<std::size_t>(__builtin_popcountll(left));
        for (std::size_t i = 0; i < usualCount; ++i) {
            // The guard bit keeps the count defined when no line end is left; what is then written is past the end.
            const int distance = __builtin_ctzll(left | std::uint64_t{1} << 63);
            next[i] = static_cast<std::uint16_t>(from + static_cast<std::size_t>(distance));
            left &= left - 1;
        }
        for (std::size_t i = usualCount; i < count; ++i) {
            next[i] = static_cast<std::uint16_t>(from + static_cast<std::size_t>(__builtin_ctzll(left)));
            left &= left - 1;
        }
        next += count;
    };
    std::size_t from = 0;
    for (; from + blockSize <= size; from += blockSize)
        take(window + from, from);
    if (from < size) {
        char padded[blockSize];
        std::memset(padded, ' ', blockSize);
        std::memcpy(padded, window + from, size - from);
        take(padded, from);
    }
    ends.count = static_cast<std::size_t>(next - ends.at);
    ends.plain = plain;
}

/// findLineEnds() for machines that have AVX2, BMI and POPCNT. Requires: canScanWithAvx2().
void findLineEndsAvx2(const char *window, std::size_t size, LineEnds &ends);
bool canScanWithAvx2();

} // namespace weir::sse
