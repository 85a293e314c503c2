// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/batch.h"
#include "sse/blanklinesearch.h"
#include "sse/carry.h"
#include "sse/interpreter.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::sse {

/// How much of one block the parser is willing to hold.
struct ParserLimits
{
    static constexpr std::size_t smallest = 16; ///< a lower limit counts as this

    std::size_t maxEventBytes = std::size_t{16} << 20; ///< of a block's raw
};

/// Incremental parser of the event stream format: bytes in, items out. HTML Living Standard, "Parsing an event stream"
/// and "Interpreting an event stream"; UTF-8 as in the Encoding Standard's decoder.
///
/// Total (every byte string is legal input), linear in the bytes fed, and independent of how they are cut into pieces.
/// Holds at most about twice ParserLimits::maxEventBytes. One parser serves one connection: a reconnect takes a new
/// one, seeded with the last event ID string.
///
/// Every byte is accounted for: bytes fed = Σ (leading + raw + bytes newly told as skipped) over the items that are not
/// `insideBlock`, + bufferedBytes() + untoldBytes(). Newly told are all of an item's `skipped`, but of Resynchronised
/// (and of the IncompleteBlock that ends a skipped block) only what the EventTooLarge before it did not count.
///
/// **Departs** from the standard where a monitor must show what a browser hides: comments, blocks without data and
/// ignored fields are reported; the id buffer starts with the seed, not empty, as all browsers do.
///
/// A passive value: no thread, clock or I/O. Not synchronised.
class Parser
{
public:
    explicit Parser(ParserLimits limits = {}, std::string_view lastEventId = {});

    /// Another limit from here on. What is held already stays: a block is refused for what comes after.
    void setMaxEventBytes(std::size_t bytes);

    /// Takes the next bytes of the body. Clears `out`, then fills it with what they complete. The views in `out` point
    /// into `bytes`, into the batch and into the parser: all three must stay untouched while they are used.
    void feed(std::string_view bytes, Batch &out);

    /// The body has ended: reports an unfinished block as IncompleteBlock. The parser must not be fed any more.
    void finish(Batch &out);

    /// *Last event ID string*: what a reconnect sends.
    std::string_view lastEventId() const { return m_interpreter.lastEventId(); }

    /// *Reconnection time*: the last valid `retry` of this stream, saturating; it acts at the field, not at the blank
    /// line.
    std::optional<std::chrono::milliseconds> reconnectionTime() const { return m_interpreter.reconnectionTime(); }

    /// Bytes of unfinished input held at the moment.
    std::size_t bufferedBytes() const { return m_carry.size(); }

    /// Bytes passed over because of the limit that no item has told of yet.
    std::uint64_t untoldBytes() const;

private:
    enum class Mode : std::uint8_t { Reading, SkippingBlock, SkippingLine };

    const char *step(const char *begin, const char *end, Batch &out);
    const char *settleByteOrderMark(const char *begin, const char *end);
    const char *readInPlace(const char *begin, const char *end, Batch &out);
    const char *readCarried(const char *begin, const char *end, Batch &out);
    const char *carryFrom(const Place &at, const char *end, std::uint64_t offset);
    bool takeCarriedLine(Batch &out);
    void passLimit(char crossing, Batch &out);
    void skipBlock(Batch &out);
    void dropCarried();
    const char *skipToBlankLine(const char *begin, const char *end, Batch &out);
    const char *skipToLineEnd(const char *begin, const char *end, Batch &out);
    void reportLineTooLarge(Batch &out);
    void reportIncompleteBlock(Batch &out);
    Item &skippedItem(Diagnostic diagnostic, std::uint64_t offset, Batch &out);
    /// How many bytes the block may still take.
    std::size_t room() const
    {
        const std::size_t held = m_carry.size() - m_leading;
        return held < m_limits.maxEventBytes ? m_limits.maxEventBytes - held : 0;
    }

    ParserLimits m_limits;
    Interpreter m_interpreter;
    Carry m_carry;             ///< from the first byte that no item has told of
    std::size_t m_leading = 0; ///< bytes of m_carry that come before the block
    std::size_t m_line = 0;    ///< where the current line starts in m_carry
    std::uint64_t m_tileOffset = 0;
    std::uint64_t m_position = 0; ///< bytes of the stream read so far
    std::uint64_t m_skipped = 0;  ///< bytes of the block or line that is being skipped
    std::uint64_t m_told = 0;     ///< of m_skipped
    BlankLineSearch m_search;
    Mode m_mode = Mode::Reading;
    bool m_isMarkSettled = false; ///< a byte order mark was found, or cannot come any more
    bool m_dropsLf = false;       ///< an LF that comes next belongs to a skipped line
};

} // namespace weir::sse
