// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/difference.h"
#include "models/jsonoutline.h"

namespace weir::models {

/// By place. Values in an array are paired by what they have in common, those in an object by their keys, the first of
/// equal keys with the first. Requires outlines that hold a value. Any thread.
Difference jsonDifference(const JsonOutline &before, const JsonOutline &after, bool ignoresKeyOrder,
    const std::function<bool()> &isCanceled = {});

} // namespace weir::models
