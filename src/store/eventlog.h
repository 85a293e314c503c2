// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/batch.h"
#include "store/segmentpool.h"
#include "store/segmentwriter.h"
#include "store/snapshot.h"

#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

namespace weir::store {

struct LogLimits
{
    std::size_t memoryBudget = defaultMemoryBudget(); ///< bytes; beyond it the oldest segments are evicted
    std::uint32_t recordsPerSegment = 65536;          ///< at most 65,536: match lists index with 16 bits
    std::size_t bytesPerSegment = std::size_t{8} << 20;

    /// A quarter of the machine's memory, at most 4 GiB.
    static std::size_t defaultMemoryBudget();
    static std::size_t machineMemory(); ///< bytes
};

/// Where every record went. `received = (what snapshots hold) + evicted + refused`, always.
struct Ledger
{
    std::uint64_t received = 0;
    std::uint64_t evicted = 0;
    std::uint64_t refusedAsTooLarge = 0;                   ///< events; each also left a diagnostic
    std::array<std::uint64_t, kindCount> receivedByKind{}; ///< their sum is `received`: the refused count as events
    std::uint64_t bytesReceived = 0;                       ///< of network reads
    std::size_t memoryUsed = 0;                            ///< resident bytes of all segments, and kept for new ones
    std::size_t memoryHeldBySnapshots = 0;                 ///< besides: evicted, but somebody still looks at them
    std::size_t memoryBudget = 0;
};

/// Everything that was received, in order of arrival, within a memory budget. The one structure that threads share:
/// one thread appends, any number of threads take snapshots. Bytes are stored once and first; texts are slices of them.
///
/// Whole segments are evicted, oldest first, and always one stays: an item is stored uncut even where it alone is
/// larger than the budget. Snapshots keep what they show; that memory is counted apart.
class EventLog
{
public:
    using ReadInfo = store::ReadInfo;

    explicit EventLog(LogLimits limits = {});
    ~EventLog();
    EventLog(const EventLog &) = delete;
    EventLog &operator=(const EventLog &) = delete;

    /// Appends what one read completed (possibly nothing: the read itself is noted). Appender thread only.
    void append(const ReadInfo &read, const sse::Batch &batch);
    /// Appends a change of a connection. Appender thread only.
    void append(SubscriptionId subscription, std::uint32_t attempt, MonotonicTime time, const ConnectionChange &change);

    /// Nothing more comes of this subscription: drops what the log remembers from one of its reads to the next. Its
    /// records stay. Appender thread only.
    void forget(SubscriptionId subscription) { m_continuations.erase(subscription.value); }

    /// Any thread; takes no longer than copying a pointer.
    Snapshot snapshot() const;
    Ledger ledger() const;
    /// Both of the same moment, for a view that shows the balance.
    std::pair<Snapshot, Ledger> snapshotAndLedger() const;
    const ClockAnchor &clock() const { return m_clock; }

    /// Any thread; acts at the next append, or at enforceMemoryBudget().
    void setMemoryBudget(std::size_t bytes) { m_budget.store(bytes, std::memory_order_relaxed); }
    /// Evicts at once what a lowered budget has no room for. Appender thread only.
    void enforceMemoryBudget() { keepWithinBudget(0); }

private:
    void beginRead(const ReadInfo &read, Continuation &continuation);
    void addAll(std::span<const sse::Item> items, const ReadInfo &read, Continuation &continuation);
    void endRead();
    void roll(std::size_t leastBytes);
    std::shared_ptr<Segment> newSegment(std::size_t leastBytes);
    void fill(std::shared_ptr<Segment> segment, EventNumber first);
    void keepWithinBudget(std::size_t coming);
    void evict(Segment &segment);
    void publish();
    std::size_t budget() const { return m_budget.load(std::memory_order_relaxed); }
    std::size_t resident() const { return m_sealedResident + m_writer.resident(); }
    Snapshot snapshotLocked() const;
    Ledger ledgerLocked() const;

    const LogLimits m_limits;
    const ClockAnchor m_clock = ClockAnchor::now();
    const std::shared_ptr<SegmentPool> m_pool = std::make_shared<SegmentPool>();
    std::atomic<std::size_t> m_budget;

    // The appender's.
    SegmentWriter m_writer;
    std::unordered_map<std::uint32_t, Continuation> m_continuations;
    std::vector<std::shared_ptr<Segment>> m_held; ///< the last one is being filled
    bool m_heldChanged = false;
    std::size_t m_sealedResident = 0; ///< of all held but the one being filled
    std::uint64_t m_bytesReceived = 0;

    // What everyone sees. A mutex that is held for the copy of a pointer, once an append: std::atomic<shared_ptr> of
    // libstdc++ 12 is a spin lock too, in a bit of the pointer, and one that ThreadSanitizer cannot follow.
    mutable std::mutex m_mutex;
    std::shared_ptr<const Snapshot::Segments> m_published;
    Ledger m_ledger;
};

} // namespace weir::store
