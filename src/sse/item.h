// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::sse {

/// What a stretch of an event stream turned out to be.
enum class ItemKind : std::uint8_t {
    Event,      ///< a block that dispatches an event
    Comment,    ///< one comment line; reported at its line end, also inside an unfinished block
    FieldsOnly, ///< a block that sets id, type or retry but dispatches nothing, because it has no data
    Diagnostic, ///< something that a browser would hide; see Diagnostic
};

/// Oddities that the standard tells a browser to pass over in silence and a monitor must show.
enum class Diagnostic : std::uint8_t {
    None,
    InvalidUtf8,     ///< a line had malformed UTF-8; it was decoded with U+FFFD
    InvalidRetry,    ///< a `retry` value that is not all ASCII digits; ignored
    NulInId,         ///< an `id` value with U+0000; ignored
    UnknownField,    ///< a field name that the standard does not know; ignored
    IncompleteBlock, ///< the body ended inside a block; the block is discarded
    EventTooLarge,   ///< the block passed the size limit; skipping to the next blank line. Counts as refused
    LineTooLarge,    ///< a comment or an unknown field passed the size limit; its bytes were not kept
    Resynchronised,  ///< the blank line that ends a block refused as too large was found
    EmptyLines,      ///< a run of 65,535 empty lines
};

/// One thing found in an event stream, with the exact bytes that made it.
///
/// Views are valid until the next Parser::feed() or finish() of the parser and as long as the batch is not cleared.
/// Where a text is contiguous valid UTF-8 inside the block, its view points into `raw`; otherwise it points to decoded
/// text in the batch.
///
/// Items that are not `insideBlock` tile the stream: each one's `leading` bytes follow the bytes of the item before.
struct Item
{
    std::string_view raw; ///< the bytes of the block (with its comments, up to and with the byte that ended it) or line
    std::string_view
        data;            ///< event: data buffer less its last LF; comment: what follows the colon; diagnostic: the line
    std::string_view id; ///< last event ID string at this point (also where an earlier block set it)
    std::string_view type;     ///< event type buffer; empty means `message`
    std::uint64_t offset = 0;  ///< of raw.front() in the stream, in bytes
    std::uint64_t skipped = 0; ///< EventTooLarge, LineTooLarge, Resynchronised: bytes that were not kept so far
    std::uint16_t leading =
        0; ///< bytes directly before raw that belong to no block: BOM, empty lines, the LF of a CRLF
    ItemKind kind = ItemKind::Event;
    Diagnostic diagnostic = Diagnostic::None;
    bool insideBlock = false;   ///< the bytes are also part of the block that follows
    bool rawIncomplete = false; ///< an over-long comment or unknown field was left out of raw
};

} // namespace weir::sse
