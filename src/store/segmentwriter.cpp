// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/segmentwriter.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weir::store {

static_assert(static_cast<int>(sse::ItemKind::Event) == static_cast<int>(Kind::Event));
static_assert(static_cast<int>(sse::ItemKind::Comment) == static_cast<int>(Kind::Comment));
static_assert(static_cast<int>(sse::ItemKind::FieldsOnly) == static_cast<int>(Kind::FieldsOnly));
static_assert(static_cast<int>(sse::ItemKind::Diagnostic) == static_cast<int>(Kind::Diagnostic));

namespace {

std::uint16_t shortLength(std::uint32_t length)
{
    return static_cast<std::uint16_t>(std::min(length, longLength));
}

std::int32_t offsetBetween(std::uint64_t readBegin, std::uint64_t blockBegin)
{
    using Limits = std::numeric_limits<std::int32_t>;
    const auto offset = static_cast<std::int64_t>(blockBegin - readBegin);
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(offset, Limits::min(), Limits::max()));
}

float secondsBetween(std::optional<MonotonicTime> earlier, MonotonicTime later)
{
    using Seconds = std::chrono::duration<double>;
    return earlier ? static_cast<float>(Seconds(later - *earlier).count()) : std::numeric_limits<float>::quiet_NaN();
}

std::string_view word(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Idle:
        return "idle";
    case ConnectionState::Connecting:
        return "connecting";
    case ConnectionState::Open:
        return "open";
    case ConnectionState::Waiting:
        return "waiting";
    case ConnectionState::Closed:
        return "closed";
    }
    return {};
}

} // namespace

void SegmentWriter::open(std::shared_ptr<Segment> segment, EventNumber first)
{
    m_segment = std::move(segment);
    m_segment->m_first = first;
    m_segment->m_evicted = false;
    m_segment->m_count.store(0, std::memory_order_relaxed);
    m_segment->m_readCount.store(0, std::memory_order_relaxed);
    ++m_opening;
    m_recordCount = 0;
    m_readCount = 0;
    m_connectionCount = 0;
    m_bytesUsed = 0;
}

void SegmentWriter::publish()
{
    Segment &segment = *m_segment;
    segment.noteUse(m_recordCount, m_readCount, m_bytesUsed);
    segment.m_readCount.store(m_readCount, std::memory_order_release);
    segment.m_count.store(m_recordCount, std::memory_order_release);
}

bool SegmentWriter::beginRead(const ReadInfo &read, Continuation &continuation)
{
    m_continuation = &continuation;
    if (m_readCount == m_segment->m_capacity.records || !noteConnection(read))
        return false;
    const auto arrival = static_cast<std::uint64_t>(read.arrival.time_since_epoch().count());
    m_segment->m_reads[m_readCount++] = {
        narrow(arrival & 0xFFFFFFFFU), narrow(arrival >> 32), continuation.connection, read.number, read.bytes};
    m_arrival = read.arrival;
    m_streamOffset = read.streamOffset;
    m_id = {continuation.idBegin, continuation.idLength};
    m_idText = {};
    m_eventInRead = false;
    m_gapSeconds = secondsBetween(continuation.lastEvent, read.arrival);
    return true;
}

bool SegmentWriter::noteConnection(const ReadInfo &read)
{
    Continuation &known = *m_continuation;
    const bool sameSegment = known.segment == m_opening;
    if (sameSegment && known.attempt == read.attempt)
        return true;
    if (m_connectionCount == m_segment->m_capacity.connections())
        return false;
    if (known.segment == 0 || known.attempt != read.attempt)
        known.attemptStart = read.arrival;
    m_segment->m_connections[m_connectionCount] = {read.subscription, read.attempt, known.attemptStart};
    known.connection = m_connectionCount++;
    known.attempt = read.attempt;
    known.segment = m_opening;
    if (!sameSegment)
        known.idLength = 0;
    return true;
}

void SegmentWriter::endRead()
{
    m_continuation->idBegin = m_id.begin;
    m_continuation->idLength = m_id.length;
    if (m_eventInRead)
        m_continuation->lastEvent = m_arrival;
}

std::size_t SegmentWriter::bytesFor(const sse::Item &item)
{
    return bytesFor(item, needsShortCopy(item.id, item.raw));
}

std::size_t SegmentWriter::bytesFor(const sse::Item &item, bool withId)
{
    return item.leading + item.raw.size() + (item.skipped != 0 ? sizeof item.skipped : 0) +
           (needsCopy(item.data, item.raw) ? item.data.size() : 0) +
           (needsShortCopy(item.type, item.raw) ? bytesOfShortCopy(item.type) : 0) +
           (withId ? bytesOfShortCopy(item.id) : 0);
}

std::size_t SegmentWriter::bytesFor(const ConnectionChange &change)
{
    return sizeof(ConnectionDetail) + change.reason.size() + word(change.state).size();
}

std::size_t SegmentWriter::add(std::span<const sse::Item> items)
{
    std::size_t taken = 0;
    while (taken < items.size()) {
        const std::size_t run = addRun(items.subspan(taken));
        if (run == 0 && addSingle(items[taken], Kind{static_cast<std::uint8_t>(items[taken].kind)}) == nullptr)
            break;
        taken += std::max<std::size_t>(run, 1);
    }
    return taken;
}

