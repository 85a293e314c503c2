// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/segmentpool.h"

#include <algorithm>
#include <iterator>

namespace weir::store {

std::shared_ptr<Segment> SegmentPool::take(Segment::Capacity least)
{
    const auto fits = [least](const Storage &storage) {
        return storage->m_capacity.bytes >= least.bytes && storage->m_capacity.records >= least.records;
    };
    Storage storage;
    {
        const std::lock_guard lock(m_mutex);
        // The newest first: the most likely still to be in the processor's cache.
        const auto found = std::find_if(m_free.rbegin(), m_free.rend(), fits);
        if (found == m_free.rend())
            return nullptr;
        storage = std::move(*found);
        m_free.erase(std::next(found).base());
        m_kept -= storage->m_resident;
    }
    return handOut(std::move(storage));
}

std::shared_ptr<Segment> SegmentPool::make(Segment::Capacity capacity)
{
    return handOut(std::make_unique<Segment>(capacity));
}

std::shared_ptr<Segment> SegmentPool::handOut(Storage storage)
{
    return {storage.release(), [pool = shared_from_this()](Segment *segment) { pool->takeBack(Storage(segment)); }};
}

void SegmentPool::takeBack(Storage storage)
{
    const std::lock_guard lock(m_mutex);
    if (storage->m_evicted)
        m_heldBySnapshots -= storage->m_resident;
    if (m_closed)
        return;
    m_kept += storage->m_resident;
    m_free.push_back(std::move(storage));
}

std::size_t SegmentPool::noteEvicted(Segment &segment)
{
    segment.m_evicted = true;
    m_heldBySnapshots += segment.m_resident;
    return segment.m_resident;
}

void SegmentPool::trim(std::size_t limit)
{
    if (kept() <= limit)
        return;
    constexpr std::size_t mostAtOnce = std::size_t{64} << 20; // gigabytes may have come back; receiving must not stall
    std::vector<Storage> freed;                               // after the lock
    const std::lock_guard lock(m_mutex);
    const std::size_t goal = std::max(limit, kept() - std::min(kept(), mostAtOnce));
    while (kept() > goal && !m_free.empty()) {
        m_kept -= m_free.front()->m_resident;
        freed.push_back(std::move(m_free.front()));
        m_free.erase(m_free.begin());
    }
}

void SegmentPool::close()
{
    std::vector<Storage> freed;
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_kept = 0;
    freed.swap(m_free);
}

} // namespace weir::store
