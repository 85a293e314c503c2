// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/lineparser.h"

#include "sse/interpreter.h"
#include "sse/utf8.h"

#include <algorithm>
#include <cstring>

namespace weir::sse {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr char recordSeparator = '\x1E';
/// RFC 7464 takes several separators in a row for one; so many are looked for.
constexpr std::size_t mostSeparators = 256;

std::size_t distance(const char *begin, const char *end)
{
    return static_cast<std::size_t>(end - begin);
}

/// Behind the next LF, or null.
const char *behindLineEnd(const char *begin, const char *end)
{
    const auto *lf = static_cast<const char *>(std::memchr(begin, '\n', distance(begin, end)));
    return lf == nullptr ? nullptr : lf + 1;
}

/// Without LF, CRLF, or the CR of a CRLF that was cut.
std::string_view withoutLineEnd(std::string_view line)
{
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

std::size_t prefixLength(std::string_view text, bool isFirstLine)
{
    const std::size_t mark = isFirstLine && text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    const std::size_t most = std::min(text.size(), mark + mostSeparators);
    std::size_t length = mark;
    while (length < most && text[length] == recordSeparator)
        ++length;
    return length;
}

} // namespace

LineParser::LineParser(ParserLimits limits, std::string_view lastEventId)
    : m_limits{std::max(limits.maxEventBytes, ParserLimits::smallest)}
    , m_lastEventId(lastEventId)
    , m_carry(m_limits.maxEventBytes + Interpreter::longestLeading + 1)
{}

void LineParser::setMaxEventBytes(std::size_t bytes)
{
    m_limits.maxEventBytes = std::max(bytes, ParserLimits::smallest);
    m_carry.setLimit(m_limits.maxEventBytes + Interpreter::longestLeading + 1);
}

void LineParser::feed(std::string_view bytes, Batch &out)
{
    out.clear();
    m_carry.release();
    const char *next = bytes.data();
    const char *end = next + bytes.size();
    while (next != end) {
        const char *stop = step(next, end, out);
        m_position += distance(next, stop);
        next = stop;
    }
}

const char *LineParser::step(const char *begin, const char *end, Batch &out)
{
    if (m_isSkipping)
        return skipToLineEnd(begin, end, out);
    return m_carry.empty() ? readInPlace(begin, end, out) : readCarried(begin, end, out);
}

const char *LineParser::readInPlace(const char *begin, const char *end, Batch &out)
{
    Place at{begin, begin, nullptr, m_position};
    const char *stop = end;
    while (at.line != end) {
        at.end = behindLineEnd(at.line, end);
        if (distance(at.line, at.end != nullptr ? at.end : end) > m_limits.maxEventBytes)
            stop = at.line + m_limits.maxEventBytes;
        if (at.end == nullptr || stop != end)
            break;
        takeLine(at, true, out);
    }
    m_carry.append(at.tile, stop);
    m_leading = distance(at.tile, at.line);
    m_tileOffset = at.offset;
    if (stop != end)
        beginSkipping(out);
    return stop;
}

const char *LineParser::readCarried(const char *begin, const char *end, Batch &out)
{
    const char *behind = behindLineEnd(begin, end);
    const char *stop = behind != nullptr ? behind : end;
    if (distance(begin, stop) > room()) {
        stop = begin + room();
        m_carry.append(begin, stop);
        beginSkipping(out);
        return stop;
    }
    m_carry.append(begin, stop);
    if (behind != nullptr)
        takeCarriedLine(out);
    return stop;
}

void LineParser::takeCarriedLine(Batch &out)
{
    const char *begin = m_carry.data();
    Place at{begin, begin + m_leading, begin + m_carry.size(), m_tileOffset};
    if (takeLine(at, false, out)) {
        m_carry.handOver();
        m_leading = 0;
        return;
    }
    if (at.tile != begin) {
        const std::string rest(at.tile, at.line);
        m_carry.clear();
        m_carry.append(rest.data(), rest.data() + rest.size());
        m_tileOffset = at.offset;
    }
    m_leading = m_carry.size();
}

/// Moves `at` behind the line. False if it is empty. `keepsLeading`: the bytes before it stay where they are as long as
/// the batch.
bool LineParser::takeLine(Place &at, bool keepsLeading, Batch &out)
{
    const std::string_view text = withoutLineEnd({at.line, distance(at.line, at.end)});
    const std::size_t prefix = prefixLength(text, at.offset + distance(at.tile, at.line) == 0);
    const bool isEmpty = prefix == text.size();
    const std::size_t toLead = isEmpty ? distance(at.line, at.end) : prefix;
    if (distance(at.tile, at.line) + toLead > static_cast<std::size_t>(Interpreter::longestLeading))
        flushEmptyLines(at, keepsLeading, out);
    if (!isEmpty) {
        addEvent(at, prefix, text.substr(prefix), out);
        at.offset += distance(at.tile, at.end);
        at.tile = at.end;
    }
    at.line = at.end;
    return !isEmpty;
}

void LineParser::addEvent(const Place &at, std::size_t prefix, std::string_view text, Batch &out)
{
    const char *begin = at.line + prefix;
    const bool isWellFormed = isValidUtf8(text);
    Item event;
    event.raw = {begin, distance(begin, at.end)};
    event.data = isWellFormed ? text : Interpreter::text(text, out);
    event.id = m_lastEventId;
    event.offset = at.offset + distance(at.tile, begin);
    if (!isWellFormed) {
        Item &report = out.append();
        report = event;
        report.kind = ItemKind::Diagnostic;
        report.diagnostic = Diagnostic::InvalidUtf8;
        report.insideBlock = true;
    }
    event.leading = static_cast<std::uint16_t>(distance(at.tile, begin));
    out.add(event);
}

void LineParser::flushEmptyLines(Place &at, bool keepsLeading, Batch &out)
{
    const std::string_view lines{at.tile, distance(at.tile, at.line)};
    Item &item = diagnosticItem(Diagnostic::EmptyLines, at.offset, out);
    item.raw = keepsLeading ? lines : out.keep(lines);
    at.offset += lines.size();
    at.tile = at.line;
}

void LineParser::beginSkipping(Batch &out)
{
    const std::string_view leading = out.keep(m_carry.view().substr(0, m_leading));
    Item &item = diagnosticItem(Diagnostic::EventTooLarge, m_tileOffset + m_leading, out);
    item.raw = leading.substr(leading.size());
    item.leading = static_cast<std::uint16_t>(leading.size());
    m_skipped = m_carry.size() - m_leading;
    m_told = m_skipped + 1; // the byte that passes the limit is read next
    item.skipped = m_told;
    m_carry.clear();
    m_leading = 0;
    m_isSkipping = true;
}

const char *LineParser::skipToLineEnd(const char *begin, const char *end, Batch &out)
{
    const char *behind = behindLineEnd(begin, end);
    const char *stop = behind != nullptr ? behind : end;
    m_skipped += distance(begin, stop);
    if (behind != nullptr) {
        diagnosticItem(Diagnostic::Resynchronised, m_position + distance(begin, stop), out).skipped = m_skipped;
        m_skipped = m_told = 0;
        m_isSkipping = false;
    }
    return stop;
}

void LineParser::finish(Batch &out, End end)
{
    out.clear();
    m_carry.release();
    if (m_isSkipping)
        diagnosticItem(Diagnostic::IncompleteBlock, m_position, out).skipped = m_skipped;
    else if (m_carry.size() > m_leading && end == End::Cut)
        reportIncompleteLine(out);
    else if (m_carry.size() > m_leading)
        takeCarriedLine(out);
    m_skipped = m_told = 0;
    m_isSkipping = false;
}

void LineParser::reportIncompleteLine(Batch &out)
{
    Item &item = diagnosticItem(Diagnostic::IncompleteBlock, m_tileOffset + m_leading, out);
    item.raw = m_carry.view().substr(m_leading);
    item.leading = static_cast<std::uint16_t>(m_leading);
    item.data = Interpreter::text(item.raw, out);
    m_carry.handOver();
    m_leading = 0;
}

Item &LineParser::diagnosticItem(Diagnostic diagnostic, std::uint64_t offset, Batch &out)
{
    Item &item = out.append();
    item.id = m_lastEventId;
    item.offset = offset;
    item.kind = ItemKind::Diagnostic;
    item.diagnostic = diagnostic;
    return item;
}

} // namespace weir::sse
