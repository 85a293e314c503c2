// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/interpreter.h"

#include "sse/field.h"
#include "sse/utf8.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace weir::sse {

namespace {

/// Lines that start this close to the end of readable memory are told apart without looking ahead.
constexpr std::ptrdiff_t lookAhead = 8;

std::string_view between(const char *begin, const char *end)
{
    return {begin, static_cast<std::size_t>(end - begin)};
}

bool startsWith(const char *line, std::string_view name)
{
    return std::memcmp(line, name.data(), name.size()) == 0;
}

const char *skipSpace(const char *value)
{
    return value + (*value == ' ');
}

} // namespace

std::size_t Interpreter::takeLines(Place &at, const char *window, const LineEnds &ends, TextTraits traits,
    std::size_t limit, const char *readable, Batch &out)
{
    const std::size_t count = ends.count;
    const char *lastFast = traits.wellFormed && readable - window >= lookAhead ? readable - lookAhead : nullptr;
    Place local = at;
    std::size_t taken = 0;
    for (; taken < count; ++taken) {
        const char *eol = window + ends.at[taken];
        if (static_cast<std::size_t>(eol - local.block) >= limit) [[unlikely]]
            break;
        if (std::less_equal<>()(local.line, lastFast)) [[likely]]
            lineEnded(local, eol, traits.nulFree, out);
        else
            local = lineEndedCarefully(local, eol, traits, out);
    }
    at = local;
    return taken;
}

void Interpreter::takeLine(Place &at, const char *eol, Batch &out)
{
    at = lineEndedCarefully(at, eol, {}, out);
}

[[gnu::noinline]] Place Interpreter::lineEndedCarefully(Place at, const char *eol, TextTraits traits, Batch &out)
{
    if (eol == at.line)
        emptyLine(at, eol, out);
    else
        otherLine(at, eol, traits, out);
    return at;
}

[[gnu::always_inline]] inline void Interpreter::lineEnded(Place &at, const char *eol, bool nulFree, Batch &out)
{
    if (eol == at.line) {
        emptyLine(at, eol, out);
        return;
    }
    // No name has a line end in it, so a match never reaches behind this line.
    if (startsWith(at.line, "data:")) {
        setData(at, skipSpace(at.line + 5), eol);
    } else if (startsWith(at.line, "event:")) {
        setType(at, skipSpace(at.line + 6), eol);
    } else if (startsWith(at.line, "id:") && nulFree) {
        setId(at, skipSpace(at.line + 3), eol);
    } else {
        at = lineEndedCarefully(at, eol, {true, nulFree}, out);
        return;
    }
    at.line = eol + 1;
}

[[gnu::always_inline]] inline void Interpreter::emptyLine(Place &at, const char *eol, Batch &out)
{
    at.line = eol + 1;
    if (!m_block.seen.open) {
        at.block = at.line;
        if (at.block - at.tile == longestLeading) [[unlikely]]
            emptyLinesItem(at, out);
        return;
    }
    const bool isLfOfCrLf = *eol == '\n' && eol[-1] == '\r' && !m_block.seen.afterGap;
    if (isLfOfCrLf)
        return;
    dispatch(at, eol, out);
}

[[gnu::always_inline]] inline void Interpreter::dispatch(Place &at, const char *eol, Batch &out)
{
    const char *block = at.block;
    const auto textOf = [block](bool isSeen, Range range) {
        return isSeen ? std::string_view{block + range.begin, range.end - range.begin} : std::string_view{};
    };
    const Seen seen = m_block.seen;
    Item &item = out.appendUnset();
    item.raw = between(block, eol + 1);
    item.data = textOf(seen.data, m_block.data);
    item.type = textOf(seen.type, m_block.type);
    item.offset = at.offsetOf(block);
    item.skipped = 0;
    item.leading = static_cast<std::uint16_t>(block - at.tile);
    item.kind = seen.data ? ItemKind::Event : ItemKind::FieldsOnly;
    item.diagnostic = Diagnostic::None;
    item.insideBlock = false;
    item.rawIncomplete = false;
    if (seen.id) {
        // Twice from the parts: a copy of what was written a moment ago would wait for the store.
        const char *begin = block + m_block.id.begin;
        const std::size_t size = m_block.id.end - m_block.id.begin;
        item.id = {begin, size};
        m_id = {begin, size};
        m_idChanged = true;
    } else {
        item.id = m_id;
    }
    if (seen.isUnusual()) [[unlikely]]
        finishUnusualBlock(item, out);
    m_block.seen = {};
    at.tile = at.block = eol + 1;
}

