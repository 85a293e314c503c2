// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/segment.h"

#include <memory>
#include <vector>

namespace weir::store {

/// The log as it was at one moment: cheap to copy, never changes, keeps its segments alive. A value; any thread.
class Snapshot
{
public:
    Snapshot() = default;

    /// Numbers of the records held: [begin, end). Empty if they are equal. begin().value - 1 records have been evicted.
    EventNumber begin() const;
    EventNumber end() const;
    bool contains(EventNumber number) const { return begin() <= number && number < end(); }

    std::size_t segmentCount() const;
    /// Segments are numbered by age, 0 being the oldest held.
    const std::shared_ptr<const Segment> &segment(std::size_t index) const;
    /// How many records of that segment this snapshot shows.
    std::uint32_t readable(std::size_t index) const;

    /// Requires contains(number). O(log segments).
    EventView at(EventNumber number) const;
};

} // namespace weir::store
