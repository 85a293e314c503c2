// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/interpreter.h"

#include "sse/field.h"
#include "sse/utf8.h"

#include <algorithm>
#include <cstring>
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
    Place local = at;
    std::size_t taken = 0;
    for (; taken < ends.count; ++taken) {
        const char *eol = window + ends.at[taken];
        if (static_cast<std::size_t>(eol - local.block) >= limit) [[unlikely]]
            break;
        lineEnded(local, eol, traits, readable, out);
    }
    at = local;
    return taken;
}

void Interpreter::takeLine(Place &at, const char *eol, Batch &out)
{
    lineEnded(at, eol, {}, at.line, out);
}

[[gnu::always_inline]] inline void Interpreter::lineEnded(
    Place &at, const char *eol, TextTraits traits, const char *readable, Batch &out)
{
    if (eol == at.line) {
        emptyLine(at, eol, out);
        return;
    }
    if (!traits.wellFormed || readable - at.line < lookAhead) [[unlikely]] {
        otherLine(at, eol, traits, out);
        return;
    }
    // No name has a line end in it, so a match never reaches behind this line.
    if (startsWith(at.line, "data:"))
        setData(at, skipSpace(at.line + 5), eol);
    else if (startsWith(at.line, "event:"))
        setType(at, skipSpace(at.line + 6), eol);
    else if (startsWith(at.line, "id:") && traits.nulFree)
        setId(at, skipSpace(at.line + 3), eol, traits, out);
    else
        otherLine(at, eol, traits, out);
    at.line = eol + 1;
}

[[gnu::always_inline]] inline void Interpreter::emptyLine(Place &at, const char *eol, Batch &out)
{
    at.line = eol + 1;
    if (!m_block.open) {
        at.block = at.line;
        if (at.block - at.tile == longestLeading) [[unlikely]]
            emptyLinesItem(at, out);
        return;
    }
    const bool isLfOfCrLf = *eol == '\n' && eol[-1] == '\r' && !m_block.afterGap;
    m_block.afterGap = false;
    if (!isLfOfCrLf)
        dispatch(at, eol, out);
}

[[gnu::always_inline]] inline void Interpreter::dispatch(Place &at, const char *eol, Batch &out)
{
    const char *block = at.block;
    const auto textAt = [block](Range range) { return std::string_view{block + range.begin, range.end - range.begin}; };
    Item &item = out.append();
    item.raw = between(block, eol + 1);
    item.offset = at.offsetOf(block);
    item.leading = static_cast<std::uint16_t>(block - at.tile);
    item.kind = m_block.dataLines != 0 ? ItemKind::Event : ItemKind::FieldsOnly;
    if (m_block.dataLines != 0)
        item.data = textAt(m_block.data);
    if (m_block.hasType)
        item.type = textAt(m_block.type);
    if (m_block.hasId) {
        m_id = textAt(m_block.id);
        m_idChanged = true;
    }
    if (m_block.dataLines > 1 || m_block.malformed || m_block.rawIncomplete) [[unlikely]]
        finishUnusualBlock(item, out);
    item.id = m_id;
    m_block = {};
    at.tile = at.block = eol + 1;
}

void Interpreter::finishUnusualBlock(Item &item, Batch &out)
{
    item.offset -= m_block.leftOut;
    item.skipped = m_block.untold;
    item.rawIncomplete = m_block.rawIncomplete;
    if (m_block.dataLines > 1)
        item.data = joinedData(item.raw, out);
    if (!m_block.malformed)
        return;
    if (m_block.dataLines == 1)
        item.data = text(item.data, out);
    item.type = text(item.type, out);
    if (m_block.hasId)
        m_id = text(m_id, out);
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
    return m_block.malformed ? text(all, out) : all;
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
    if (m_block.dataLines++ == 0)
        m_block.data = {static_cast<std::size_t>(value - at.block), static_cast<std::size_t>(eol - at.block)};
    m_block.open = true;
}

[[gnu::always_inline]] inline void Interpreter::setType(const Place &at, const char *value, const char *eol)
{
    m_block.type = {static_cast<std::size_t>(value - at.block), static_cast<std::size_t>(eol - at.block)};
    m_block.hasType = m_block.open = true;
}

[[gnu::always_inline]] inline void Interpreter::setId(
    Place &at, const char *value, const char *eol, TextTraits traits, Batch &out)
{
    m_block.open = true;
    if (!traits.nulFree && between(value, eol).find('\0') != std::string_view::npos) {
        reportLine(at, eol, Diagnostic::NulInId, out);
        return;
    }
    m_block.id = {static_cast<std::size_t>(value - at.block), static_cast<std::size_t>(eol - at.block)};
    m_block.hasId = true;
}

void Interpreter::setReconnectionTime(Place &at, std::string_view value, const char *eol, Batch &out)
{
    m_block.open = true;
    if (const auto time = readReconnectionTime(value))
        m_reconnectionTime = time;
    else
        reportLine(at, eol, Diagnostic::InvalidRetry, out);
}

[[gnu::noinline]] void Interpreter::otherLine(Place &at, const char *eol, TextTraits traits, Batch &out)
{
    if (!traits.wellFormed)
        traits.wellFormed = isValidUtf8(between(at.line, eol));
    fieldLine(at, eol, traits, out);
    m_block.afterGap = false;
    at.line = eol + 1;
    if (!m_block.open)
        at.tile = at.block = at.line;
}

void Interpreter::fieldLine(Place &at, const char *eol, TextTraits traits, Batch &out)
{
    const FieldLine line = readField(between(at.line, eol));
    const bool isIgnoredLine = line.field == Field::Comment || line.field == Field::Unknown;
    if (!traits.wellFormed) {
        m_block.malformed = m_block.malformed || !isIgnoredLine;
        reportLine(at, eol, Diagnostic::InvalidUtf8, out);
    }
    if (isIgnoredLine) {
        Item &item = lineItem(at, eol, !m_block.open, out);
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
    else if (line.field == Field::Id)
        setId(at, value, eol, traits, out);
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
    m_block.rawIncomplete = true;
    m_block.afterGap = true;
}

void Interpreter::addUntoldByte()
{
    leaveOut(1);
    ++m_block.untold;
}

void Interpreter::abandonBlock(const char *block)
{
    std::optional<std::string> id;
    if (m_block.hasId)
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
