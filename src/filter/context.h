// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <chrono>
#include <functional>

namespace weir::filter {

/// What the local time is ahead of UTC at a moment.
using LocalOffset = std::function<std::chrono::seconds(store::WallTime)>;

/// That of the system's time zone. Any thread.
std::chrono::seconds systemLocalOffset(store::WallTime time);

/// What the times of an expression are measured by. A value.
struct Context
{
    store::ClockAnchor clock = store::ClockAnchor::now(); ///< that of the log
    LocalOffset localOffset = systemLocalOffset;
};

} // namespace weir::filter
