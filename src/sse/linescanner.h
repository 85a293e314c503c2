// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace weir::sse {

/// Where the CRs and LFs of one window of bytes are.
struct LineEnds
{
    static constexpr std::size_t windowSize = 4096;
    static constexpr std::size_t slack = 8; ///< the scanner writes some places past `count`

    std::uint16_t at[windowSize + slack]; ///< distances from the window's first byte, ascending
    std::size_t count;
    bool plain; ///< every byte of the window is 0x01 to 0x7F
};

/// Fills `ends` for the `size` bytes from `window`. Requires: size ≤ LineEnds::windowSize.
void findLineEnds(const char *window, std::size_t size, LineEnds &ends);

/// The first CR or LF in [begin, end), else end.
const char *findLineEnd(const char *begin, const char *end);

} // namespace weir::sse
