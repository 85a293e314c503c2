// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/batch.h"
#include "sse/linescanner.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::sse {

/// Where the unfinished part of the stream lies in memory: `tile` ≤ `block` ≤ `line`. The bytes from `tile` to `block`
/// belong to no block; the line that is read next starts at `line`.
struct Place
{
    const char *tile = nullptr;
    const char *block = nullptr;
    const char *line = nullptr;
    std::uint64_t origin = 0; ///< offset in the stream less address, modulo 2^64, so that moving `tile` costs nothing
    bool moves = false;       ///< the bytes of an unfinished block may move within this feed: views need copies

    /// A place that starts at `tile`, which is `offset` bytes into the stream.
    static Place at(const char *tile, std::uint64_t offset)
    {
        return {tile, tile, tile, offset - reinterpret_cast<std::uintptr_t>(tile), false};
    }
    std::uint64_t offsetOf(const char *byte) const { return origin + reinterpret_cast<std::uintptr_t>(byte); }
};

/// What is known of the bytes of some lines.
struct TextTraits
{
    bool wellFormed = false; ///< known to be valid UTF-8
    bool nulFree = false;    ///< known to have no NUL
};

/// Turns lines into items: HTML Living Standard, "Interpreting an event stream". Keeps the state of the unfinished
/// block as distances from its first byte, so that the block may lie anywhere and may move between calls.
class Interpreter
{
public:
    /// The longest run of bytes that belong to no block; then they become an item of their own.
    static constexpr std::ptrdiff_t longestLeading = 65535;

    explicit Interpreter(std::string_view lastEventId) { m_ids[0] = lastEventId; }

    /// To be called around the lines of one feed. The ids of the items point into the parser from one to the other.
    void beginFeed() { m_id = m_ids[m_idInForce]; }
    void endFeed();

    /// Takes lines of one window, until one would take the block past `limit` bytes. `readable`: the bytes behind the
    /// window that may be looked at. Returns how many lines were taken.
    std::size_t takeLines(Place &at, const char *window, const LineEnds &ends, TextTraits traits, std::size_t limit,
        const char *readable, Batch &out);

    /// Takes the line that ends at `eol`, which must lie within the limit.
    void takeLine(Place &at, const char *eol, Batch &out);

    /// True if the block has begun: a field that the standard knows was seen.
    bool isBlockOpen() const { return m_block.seen.open; }
    /// True if the byte before the current line is not the end of the line before.
    bool isAfterGap() const { return m_block.seen.afterGap; }

    /// Leaves `count` bytes out of the block: they came right before the line that is read next.
    void leaveOut(std::uint64_t count);
    /// Bytes that are missing in the block's raw and that no item has told of.
    std::uint64_t untoldBytes() const { return m_block.untold; }
    void addUntoldByte();

    /// Gives up the block, but not the id it has set: that waits for the blank line.
    void abandonBlock(const char *block);
    /// The blank line that ends an abandoned block.
    void endAbandonedBlock(Batch &out);
    /// `bytes` if they are valid UTF-8, else their decoded text, which the batch keeps.
    static std::string_view text(std::string_view bytes, Batch &out);

    /// Forgets the block with its id.
    void discardBlock();

    /// Bytes of the block left out so far: what to subtract to get from the place of a line to that of its block.
    std::uint64_t leftOutBytes() const { return m_block.leftOut; }

    /// *Last event ID string* within a feed.
    std::string_view id() const { return m_id; }
    std::string_view lastEventId() const { return m_ids[m_idInForce]; }
    std::optional<std::chrono::milliseconds> reconnectionTime() const { return m_reconnectionTime; }

private:
    struct Range
    {
        std::size_t begin;
        std::size_t end;
    };
    /// What a block says so far. All false at its start.
    struct Seen
    {
        bool open = false;
        bool type = false;
        bool id = false;
        bool severalData = false;
        bool malformed = false; ///< some field is not valid UTF-8
        bool gap = false;       ///< something was left out
        bool afterGap = false;  ///< right before the current line
        bool data = false;

        bool isUnusual() const { return severalData | malformed | gap; }
    };
    struct Block
    {
        Seen seen;
        Range data; ///< of the first data line; as the next two, only set if seen
        Range type;
        Range id;
        std::uint64_t leftOut;
        std::uint64_t untold;
    };

    void lineEnded(Place &at, const char *eol, bool nulFree, Batch &out);
    Place lineEndedCarefully(Place at, const char *eol, TextTraits traits, Batch &out);
    void emptyLine(Place &at, const char *eol, Batch &out);
    void dispatch(Place &at, const char *eol, Batch &out);
    void finishUnusualBlock(Item &item, Batch &out);
    void otherLine(Place &at, const char *eol, TextTraits traits, Batch &out);
    void fieldLine(Place &at, const char *eol, TextTraits traits, Batch &out);
    void setData(const Place &at, const char *value, const char *eol);
    void setType(const Place &at, const char *value, const char *eol);
    void setId(const Place &at, const char *value, const char *eol);
    void refuseId(Place &at, const char *eol, Batch &out);
    void setReconnectionTime(Place &at, std::string_view value, const char *eol, Batch &out);
    void reportLine(Place &at, const char *eol, Diagnostic diagnostic, Batch &out);
    Item &lineItem(Place &at, const char *eol, bool isOwnTile, Batch &out);
    void emptyLinesItem(Place &at, Batch &out);
    std::string_view joinedData(std::string_view raw, Batch &out) const;

    Block m_block{};
    std::string_view m_id;            ///< in force, within a feed
    std::array<std::string, 2> m_ids; ///< the other one stays readable for the items of the latest feed
    std::size_t m_idInForce = 0;
    bool m_idChanged = false;
    std::optional<std::string> m_abandonedId;
    std::optional<std::chrono::milliseconds> m_reconnectionTime;
};

} // namespace weir::sse
