// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

namespace weir::gui {

inline constexpr std::size_t kibibyte = 1024;
inline constexpr std::size_t mebibyte = kibibyte * kibibyte;

/// As a field of a dialog shows it: whole units, and never more than such a field can hold.
inline int inUnits(std::size_t bytes, std::size_t unit)
{
    return static_cast<int>(std::min(bytes / unit, std::size_t{1} << 30));
}

} // namespace weir::gui
