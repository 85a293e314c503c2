// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/segment.h"
#include "store/slices.h"

#include <array>
#include <span>

namespace weir::store {

/// What the appender remembers of a subscription from one read to the next.
struct Continuation
{
    std::optional<MonotonicTime> lastEvent;
    std::uint64_t segment = 0; ///< the opening (see SegmentWriter) for which what follows holds
    std::uint32_t attempt = 0;
    MonotonicTime attemptStart;
    std::uint32_t connection = 0; ///< index into the segment's connections
    std::uint32_t idBegin = 0;    ///< the last event ID string in the segment; length 0 where it is not there yet
    std::uint32_t idLength = 0;
};

/// Fills one segment after the other; the only one who writes to them. Copies each byte once, and where items lie in
/// memory one after the other, as the parser leaves them, in one go. Nothing that it adds is visible to readers before
/// publish(). Appender thread only.
class SegmentWriter
{
public:
    /// Begins to fill `segment`. Readers of the segment before keep what was published.
    void open(std::shared_ptr<Segment> segment, EventNumber first);
    const std::shared_ptr<Segment> &segment() const { return m_segment; }

    /// Notes a read; the items added up to endRead() are its. `continuation` must live until then.
    /// False: the segment is full.
    bool beginRead(const ReadInfo &read, Continuation &continuation);
    /// Takes items until one does not fit any more; returns how many it took.
    std::size_t add(std::span<const sse::Item> items);
    /// False: it does not fit.
    bool add(const ConnectionChange &change);
    void endRead();

    /// How many bytes that takes in a segment at most.
    static std::size_t bytesFor(const sse::Item &item);
    static std::size_t bytesFor(const ConnectionChange &change);

    EventNumber next() const { return {m_segment->m_first.value + m_recordCount}; }
    std::size_t resident() const { return m_segment->m_resident; }
    /// Shows readers what was added.
    void publish();

    /// Records written so far, over all segments.
    const std::array<std::uint64_t, kindCount> &addedByKind() const { return m_addedByKind; }
    /// Diagnostics among them that stand for an event which the parser refused.
    std::uint64_t eventsTooLarge() const { return m_eventsTooLarge; }

private:
    static std::size_t bytesFor(const sse::Item &item, bool withId);
    bool noteConnection(const ReadInfo &read);
    std::size_t addRun(std::span<const sse::Item> items);
    bool joinsRun(const sse::Item &item, const char *begin, const char *end) const;
    Record *addSingle(const sse::Item &item, Kind kind);
    bool isKnownId(std::string_view id) const { return id.data() == m_idText.data() && id.size() == m_idText.size(); }
    bool findId(std::string_view id);
    Slice takeId(const sse::Item &item, std::uint32_t rawBegin);
    Slice takeShort(std::string_view text, std::string_view raw, std::uint32_t rawBegin);
    std::uint32_t store(const char *bytes, std::size_t size);
    Slice storeShort(std::string_view text);
    Record &addRecord(const sse::Item &item, Kind kind, std::uint32_t rawBegin, Slice data, Slice id, Slice type);
    float takeGap(Kind kind);

    std::size_t room() const { return m_segment->m_capacity.bytes - m_bytesUsed; }
    bool hasRecordLeft() const { return m_recordCount < m_segment->m_capacity.records; }

    std::shared_ptr<Segment> m_segment;
    std::uint64_t m_opening = 0; ///< counts open(): tells what a Continuation refers to
    std::uint32_t m_recordCount = 0;
    std::uint32_t m_readCount = 0;
    std::uint32_t m_connectionCount = 0;
    std::size_t m_bytesUsed = 0;

    Continuation *m_continuation = nullptr;
    std::uint64_t m_streamOffset = 0;
    MonotonicTime m_arrival;
    bool m_eventInRead = false;
    float m_gapSeconds = 0;
    std::string_view m_idText; ///< the view of m_id that items of this read use: same view, same text
    Slice m_id;

    std::array<std::uint64_t, kindCount> m_addedByKind{};
    std::uint64_t m_eventsTooLarge = 0;
};

} // namespace weir::store
