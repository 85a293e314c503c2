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

    std::size_t segmentCount() const { return m_segments ? m_segments->size() : 0; }
    /// Segments are numbered by age, 0 being the oldest held. One may be empty: its reads completed nothing.
    const std::shared_ptr<const Segment> &segment(std::size_t index) const { return (*m_segments)[index]; }
    /// How many records of that segment this snapshot shows.
    std::uint32_t readable(std::size_t index) const
    {
        return index + 1 == segmentCount() ? m_readableOfLast : segment(index)->count();
    }

    /// Requires contains(number). O(log segments).
    EventView at(EventNumber number) const;

private:
    friend class EventLog;
    using Segments = std::vector<std::shared_ptr<const Segment>>;

    Snapshot(std::shared_ptr<const Segments> segments, std::uint32_t readableOfLast)
        : m_segments(std::move(segments))
        , m_readableOfLast(readableOfLast)
    {}

    std::shared_ptr<const Segments> m_segments;
    std::uint32_t m_readableOfLast = 0; ///< the only segment that still grows
};

} // namespace weir::store
