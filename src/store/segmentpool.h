// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/segment.h"

#include <memory>
#include <mutex>
#include <vector>

namespace weir::store {

/// Where the memory of segments comes from and goes to: what an evicted segment leaves is kept for a later one,
/// because handing pages back to the system and getting them again costs as much as filling them.
///
/// A segment comes back when the last snapshot lets it go, on whatever thread that is. Nothing is freed there (the
/// GUI thread drops snapshots, and unmapping gigabytes takes long): the appender does it, a part at a time, with
/// trim().
class SegmentPool : public std::enable_shared_from_this<SegmentPool>
{
public:
    /// A segment with at least that capacity from what came back, or null. Appender thread.
    std::shared_ptr<Segment> take(Segment::Capacity least);
    /// A segment of fresh memory. Appender thread.
    std::shared_ptr<Segment> make(Segment::Capacity capacity);

    /// The log holds this segment no longer; snapshots may. Appender thread.
    /// Returns how many bytes the log is rid of.
    std::size_t noteEvicted(Segment &segment);
    /// Frees memory that is kept beyond `limit` bytes; no more than 64 MiB and a segment at once. Appender thread.
    void trim(std::size_t limit);
    /// The log is gone: what comes back from now on is freed at once.
    void close();

    /// Bytes kept for later segments. Any thread.
    std::size_t kept() const { return m_kept.load(std::memory_order_relaxed); }
    /// Bytes of evicted segments that snapshots still hold. Any thread.
    std::size_t heldBySnapshots() const { return m_heldBySnapshots.load(std::memory_order_relaxed); }

private:
    using Storage = std::unique_ptr<Segment>;

    std::shared_ptr<Segment> handOut(Storage storage);
    void takeBack(Storage storage);

    std::mutex m_mutex;
    std::vector<Storage> m_free; ///< newest last
    bool m_closed = false;
    std::atomic<std::size_t> m_kept = 0;
    std::atomic<std::size_t> m_heldBySnapshots = 0;
};

} // namespace weir::store
