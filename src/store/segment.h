// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventview.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <memory>

namespace weir::store {

/// A stretch of the log: records, the reads that brought them, and the bytes that they are slices of.
///
/// Written by one appender (SegmentWriter), read by any thread without a lock: what lies below count() never changes.
/// Ask only for indexes below Snapshot::readable() or count(). When a segment is evicted and the last snapshot lets it
/// go, its memory is used again for a later one.
class Segment
{
public:
    static constexpr std::uint32_t maxConnections = 4096;
    struct Capacity
    {
        std::uint32_t records = 0; ///< of reads there may be as many
        std::size_t bytes = 0;     ///< below 4 GiB: slices have 32 bits
        std::uint32_t connections() const { return std::min(records, maxConnections); }
    };

    explicit Segment(Capacity capacity);

    EventNumber first() const { return m_first; }
    /// How many records can be read.
    std::uint32_t count() const { return m_count.load(std::memory_order_acquire); }
    /// How many reads are noted; those that completed nothing have no record. A read whose items did not all fit is
    /// noted in the next segment again.
    std::uint32_t readCount() const { return m_readCount.load(std::memory_order_acquire); }

    EventView at(std::uint32_t index) const { return {*this, index}; }

    // For scans: straight to what is needed.
    const Record *records() const { return m_records.get(); }
    const Read *reads() const { return m_reads.get(); }
    Kind kind(std::uint32_t index) const { return Kind{m_records[index].kind}; }
    SubscriptionId subscription(std::uint32_t index) const { return connectionOf(index).subscription; }
    const Connection &connectionOf(std::uint32_t index) const
    {
        return m_connections[m_reads[m_records[index].read].connection];
    }
    /// Of a read: `index` counts reads(), not records.
    const Connection &connectionOfRead(std::uint32_t index) const { return m_connections[m_reads[index].connection]; }
    std::string_view data(std::uint32_t index) const
    {
        return text(m_records[index].dataBegin, m_records[index].dataLength);
    }
    std::string_view text(std::uint32_t begin, std::uint32_t length) const { return {m_bytes.get() + begin, length}; }
    /// For lengths of 16 bits with their escape, see Record.
    std::string_view shortText(std::uint32_t begin, std::uint16_t length) const
    {
        return length == longLength ? text(begin, value<std::uint32_t>(begin - 4U)) : text(begin, length);
    }
    template <typename T>
    T value(std::uint32_t begin) const
    {
        T result;
        std::memcpy(&result, m_bytes.get() + begin, sizeof result);
        return result;
    }

    Capacity capacity() const { return m_capacity; }

private:
    friend class SegmentWriter;
    friend class SegmentPool;

    const Capacity m_capacity;
    EventNumber m_first{1};
    std::atomic<std::uint32_t> m_count = 0;
    std::atomic<std::uint32_t> m_readCount = 0;
    const std::unique_ptr<Record[]> m_records;
    const std::unique_ptr<Read[]> m_reads;
    const std::unique_ptr<Connection[]> m_connections;
    const std::unique_ptr<char[]> m_bytes;

    void noteUse(std::uint32_t records, std::uint32_t reads, std::size_t bytes);

    // The appender's, and after the last snapshot the pool's.
    std::size_t m_resident = 0; ///< bytes touched since the memory was allocated: they stay with the process
    std::uint32_t m_recordsTouched = 0;
    std::uint32_t m_readsTouched = 0;
    std::size_t m_bytesTouched = 0;
    bool m_evicted = false;
};

inline const Record &EventView::record() const
{
    return m_segment->records()[m_index];
}

inline EventNumber EventView::number() const
{
    return {m_segment->first().value + m_index};
}

inline Kind EventView::kind() const
{
    return m_segment->kind(m_index);
}

inline SubscriptionId EventView::subscription() const
{
    return m_segment->subscription(m_index);
}

inline std::uint32_t EventView::attempt() const
{
    return m_segment->connectionOf(m_index).attempt;
}

inline MonotonicTime EventView::attemptStart() const
{
    return m_segment->connectionOf(m_index).start;
}

inline const Read &EventView::read() const
{
    return m_segment->reads()[record().read];
}

inline MonotonicTime EventView::arrival() const
{
    const std::uint64_t ns = (std::uint64_t{read().arrivalHigh} << 32) | read().arrivalLow;
    return MonotonicTime{std::chrono::nanoseconds{static_cast<std::int64_t>(ns)}};
}

inline std::optional<std::chrono::nanoseconds> EventView::gap() const
{
    const auto seconds = static_cast<double>(record().gapSeconds);
    if (std::isnan(seconds))
        return std::nullopt;
    return std::chrono::nanoseconds{std::llround(seconds * 1e9)};
}

inline std::string_view EventView::type() const
{
    return record().typeLength == 0 && kind() == Kind::Event ? "message" : typeBuffer();
}

inline std::string_view EventView::typeBuffer() const
{
    return m_segment->shortText(record().typeBegin, record().typeLength);
}

inline std::string_view EventView::id() const
{
    return m_segment->shortText(record().idBegin, record().idLength);
}

inline std::string_view EventView::data() const
{
    return m_segment->data(m_index);
}

inline std::string_view EventView::raw() const
{
    return m_segment->text(record().rawBegin, record().rawLength);
}

inline std::string_view EventView::rawWithLeading() const
{
    return m_segment->text(record().rawBegin - record().leading, record().leading + record().rawLength);
}

inline bool EventView::insideBlock() const
{
    return record().insideBlock != 0;
}

inline bool EventView::rawIncomplete() const
{
    return record().rawIncomplete != 0;
}

inline std::int32_t EventView::offsetInRead() const
{
    return record().offsetInRead;
}

inline sse::Diagnostic EventView::diagnostic() const
{
    return kind() == Kind::Diagnostic ? sse::Diagnostic{record().detail} : sse::Diagnostic::None;
}

inline std::uint64_t EventView::skipped() const
{
    return record().hasSkipped ? m_segment->value<std::uint64_t>(record().rawBegin + record().rawLength) : 0;
}

inline ConnectionChange EventView::connection() const
{
    const auto detail = m_segment->value<ConnectionDetail>(record().rawBegin);
    return {ConnectionState{record().detail}, static_cast<int>(detail.httpStatus),
        std::chrono::milliseconds{detail.retryDelayMs}, data()};
}

} // namespace weir::store