[[gnu::noinline]] void Interpreter::finishUnusualBlock(Item &item, Batch &out)
{
    const Seen seen = m_block.seen;
    if (seen.gap) {
        item.offset -= m_block.leftOut;
        item.skipped = m_block.untold;
        item.rawIncomplete = true;
        m_block.leftOut = m_block.untold = 0;
    }
    if (seen.severalData)
        item.data = joinedData(item.raw, out);
    if (!seen.malformed)
        return;
    if (!seen.severalData)
        item.data = text(item.data, out);
    item.type = text(item.type, out);
    if (seen.id)
        m_id = item.id = text(item.id, out);
}

std::string_view Interpreter::joinedData(std::string_view raw, Batch &out) const
{
    char *joined = out.allocate(raw.size());
    char *place = joined;
    const char *end = raw.data() + raw.size();
    for (const char *line = raw.data(); line != end;) {
        const char *eol = findLineEnd(line, end);
        if (eol != line) {
            const FieldLine field = readField(between(line, eol));
            if (field.field == Field::Data) {
                place = std::copy(field.value.begin(), field.value.end(), place);
                *place++ = '\n';
            }
        }
        line = eol + 1;
    }
    // A data line is longer than its value and LF, so the room suffices; the last LF is not part of the data.
    const std::string_view all = between(joined, place - 1);
    out.giveBack(raw.size() - all.size());
    return m_block.seen.malformed ? text(all, out) : all;
}

std::string_view Interpreter::text(std::string_view bytes, Batch &out)
{
    if (isValidUtf8(bytes))
        return bytes;
    std::string decoded;
    appendDecodedUtf8(bytes, decoded);
    return out.keep(decoded);
}

[[gnu::always_inline]] inline void Interpreter::setData(const Place &at, const char *value, const char *eol)
{
    if (m_block.seen.data) {
        m_block.seen.severalData = true;
        return;
    }
    m_block.data = {static_cast<std::size_t>(value - at.block), static_cast<std::size_t>(eol - at.block)};
    m_block.seen.data = m_block.seen.open = true;
}

[[gnu::always_inline]] inline void Interpreter::setType(const Place &at, const char *value, const char *eol)
{
    m_block.type = {static_cast<std::size_t>(value - at.block), static_cast<std::size_t>(eol - at.block)};
    m_block.seen.type = m_block.seen.open = true;
}

[[gnu::always_inline]] inline void Interpreter::setId(const Place &at, const char *value, const char *eol)
{
    m_block.id = {static_cast<std::size_t>(value - at.block), static_cast<std::size_t>(eol - at.block)};
    m_block.seen.id = m_block.seen.open = true;
}

void Interpreter::refuseId(Place &at, const char *eol, Batch &out)
{
    m_block.seen.open = true;
    reportLine(at, eol, Diagnostic::NulInId, out);
}

void Interpreter::setReconnectionTime(Place &at, std::string_view value, const char *eol, Batch &out)
{
    m_block.seen.open = true;
    if (const auto time = readReconnectionTime(value))
        m_reconnectionTime = time;
    else
        reportLine(at, eol, Diagnostic::InvalidRetry, out);
}

void Interpreter::otherLine(Place &at, const char *eol, TextTraits traits, Batch &out)
{
    if (!traits.wellFormed)
        traits.wellFormed = isValidUtf8(between(at.line, eol));
    fieldLine(at, eol, traits, out);
    m_block.seen.afterGap = false;
    at.line = eol + 1;
    if (!m_block.seen.open)
        at.tile = at.block = at.line;
}

