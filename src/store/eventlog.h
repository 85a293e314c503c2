// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/batch.h"
#include "store/segment.h"
#include "store/snapshot.h"

#include <array>
#include <cstddef>

namespace weir::store {

struct LogLimits
{
    std::size_t memoryBudget = defaultMemoryBudget(); ///< bytes; beyond it the oldest segments are evicted
    std::uint32_t recordsPerSegment = 65536;          ///< at most 65,536: match lists index with 16 bits
    std::size_t bytesPerSegment = std::size_t{8} << 20;

    /// A quarter of the machine's memory, at most 4 GiB.
    static std::size_t defaultMemoryBudget();
};

/// Where every record went. `received = (what snapshots hold) + evicted + refused`, always.
struct Ledger
{
    std::uint64_t received = 0;
    std::uint64_t evicted = 0;
    std::uint64_t refusedAsTooLarge = 0;
    std::array<std::uint64_t, kindCount> receivedByKind{};
    std::uint64_t bytesReceived = 0; ///< of network reads
    std::size_t memoryUsed = 0;      ///< resident bytes of all segments
    std::size_t memoryBudget = 0;
};

/// Everything that was received, in order of arrival, within a memory budget. The one structure that threads share:
/// one thread appends, any number of threads take snapshots. Bytes are stored once and first; texts are slices of them.
class EventLog
{
public:
    explicit EventLog(LogLimits limits = {});
    ~EventLog();

    /// What a read brought, apart from its items.
    struct ReadInfo
    {
        SubscriptionId subscription;
        std::uint32_t attempt = 0;
        std::uint32_t number = 0; ///< of the read within the attempt
        MonotonicTime arrival;
        std::uint32_t bytes = 0;
        std::uint64_t streamOffset = 0; ///< of the read's first byte in the body
    };

    /// Appends what one read completed (possibly nothing: the read itself is noted). Appender thread only.
    void append(const ReadInfo &read, const sse::Batch &batch);
    /// Appends a change of a connection. Appender thread only.
    void append(SubscriptionId subscription, std::uint32_t attempt, MonotonicTime time, const ConnectionChange &change);

    /// Any thread; takes no longer than copying a pointer.
    Snapshot snapshot() const;
    Ledger ledger() const;
    const ClockAnchor &clock() const;

    /// Any thread; acts at the next append.
    void setMemoryBudget(std::size_t bytes);
};

} // namespace weir::store
