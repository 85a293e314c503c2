// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace weir::filter {

/// Undecided: to find out would take more effort than is allowed.
enum class Verdict : std::uint8_t { No, Yes, Undecided };

inline Verdict verdict(bool isYes)
{
    return isYes ? Verdict::Yes : Verdict::No;
}

} // namespace weir::filter