void Interpreter::fieldLine(Place &at, const char *eol, TextTraits traits, Batch &out)
{
    const FieldLine line = readField(between(at.line, eol));
    const bool isIgnoredLine = line.field == Field::Comment || line.field == Field::Unknown;
    if (!traits.wellFormed) {
        m_block.seen.malformed = m_block.seen.malformed || !isIgnoredLine;
        reportLine(at, eol, Diagnostic::InvalidUtf8, out);
    }
    if (isIgnoredLine) {
        Item &item = lineItem(at, eol, !m_block.seen.open, out);
        const bool isComment = line.field == Field::Comment;
        item.kind = isComment ? ItemKind::Comment : ItemKind::Diagnostic;
        item.diagnostic = isComment ? Diagnostic::None : Diagnostic::UnknownField;
        const std::string_view content = item.raw.substr(isComment ? 1 : 0, item.raw.size() - (isComment ? 2 : 1));
        item.data = traits.wellFormed ? content : text(content, out);
        return;
    }
    const char *value = line.value.data();
    if (line.field == Field::Data)
        setData(at, value, eol);
    else if (line.field == Field::Event)
        setType(at, value, eol);
    else if (line.field == Field::Id && (traits.nulFree || line.value.find('\0') == std::string_view::npos))
        setId(at, value, eol);
    else if (line.field == Field::Id)
        refuseId(at, eol, out);
    else
        setReconnectionTime(at, line.value, eol, out);
}

void Interpreter::reportLine(Place &at, const char *eol, Diagnostic diagnostic, Batch &out)
{
    Item &item = lineItem(at, eol, false, out);
    item.kind = ItemKind::Diagnostic;
    item.diagnostic = diagnostic;
    item.data = text(item.raw.substr(0, item.raw.size() - 1), out);
}

Item &Interpreter::lineItem(Place &at, const char *eol, bool isOwnTile, Batch &out)
{
    const std::string_view raw = between(at.line, eol + 1);
    Item &item = out.append();
    item.offset = at.offsetOf(at.line);
    item.id = m_id;
    item.insideBlock = !isOwnTile;
    item.raw = at.moves && !isOwnTile ? out.keep(raw) : raw;
    if (isOwnTile)
        item.leading = static_cast<std::uint16_t>(at.line - at.tile);
    return item;
}

[[gnu::noinline]] void Interpreter::emptyLinesItem(Place &at, Batch &out)
{
    Item &item = out.append();
    item.raw = between(at.tile, at.block);
    item.offset = at.offsetOf(at.tile);
    item.id = m_id;
    item.kind = ItemKind::Diagnostic;
    item.diagnostic = Diagnostic::EmptyLines;
    at.tile = at.block;
}

void Interpreter::leaveOut(std::uint64_t count)
{
    m_block.leftOut += count;
    m_block.seen.gap = true;
    m_block.seen.afterGap = true;
}

void Interpreter::addUntoldByte()
{
    leaveOut(1);
    ++m_block.untold;
}

void Interpreter::abandonBlock(const char *block)
{
    std::optional<std::string> id;
    if (m_block.seen.id)
        appendDecodedUtf8(between(block + m_block.id.begin, block + m_block.id.end), id.emplace());
    m_abandonedId = std::move(id);
    m_block = {};
}

void Interpreter::endAbandonedBlock(Batch &out)
{
    if (!m_abandonedId)
        return;
    m_id = out.keep(*m_abandonedId);
    m_idChanged = true;
    m_abandonedId.reset();
}

void Interpreter::discardBlock()
{
    m_block = {};
    m_abandonedId.reset();
}

void Interpreter::endFeed()
{
    if (!m_idChanged)
        return;
    m_idChanged = false;
    m_idInForce = 1 - m_idInForce;
    m_ids[m_idInForce].assign(m_id);
}

} // namespace weir::sse
