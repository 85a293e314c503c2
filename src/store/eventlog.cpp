// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventlog.h"

#include <algorithm>
#include <limits>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace weir::store {

namespace {

constexpr std::uint32_t mostRecords = 65536;
constexpr std::size_t mostBytes = std::numeric_limits<std::uint32_t>::max();

LogLimits normalised(LogLimits limits)
{
    limits.recordsPerSegment = std::clamp(limits.recordsPerSegment, std::uint32_t{1}, mostRecords);
    limits.bytesPerSegment = std::clamp(limits.bytesPerSegment, std::size_t{1}, mostBytes);
    return limits;
}

// Rounded up, so that the memory of a large segment suits another item of about that size.
std::size_t bytesOfSegment(std::size_t usual, std::size_t least)
{
    return std::clamp((least + usual - 1) / usual * usual, usual, mostBytes);
}

// What stands in the log for an item that no segment can hold.
sse::Item refusalOf(const sse::Item &item)
{
    sse::Item refusal;
    refusal.kind = sse::ItemKind::Diagnostic;
    refusal.diagnostic =
        item.kind == sse::ItemKind::Event ? sse::Diagnostic::EventTooLarge : sse::Diagnostic::LineTooLarge;
    refusal.offset = item.offset;
    refusal.skipped = item.raw.size();
    return refusal;
}

} // namespace

std::size_t LogLimits::machineMemory()
{
#if defined(_SC_PHYS_PAGES) && defined(_SC_PAGESIZE)
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long bytes = ::sysconf(_SC_PAGESIZE);
    if (pages > 0 && bytes > 0)
        return static_cast<std::size_t>(pages) * static_cast<std::size_t>(bytes);
#endif
    return std::size_t{4} << 30;
}

std::size_t LogLimits::defaultMemoryBudget()
{
    return std::min(machineMemory() / 4, std::size_t{4} << 30);
}

EventLog::EventLog(LogLimits limits)
    : m_limits(normalised(limits))
    , m_budget(limits.memoryBudget)
{
    fill(newSegment(0), EventNumber{1});
}

EventLog::~EventLog()
{
    m_pool->close();
}

void EventLog::append(const ReadInfo &read, const sse::Batch &batch)
{
    Continuation &continuation = m_continuations[read.subscription.value];
    beginRead(read, continuation);
    addAll(batch.items(), read, continuation);
    m_bytesReceived += read.bytes;
    endRead();
}

void EventLog::append(
    SubscriptionId subscription, std::uint32_t attempt, MonotonicTime time, const ConnectionChange &change)
{
    const ReadInfo noBytes{subscription, attempt, 0, time, 0, 0};
    Continuation &continuation = m_continuations[subscription.value];
    beginRead(noBytes, continuation);
    if (!m_writer.add(change)) {
        roll(SegmentWriter::bytesFor(change));
        beginRead(noBytes, continuation);
        m_writer.add(change);
    }
    endRead();
}

void EventLog::beginRead(const ReadInfo &read, Continuation &continuation)
{
    if (m_writer.beginRead(read, continuation))
        return;
    roll(0);
    m_writer.beginRead(read, continuation);
}

void EventLog::endRead()
{
    m_writer.endRead();
    publish();
    keepWithinBudget(0);
}

void EventLog::addAll(std::span<const sse::Item> items, const ReadInfo &read, Continuation &continuation)
{
    while (true) {
        items = items.subspan(m_writer.add(items));
        if (items.empty())
            return;
        const std::size_t least = SegmentWriter::bytesFor(items.front());
        if (least > mostBytes) {
            const sse::Item refusal = refusalOf(items.front());
            addAll({&refusal, 1}, read, continuation);
            items = items.subspan(1);
        } else {
            m_writer.endRead();
            roll(least);
            m_writer.beginRead(read, continuation);
        }
    }
}

void EventLog::roll(std::size_t leastBytes)
{
    publish();
    std::shared_ptr<Segment> segment = newSegment(leastBytes);
    m_sealedResident += m_writer.resident();
    fill(std::move(segment), m_writer.next());
}

void EventLog::fill(std::shared_ptr<Segment> segment, EventNumber first)
{
    m_held.push_back(segment);
    m_heldChanged = true;
    m_writer.open(std::move(segment), first);
    publish();
}

// Room is made before memory is asked for, so that a log at its budget lives on the memory of what it evicts.
std::shared_ptr<Segment> EventLog::newSegment(std::size_t leastBytes)
{
    const Segment::Capacity capacity{m_limits.recordsPerSegment, bytesOfSegment(m_limits.bytesPerSegment, leastBytes)};
    if (auto segment = m_pool->take(capacity))
        return segment;
    if (!m_held.empty())
        keepWithinBudget(std::max(m_writer.resident(), leastBytes));
    if (auto segment = m_pool->take(capacity))
        return segment;
    return m_pool->make(capacity);
}

// `coming`: bytes that are about to be added. Evicts a twentieth of the budget at once, since each time makes a new
// list of segments.
void EventLog::keepWithinBudget(std::size_t coming)
{
    const std::size_t most = budget();
    if (resident() + coming > most) {
        const std::size_t goal = most - std::min(most, std::max(most / 20, coming));
        std::size_t evicted = 0;
        for (; evicted + 1 < m_held.size() && resident() > goal; ++evicted)
            evict(*m_held[evicted]);
        m_held.erase(m_held.begin(), m_held.begin() + static_cast<std::ptrdiff_t>(evicted));
        m_heldChanged = m_heldChanged || evicted > 0;
        if (evicted > 0)
            publish();
    }
    m_pool->trim(most - std::min(most, resident()));
}

void EventLog::evict(Segment &segment)
{
    m_sealedResident -= m_pool->noteEvicted(segment);
}

void EventLog::publish()
{
    std::shared_ptr<const Snapshot::Segments> changed;
    if (std::exchange(m_heldChanged, false))
        changed = std::make_shared<const Snapshot::Segments>(m_held.begin(), m_held.end());
    const std::lock_guard lock(m_mutex);
    m_writer.publish();
    m_ledger.refusedAsTooLarge = m_writer.eventsTooLarge();
    m_ledger.receivedByKind = m_writer.addedByKind();
    m_ledger.receivedByKind[static_cast<std::size_t>(Kind::Event)] += m_ledger.refusedAsTooLarge;
    m_ledger.received = m_writer.next().value - 1 + m_ledger.refusedAsTooLarge;
    m_ledger.evicted = m_held.front()->first().value - 1;
    m_ledger.bytesReceived = m_bytesReceived;
    m_ledger.memoryUsed = resident();
    if (changed)
        m_published.swap(changed); // the old list goes after the lock: it may be the last to hold what was evicted
}

Snapshot EventLog::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return snapshotLocked();
}

Ledger EventLog::ledger() const
{
    const std::lock_guard lock(m_mutex);
    return ledgerLocked();
}

std::pair<Snapshot, Ledger> EventLog::snapshotAndLedger() const
{
    const std::lock_guard lock(m_mutex);
    return {snapshotLocked(), ledgerLocked()};
}

Snapshot EventLog::snapshotLocked() const
{
    return {m_published, m_published->back()->count()};
}

Ledger EventLog::ledgerLocked() const
{
    Ledger ledger = m_ledger;
    ledger.memoryUsed += m_pool->kept();
    ledger.memoryHeldBySnapshots = m_pool->heldBySnapshots();
    ledger.memoryBudget = budget();
    return ledger;
}

} // namespace weir::store
