// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/parser.h"

#include "sse/field.h"
#include "sse/linescanner.h"
#include "sse/utf8.h"

#include <algorithm>
#include <utility>

namespace weir::sse {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::size_t distance(const char *begin, const char *end)
{
    return static_cast<std::size_t>(end - begin);
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

Parser::Parser(ParserLimits limits, std::string_view lastEventId)
    : m_limits{std::max(limits.maxEventBytes, ParserLimits::smallest)}
    , m_interpreter(lastEventId)
    , m_carry(m_limits.maxEventBytes + Interpreter::longestLeading + 1)
{}

void Parser::setMaxEventBytes(std::size_t bytes)
{
    m_limits.maxEventBytes = std::max(bytes, ParserLimits::smallest);
    m_carry.setLimit(m_limits.maxEventBytes + Interpreter::longestLeading + 1);
}

void Parser::feed(std::string_view bytes, Batch &out)
{
    out.clear();
    m_carry.release();
    m_interpreter.beginFeed();
    const char *next = bytes.data();
    const char *end = next + bytes.size();
    if (!m_isMarkSettled)
        next = settleByteOrderMark(next, end);
    while (next != end) {
        const char *stop = step(next, end, out);
        m_position += distance(next, stop);
        next = stop;
    }
    m_interpreter.endFeed();
}

const char *Parser::step(const char *begin, const char *end, Batch &out)
{
    if (m_mode == Mode::SkippingBlock)
        return skipToBlankLine(begin, end, out);
    if (m_mode == Mode::SkippingLine)
        return skipToLineEnd(begin, end, out);
    return m_carry.empty() ? readInPlace(begin, end, out) : readCarried(begin, end, out);
}

const char *Parser::settleByteOrderMark(const char *begin, const char *end)
{
    const std::string_view missing = byteOrderMark.substr(m_carry.size());
    const std::string_view seen{begin, std::min(missing.size(), distance(begin, end))};
    if (!missing.starts_with(seen)) {
        m_isMarkSettled = true;
        return begin;
    }
    m_carry.append(begin, begin + seen.size());
    m_position += seen.size();
    if (seen.size() == missing.size()) {
        m_isMarkSettled = true;
        m_leading = m_line = byteOrderMark.size();
    }
    return begin + seen.size();
}

const char *Parser::readInPlace(const char *begin, const char *end, Batch &out)
{
    const std::uint64_t offset = m_position;
    Place at = Place::at(begin, offset);
    LineEnds ends;
    bool plain = true; // of all windows from the current line's on
    for (const char *window = begin; window != end;) {
        const std::size_t size = std::min(LineEnds::windowSize, distance(window, end));
        findLineEnds(window, size, ends);
        plain = plain && ends.plain;
        if (ends.count != 0) {
            // Lines are cut at ASCII bytes, so they are well-formed if the stretch that they make up is.
            const char *lastEnd = window + ends.at[ends.count - 1];
            const bool wellFormed = plain || isValidUtf8({at.line, distance(at.line, lastEnd)});
            const TextTraits traits{wellFormed, plain};
            if (m_interpreter.takeLines(at, window, ends, traits, m_limits.maxEventBytes, end, out) != ends.count)
                break;
            plain = ends.plain;
        }
        window += size;
    }
    const char *stop = carryFrom(at, end, at.offsetOf(at.tile));
    if (stop != end)
        passLimit(*stop, out);
    return stop;
}

/// Takes over the unfinished block, as much of it as the limit allows. Returns where that ends.
const char *Parser::carryFrom(const Place &at, const char *end, std::uint64_t offset)
{
    const char *stop = at.block + std::min(m_limits.maxEventBytes, distance(at.block, end));
    m_carry.append(at.tile, stop);
    m_leading = distance(at.tile, at.block);
    m_line = distance(at.tile, at.line);
    m_tileOffset = offset;
    return stop;
}

const char *Parser::readCarried(const char *begin, const char *end, Batch &out)
{
    if (m_dropsLf) {
        m_dropsLf = false;
        if (*begin == '\n') {
            m_interpreter.addUntoldByte();
            return begin + 1;
        }
    }
    const char *eol = findLineEnd(begin, end);
    const char *stop = eol == end ? end : eol + 1;
    if (distance(begin, stop) > room()) {
        stop = begin + room();
        m_carry.append(begin, stop);
        passLimit(*stop, out);
        return stop;
    }
    m_carry.append(begin, stop);
    if (eol != end && takeCarriedLine(out)) {
        m_carry.handOver();
        m_leading = m_line = 0;
    }
    return stop;
}

/// True if the line completed an item that covers all that was carried.
bool Parser::takeCarriedLine(Batch &out)
{
    const char *bytes = m_carry.data();
    Place at = Place::at(bytes, m_tileOffset + m_interpreter.leftOutBytes());
    at.block = bytes + m_leading;
    at.line = bytes + m_line;
    at.moves = true;
    m_interpreter.takeLine(at, bytes + m_carry.size() - 1, out);
    m_leading = distance(bytes, at.block);
    m_line = distance(bytes, at.line);
    return at.tile != bytes;
}

/// The block has reached the limit and is not over: `crossing` is its next byte. A line that means nothing is left out;
/// else the block is given up.
void Parser::passLimit(char crossing, Batch &out)
{
    const bool isWhole = isLineEnd(crossing);
    const std::size_t held = m_carry.size();
    if (!isWhole)
        m_carry.append(&crossing, &crossing + 1);
    const bool canLeaveOut = isIgnored(m_carry.view().substr(m_line), isWhole);
    m_carry.truncate(canLeaveOut ? m_line : held);
    if (!canLeaveOut) {
        skipBlock(out);
        return;
    }
    m_skipped = held - m_line;
    m_mode = Mode::SkippingLine;
}

void Parser::skipBlock(Batch &out)
{
    const bool isLineEmpty = m_line == m_carry.size();
    const bool isAfterCr =
        isLineEmpty && m_interpreter.isBlockOpen() && m_carry.view().ends_with('\r') && !m_interpreter.isAfterGap();
    m_search = {isLineEmpty, isAfterCr};
    m_skipped = m_carry.size() - m_leading + m_interpreter.untoldBytes();
    m_told = m_skipped + 1;
    skippedItem(Diagnostic::EventTooLarge, m_tileOffset + m_leading, out).skipped = m_told;
    m_interpreter.abandonBlock(m_carry.data() + m_leading);
    dropCarried();
    m_mode = Mode::SkippingBlock;
}

const char *Parser::skipToBlankLine(const char *begin, const char *end, Batch &out)
{
    const char *found = m_search.find(begin, end);
    const char *stop = found != nullptr ? found : end;
    m_skipped += distance(begin, stop);
    if (found != nullptr) {
        m_interpreter.endAbandonedBlock(out);
        skippedItem(Diagnostic::Resynchronised, m_position + distance(begin, stop), out).skipped = m_skipped;
        m_skipped = m_told = 0;
        m_mode = Mode::Reading;
    }
    return stop;
}

const char *Parser::skipToLineEnd(const char *begin, const char *end, Batch &out)
{
    const char *eol = findLineEnd(begin, end);
    const char *stop = eol == end ? end : eol + 1;
    m_skipped += distance(begin, stop);
    if (eol != end) {
        reportLineTooLarge(out);
        m_dropsLf = *eol == '\r' && m_interpreter.isBlockOpen();
        m_mode = Mode::Reading;
    }
    return stop;
}

void Parser::finish(Batch &out)
{
    out.clear();
    m_carry.release();
    m_interpreter.beginFeed();
    if (m_mode == Mode::SkippingLine)
        reportLineTooLarge(out);
    if (m_mode == Mode::SkippingBlock)
        skippedItem(Diagnostic::IncompleteBlock, m_position, out).skipped = m_skipped;
    else if (m_carry.size() > m_leading)
        reportIncompleteBlock(out);
    m_interpreter.discardBlock();
    m_skipped = m_told = 0;
    m_mode = Mode::Reading;
    m_interpreter.endFeed();
}

void Parser::reportLineTooLarge(Batch &out)
{
    const std::uint64_t offset = m_tileOffset + m_line + m_interpreter.leftOutBytes();
    if (m_interpreter.isBlockOpen()) {
        const std::size_t leading = std::exchange(m_leading, 0);
        skippedItem(Diagnostic::LineTooLarge, offset, out).skipped = m_skipped;
        m_leading = leading;
        m_interpreter.leaveOut(m_skipped);
    } else {
        skippedItem(Diagnostic::LineTooLarge, offset, out).skipped = m_skipped;
        dropCarried();
    }
    m_skipped = 0;
}

void Parser::reportIncompleteBlock(Batch &out)
{
    Item &item = out.append();
    item.raw = m_carry.view().substr(m_leading);
    item.data = m_interpreter.text(item.raw, out);
    item.id = m_interpreter.id();
    item.offset = m_tileOffset + m_leading;
    item.skipped = m_interpreter.untoldBytes();
    item.leading = static_cast<std::uint16_t>(m_leading);
    item.kind = ItemKind::Diagnostic;
    item.diagnostic = Diagnostic::IncompleteBlock;
    item.rawIncomplete = m_interpreter.leftOutBytes() != 0;
    m_carry.handOver();
    m_leading = m_line = 0;
}

/// An item for bytes that were not kept; only the leading ones before them were.
Item &Parser::skippedItem(Diagnostic diagnostic, std::uint64_t offset, Batch &out)
{
    const std::string_view leading = out.keep(m_carry.view().substr(0, m_leading));
    Item &item = out.append();
    item.raw = leading.substr(leading.size());
    item.id = m_interpreter.id();
    item.offset = offset;
    item.leading = static_cast<std::uint16_t>(leading.size());
    item.kind = ItemKind::Diagnostic;
    item.diagnostic = diagnostic;
    return item;
}

void Parser::dropCarried()
{
    m_carry.clear();
    m_leading = m_line = 0;
}

std::uint64_t Parser::untoldBytes() const
{
    return m_skipped - m_told + m_interpreter.untoldBytes();
}

} // namespace weir::sse
