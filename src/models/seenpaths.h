// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpaths.h"
#include "store/snapshot.h"

#include <QObject>

#include <functional>
#include <vector>

namespace weir::models {

using UseSeenPaths = std::function<void(const std::vector<filter::SeenPath> &paths)>;

/// Collects the places in the JSON data of these records on a pool thread; `use` is called in the GUI thread unless
/// `receiver` is gone by then. What is no event, or larger than 64 KiB, is left out. Requires that `snapshot` contains
/// them. GUI thread only.
void collectSeenPaths(
    const store::Snapshot &snapshot, std::vector<store::EventNumber> numbers, QObject *receiver, UseSeenPaths use);

} // namespace weir::models
