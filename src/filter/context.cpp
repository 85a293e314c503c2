// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/context.h"

#include <ctime>

namespace weir::filter {

std::chrono::seconds systemLocalOffset(store::WallTime time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const auto moment = static_cast<std::time_t>(seconds);
    std::tm local{};
    // Not std::localtime, whose result all threads share.
    localtime_r(&moment, &local);
    return std::chrono::seconds{local.tm_gmtoff};
}

} // namespace weir::filter