bool SegmentWriter::joinsRun(const sse::Item &item, const char *begin, const char *end) const
{
    return firstByte(item) == end && hasRecordLeft() && distance(begin, item.raw.data()) + item.raw.size() <= room() &&
           item.skipped == 0 && (!needsShortCopy(item.id, item.raw) || isKnownId(item.id)) &&
           !needsCopy(item.data, item.raw) && !needsShortCopy(item.type, item.raw);
}

// Items that follow each other in memory and consist of nothing else than their bytes. The records are written first,
// as if the bytes were there already: nobody sees either before publish().
std::size_t SegmentWriter::addRun(std::span<const sse::Item> items)
{
    const char *const begin = firstByte(items.front());
    const char *end = begin;
    std::size_t taken = 0;
    for (; taken < items.size() && joinsRun(items[taken], begin, end); ++taken) {
        const sse::Item &item = items[taken];
        const std::uint32_t rawBegin = narrow(m_bytesUsed + distance(begin, item.raw.data()));
        addRecord(item, Kind{static_cast<std::uint8_t>(item.kind)}, rawBegin, sliceOf(item.data, item.raw, rawBegin),
            takeId(item, rawBegin), sliceOf(item.type, item.raw, rawBegin));
        end = item.raw.data() + item.raw.size();
    }
    store(begin, distance(begin, end));
    return taken;
}

Record *SegmentWriter::addSingle(const sse::Item &item, Kind kind)
{
    const bool copiesId = needsShortCopy(item.id, item.raw) && !findId(item.id);
    if (!hasRecordLeft() || bytesFor(item, copiesId) > room())
        return nullptr;
    const std::uint32_t rawBegin = store(firstByte(item), item.leading + item.raw.size()) + item.leading;
    if (item.skipped != 0)
        store(reinterpret_cast<const char *>(&item.skipped), sizeof item.skipped);
    const Slice data = needsCopy(item.data, item.raw)
                           ? Slice{store(item.data.data(), item.data.size()), narrow(item.data.size())}
                           : sliceOf(item.data, item.raw, rawBegin);
    const Slice id = takeId(item, rawBegin);
    return &addRecord(item, kind, rawBegin, data, id, takeShort(item.type, item.raw, rawBegin));
}

bool SegmentWriter::add(const ConnectionChange &change)
{
    const ConnectionDetail detail{change.retryDelay.count(), change.httpStatus};
    sse::Item item;
    item.raw = {reinterpret_cast<const char *>(&detail), sizeof detail};
    item.data = change.reason;
    item.type = word(change.state);
    Record *const record = addSingle(item, Kind::Connection);
    if (record == nullptr)
        return false;
    record->rawLength = 0;
    record->detail = static_cast<std::uint8_t>(change.state);
    return true;
}

// The last event ID string is repeated with each event after the one that set it; it is kept once.
bool SegmentWriter::findId(std::string_view id)
{
    if (isKnownId(id))
        return true;
    if (m_id.length == 0 || id != m_segment->text(m_id.begin, m_id.length))
        return false;
    m_idText = id;
    return true;
}

Slice SegmentWriter::takeId(const sse::Item &item, std::uint32_t rawBegin)
{
    if (item.id.empty())
        return {rawBegin, 0};
    if (isKnownId(item.id))
        return m_id;
    m_id = takeShort(item.id, item.raw, rawBegin);
    m_idText = item.id;
    return m_id;
}

Slice SegmentWriter::takeShort(std::string_view text, std::string_view raw, std::uint32_t rawBegin)
{
    return needsShortCopy(text, raw) ? storeShort(text) : sliceOf(text, raw, rawBegin);
}

std::uint32_t SegmentWriter::store(const char *bytes, std::size_t size)
{
    const std::uint32_t begin = narrow(m_bytesUsed);
    if (size > 0)
        std::memcpy(m_segment->m_bytes.get() + begin, bytes, size);
    m_bytesUsed += size;
    return begin;
}

Slice SegmentWriter::storeShort(std::string_view text)
{
    const std::uint32_t length = narrow(text.size());
    if (length >= longLength)
        store(reinterpret_cast<const char *>(&length), sizeof length);
    return {store(text.data(), length), length};
}

Record &SegmentWriter::addRecord(
    const sse::Item &item, Kind kind, std::uint32_t rawBegin, Slice data, Slice id, Slice type)
{
    Record &record = m_segment->m_records[m_recordCount++];
    record.rawBegin = rawBegin;
    record.rawLength = narrow(item.raw.size());
    record.dataBegin = data.begin;
    record.dataLength = data.length;
    record.idBegin = id.begin;
    record.typeBegin = type.begin;
    record.idLength = shortLength(id.length);
    record.typeLength = shortLength(type.length);
    record.read = m_readCount - 1;
    record.offsetInRead = offsetBetween(m_streamOffset, item.offset);
    record.gapSeconds = takeGap(kind);
    record.kind = static_cast<std::uint8_t>(kind) & 0xF;
    record.insideBlock = item.insideBlock;
    record.rawIncomplete = item.rawIncomplete;
    record.hasSkipped = item.skipped != 0;
    record.detail = static_cast<std::uint8_t>(item.diagnostic);
    record.leading = item.leading;
    ++m_addedByKind[static_cast<std::size_t>(kind)];
    m_eventsTooLarge += item.diagnostic == sse::Diagnostic::EventTooLarge;
    return record;
}

float SegmentWriter::takeGap(Kind kind)
{
    if (kind != Kind::Event)
        return std::numeric_limits<float>::quiet_NaN();
    m_eventInRead = true;
    return std::exchange(m_gapSeconds, 0.0F); // what came with the same read came at the same time
}

} // namespace weir::store
