// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/wirereads.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace weir::store {

namespace {

MonotonicTime arrivalOf(const Read &read)
{
    const std::uint64_t ns = (std::uint64_t{read.arrivalHigh} << 32) | read.arrivalLow;
    return MonotonicTime{std::chrono::nanoseconds{static_cast<std::int64_t>(ns)}};
}

bool isSame(const Connection &a, const Connection &b)
{
    return a.subscription == b.subscription && a.attempt == b.attempt;
}

/// Of several segments with the same first number all but the last are empty.
std::size_t segmentOf(const Snapshot &snapshot, EventNumber number)
{
    std::size_t index = snapshot.segmentCount() - 1;
    while (number < snapshot.segment(index)->first())
        --index;
    return index;
}

/// Goes back over the reads of one connection.
class ReadsBefore
{
public:
    ReadsBefore(const Snapshot &snapshot, std::size_t segment, std::uint32_t read, std::size_t most)
        : m_snapshot(snapshot)
        , m_segment(segment)
        , m_next(read)
        , m_left(most)
        , m_connection(snapshot.segment(segment)->connectionOfRead(read))
        , m_number(snapshot.segment(segment)->reads()[read].number)
    {}

    /// The read before, or nothing if it is not held or too far back.
    std::optional<Read> next()
    {
        while (m_left > 0 && (m_next > 0 || openSegmentBefore())) {
            if (m_next == 0)
                continue;
            --m_next;
            --m_left;
            const Segment &segment = *m_snapshot.segment(m_segment);
            const Read &read = segment.reads()[m_next];
            // A change of the connection is noted like a read without bytes; a read that is continued in the next
            // segment is noted there again.
            if (read.bytes == 0 || read.number == m_number || !isSame(segment.connectionOfRead(m_next), m_connection))
                continue;
            m_number = read.number;
            return read;
        }
        return std::nullopt;
    }

private:
    bool openSegmentBefore()
    {
        if (m_segment == 0)
            return false;
        m_next = m_snapshot.segment(--m_segment)->readCount();
        return true;
    }

    const Snapshot &m_snapshot;
    std::size_t m_segment;
    std::uint32_t m_next; ///< one more than the read to look at
    std::size_t m_left;
    Connection m_connection;
    std::uint32_t m_number; ///< of the latest read found
};

/// The bytes of a record, counted from the first byte of the read that completed it.
struct Span
{
    std::int64_t begin;
    std::int64_t end;
};

Span spanOf(const EventView &record, RecordBytes bytes)
{
    const std::int64_t begin = record.offsetInRead();
    const auto leading = static_cast<std::int64_t>(record.rawWithLeading().size() - record.raw().size());
    const bool isSkippedFromHere =
        record.diagnostic() == sse::Diagnostic::EventTooLarge || record.diagnostic() == sse::Diagnostic::LineTooLarge;
    const std::uint64_t size = isSkippedFromHere ? record.skipped() : record.raw().size();
    return {bytes == RecordBytes::Raw ? begin : begin - leading, begin + static_cast<std::int64_t>(size)};
}

/// `readBegin`: counted like the span.
ReadPart partOf(const Read &read, std::int64_t readBegin, Span span)
{
    const std::int64_t size = read.bytes;
    const std::int64_t begin = std::clamp<std::int64_t>(span.begin - readBegin, 0, size);
    const std::int64_t end = std::clamp<std::int64_t>(span.end - readBegin, begin, size);
    return {read.number, arrivalOf(read), read.bytes, static_cast<std::uint32_t>(begin),
        static_cast<std::uint32_t>(end - begin)};
}

} // namespace

WireReads readsOf(const Snapshot &snapshot, EventNumber number, std::size_t mostReads, RecordBytes bytes)
{
    const EventView record = snapshot.at(number);
    if (record.kind() == Kind::Connection)
        return {};
    const std::size_t segment = segmentOf(snapshot, number);
    const auto index = static_cast<std::uint32_t>(number.value - snapshot.segment(segment)->first().value);
    const Span span = spanOf(record, bytes);
    WireReads found;
    // The end of a body completes records too, but is no read.
    if (record.read().bytes > 0)
        found.parts.push_back(partOf(record.read(), 0, span));
    ReadsBefore before(snapshot, segment, snapshot.segment(segment)->records()[index].read, mostReads);
    std::int64_t readBegin = 0;
    while (readBegin > span.begin && found.isComplete) {
        const std::optional<Read> read = before.next();
        found.isComplete = read.has_value();
        if (!read)
            break;
        readBegin -= read->bytes;
        found.parts.push_back(partOf(*read, readBegin, span));
    }
    const bool isBeginKnown = record.offsetInRead() > std::numeric_limits<std::int32_t>::min();
    found.isComplete = found.isComplete && isBeginKnown && !record.rawIncomplete();
    std::reverse(found.parts.begin(), found.parts.end());
    return found;
}

bool isSameRead(const EventView &a, const EventView &b)
{
    return a.kind() != Kind::Connection && b.kind() != Kind::Connection && a.subscription() == b.subscription() &&
           a.attempt() == b.attempt() && a.read().number == b.read().number;
}

} // namespace weir::store
