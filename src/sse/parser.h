// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/batch.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::sse {

/// How much of one block the parser is willing to hold.
struct ParserLimits
{
    std::size_t maxEventBytes = std::size_t{16} << 20;
};

/// Incremental parser of the event stream format: bytes in, items out. HTML Living Standard, "Parsing an event stream"
/// and "Interpreting an event stream"; UTF-8 as in the Encoding Standard's decoder.
///
/// Total (every byte string is legal input), linear in the bytes fed, and independent of how they are cut into pieces.
/// Holds at most about twice ParserLimits::maxEventBytes. One parser serves one connection: a reconnect takes a new
/// one, seeded with the last event ID string.
///
/// **Departs** from the standard where a monitor must show what a browser hides: comments, blocks without data and
/// ignored fields are reported; the id buffer starts with the seed, not empty, as all browsers do.
///
/// A passive value: no thread, clock or I/O. Not synchronised.
class Parser
{
public:
    explicit Parser(ParserLimits limits = {}, std::string_view lastEventId = {});

    /// Takes the next bytes of the body. Clears `out`, then fills it with what they complete. The views in `out` point
    /// into `bytes`, into the batch and into the parser: all three must stay untouched while they are used.
    void feed(std::string_view bytes, Batch &out);

    /// The body has ended: reports an unfinished block as IncompleteBlock. The parser must not be fed any more.
    void finish(Batch &out);

    /// *Last event ID string*: what a reconnect sends.
    std::string_view lastEventId() const { return m_lastEventId; }

    /// *Reconnection time*: the last valid `retry` of this stream, saturating; it acts at the field, not at the blank
    /// line.
    std::optional<std::chrono::milliseconds> reconnectionTime() const { return m_reconnectionTime; }

    /// Bytes of unfinished input held at the moment.
    std::size_t bufferedBytes() const;

private:
    // The implementation's state.
    ParserLimits m_limits;
    std::string m_lastEventId;
    std::optional<std::chrono::milliseconds> m_reconnectionTime;
};

} // namespace weir::sse
