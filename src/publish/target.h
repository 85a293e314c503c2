// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"

#include <cstdint>
#include <optional>

namespace weir::publish {

/// Whom a run acts on. A value; holds a secret where it names a hub.
struct Target
{
    Destination destination;
    /// One client of that channel instead of all: its number in ClientStatus.
    std::optional<std::uint64_t> client;
};

} // namespace weir::publish
