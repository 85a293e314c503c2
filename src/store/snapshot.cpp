// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/snapshot.h"

#include <algorithm>
#include <cassert>

namespace weir::store {

EventNumber Snapshot::begin() const
{
    return segmentCount() == 0 ? EventNumber{1} : m_segments->front()->first();
}

EventNumber Snapshot::end() const
{
    return segmentCount() == 0 ? EventNumber{1} : EventNumber{m_segments->back()->first().value + m_readableOfLast};
}

EventView Snapshot::at(EventNumber number) const
{
    assert(contains(number));
    // Of several segments with the same first number all but the last are empty.
    const auto next = std::upper_bound(m_segments->begin(), m_segments->end(), number,
        [](EventNumber sought, const auto &segment) { return sought < segment->first(); });
    const Segment &segment = **std::prev(next);
    return segment.at(static_cast<std::uint32_t>(number.value - segment.first().value));
}

} // namespace weir::store
