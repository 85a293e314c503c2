// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/types.h"

namespace weir::store {

// The wall clock is read between two readings of the monotonic one and tied to their middle, so that being interrupted
// in between shifts the anchor by no more than half of the interruption.
ClockAnchor ClockAnchor::now()
{
    const auto before = std::chrono::steady_clock::now();
    const auto wall = std::chrono::system_clock::now();
    const auto after = std::chrono::steady_clock::now();
    return {before + (after - before) / 2, wall};
}

} // namespace weir::store
