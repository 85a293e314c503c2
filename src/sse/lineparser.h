// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/batch.h"
#include "sse/carry.h"
#include "sse/parser.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::sse {

/// Incremental reader of JSON lines (NDJSON) and JSON text sequences (RFC 7464): each line that is not empty is an
/// event. To be used in place of a Parser, with the same promises: total, linear, independent of how the bytes are cut,
/// and every byte is accounted for in the same way.
///
/// A line ends with LF or CRLF; a CR elsewhere is data. JSON lines need no line end behind the last one, so finish()
/// takes what is left of a complete body for an event. Of an event: `data` is the line, decoded if it is malformed
/// UTF-8 (which an item before it reports, as Parser does); `raw` the line with its end; `id` the seed; `type` empty.
/// Empty lines, a byte order mark and the record separators U+001E of a sequence are leading bytes. Whether a line is
/// JSON is not checked.
///
/// A line that is longer than the limit is passed over to its end: EventTooLarge, then Resynchronised.
class LineParser
{
public:
    explicit LineParser(ParserLimits limits = {}, std::string_view lastEventId = {});

    /// Another limit from here on. What is held already stays: a block is refused for what comes after.
    void setMaxEventBytes(std::size_t bytes);

    /// As Parser::feed().
    void feed(std::string_view bytes, Batch &out);
    /// How a body ended: only a complete one may leave out its last line end.
    enum class End : std::uint8_t { Complete, Cut };
    /// The body has ended. What is left is an event if it was complete, else reported as IncompleteBlock. The parser
    /// must not be fed any more.
    void finish(Batch &out, End end = End::Complete);

    /// The seed: lines set no id.
    std::string_view lastEventId() const { return m_lastEventId; }
    /// Lines set none.
    std::optional<std::chrono::milliseconds> reconnectionTime() const { return std::nullopt; }
    std::size_t bufferedBytes() const { return m_carry.size(); }
    std::uint64_t untoldBytes() const { return m_skipped - m_told; }

private:
    /// Where a line lies: `tile` ≤ `line` ≤ `end`. The bytes from `tile` to `line` are empty lines.
    struct Place
    {
        const char *tile;
        const char *line;
        const char *end;
        std::uint64_t offset; ///< of `tile` in the stream
    };

    const char *step(const char *begin, const char *end, Batch &out);
    const char *readInPlace(const char *begin, const char *end, Batch &out);
    const char *readCarried(const char *begin, const char *end, Batch &out);
    void takeCarriedLine(Batch &out);
    bool takeLine(Place &at, bool keepsLeading, Batch &out);
    void addEvent(const Place &at, std::size_t prefix, std::string_view text, Batch &out);
    void flushEmptyLines(Place &at, bool keepsLeading, Batch &out);
    void beginSkipping(Batch &out);
    const char *skipToLineEnd(const char *begin, const char *end, Batch &out);
    void reportIncompleteLine(Batch &out);
    Item &diagnosticItem(Diagnostic diagnostic, std::uint64_t offset, Batch &out);
    std::size_t room() const
    {
        const std::size_t held = m_carry.size() - m_leading;
        return held < m_limits.maxEventBytes ? m_limits.maxEventBytes - held : 0;
    }

    ParserLimits m_limits;
    std::string m_lastEventId;
    Carry m_carry;                  ///< from the first byte that no item has told of
    std::size_t m_leading = 0;      ///< bytes of m_carry that come before the line
    std::uint64_t m_tileOffset = 0; ///< of m_carry in the stream
    std::uint64_t m_position = 0;   ///< bytes of the stream read so far
    std::uint64_t m_skipped = 0;    ///< bytes of the line that is being skipped
    std::uint64_t m_told = 0;       ///< of m_skipped
    bool m_isSkipping = false;
};

} // namespace weir::sse
