// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/item.h"
#include "store/record.h"

#include <optional>
#include <string_view>

namespace weir::store {

class Segment;

/// What a Connection record says.
struct ConnectionChange
{
    ConnectionState state = ConnectionState::Idle;
    int httpStatus = 0;                     ///< 0: no response
    std::chrono::milliseconds retryDelay{}; ///< Waiting: until the next attempt
    std::string_view reason;                ///< plain words, UTF-8
};

/// A record as its readers see it: a pair of pointers. Valid as long as the segment (hold a Snapshot). Any thread.
class EventView
{
public:
    EventView(const Segment &segment, std::uint32_t index)
        : m_segment(&segment)
        , m_index(index)
    {}

    EventNumber number() const;
    Kind kind() const;
    SubscriptionId subscription() const;
    std::uint32_t attempt() const;
    MonotonicTime attemptStart() const; ///< when the first record or read of the attempt came: connecting
    MonotonicTime arrival() const;
    std::optional<std::chrono::nanoseconds> gap() const; ///< precise to about seven digits

    /// As dispatched: `message` for an event whose type buffer is empty. Connection: the state in one word.
    std::string_view type() const;
    std::string_view typeBuffer() const; ///< as received: empty where type() is `message` for want of another
    std::string_view id() const;         ///< last event ID string
    std::string_view data() const; ///< event: data; comment: text after the colon; diagnostic: line; connection: reason
    std::string_view raw() const;  ///< the exact bytes of the block or line
    std::string_view rawWithLeading() const; ///< what a byte-exact export writes
    bool insideBlock() const; ///< the bytes belong to a later block too: a byte-exact export leaves them out
    bool rawIncomplete() const;

    sse::Diagnostic diagnostic() const;
    std::uint64_t skipped() const;       ///< of a diagnostic about size: bytes that were not kept
    ConnectionChange connection() const; ///< only of Kind::Connection

    const Read &read() const;
    std::int32_t offsetInRead() const;

private:
    const Record &record() const;

    const Segment *m_segment;
    std::uint32_t m_index;
};

} // namespace weir::store
