// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/replayreader.h"

#include "sse/parser.h"
#include "store/wirereads.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

namespace {

/// Records looked at before others have their turn.
constexpr int mostRecords = 20'000;
/// A block that spans more reads than this is sent with its first bytes in one piece.
constexpr std::size_t mostReads = 1 << 16;
constexpr std::string_view byteOrderMarkBytes = "\xEF\xBB\xBF";
/// No id can be this, so it tells whether a block sets one.
constexpr std::string_view noId = "\n";

QByteArray toByteArray(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// Its bytes begin somewhere in the middle of a response that has begun already.
std::string_view withoutMark(const store::EventView &record)
{
    std::string_view bytes = record.rawWithLeading();
    const bool hasMark =
        bytes.size() - record.raw().size() >= byteOrderMarkBytes.size() && bytes.starts_with(byteOrderMarkBytes);
    return hasMark ? bytes.substr(byteOrderMarkBytes.size()) : bytes;
}

} // namespace

ReplayReader::ReplayReader(ReplaySource source, ReplayOptions::Form form, bool keepsReads)
    : m_source(std::move(source))
    , m_form(form)
    , m_keepsReads(keepsReads && form == ReplayOptions::Form::AsReceived)
    , m_position(m_source.begin)
{}

void ReplayReader::seek(store::EventNumber number)
{
    m_position = std::clamp(number, m_source.begin, m_source.end);
    m_read.reset();
    m_ready.clear();
}

store::EventNumber ReplayReader::position() const
{
    if (!m_ready.empty())
        return m_ready.front().number;
    return m_read ? m_read->item.number : m_position;
}

std::optional<store::EventView> ReplayReader::nextRecord()
{
    if (m_position < m_snapshot.begin()) {
        const auto first = std::min(m_snapshot.begin(), m_source.end);
        m_evicted += first.value - m_position.value;
        m_position = first;
    }
    if (m_source.nextRow && m_position < m_source.end)
        m_position = m_source.nextRow(m_position).value_or(m_source.end);
    if (m_position >= m_source.end || !m_snapshot.contains(m_position)) {
        m_position = m_source.end;
        return std::nullopt;
    }
    return m_snapshot.at({m_position.value++});
}

ReplayReader::Outcome ReplayReader::next(ReplayItem &item)
{
    for (int looked = 0; looked < mostRecords; ++looked) {
        if (!m_ready.empty()) {
            item = std::move(m_ready.front());
            m_ready.pop_front();
            return Outcome::Item;
        }
        const auto record = nextRecord();
        if (!record && !m_read)
            return Outcome::End;
        if (!record) {
            closeRead();
            continue;
        }
        const bool isMeant = !m_source.subscription || record->subscription() == *m_source.subscription;
        if (!isMeant || record->kind() == store::Kind::Connection)
            continue;
        item = {record->arrival(), record->number(), {}, {}, record->kind() == store::Kind::Event ? 1U : 0U};
        if (m_keepsReads)
            addReads(*record);
        else if (m_form == ReplayOptions::Form::AsReceived ? makeBlock(*record, item) : makeMessage(*record, item))
            return Outcome::Item;
    }
    return Outcome::NotYet;
}

/// Its bytes are in the log, and in no other record.
bool ReplayReader::isWhole(const store::EventView &record)
{
    using sse::Diagnostic;
    if (record.insideBlock())
        return false;
    switch (record.diagnostic()) {
    case Diagnostic::IncompleteBlock: // would run into the block that follows
    case Diagnostic::EventTooLarge:
    case Diagnostic::LineTooLarge:
    case Diagnostic::Resynchronised:
        ++m_incomplete;
        return false;
    default:
        m_incomplete += record.rawIncomplete() ? 1U : 0U;
        return !record.rawIncomplete();
    }
}

bool ReplayReader::makeBlock(const store::EventView &record, ReplayItem &item)
{
    if (!isWhole(record) || record.raw().empty())
        return false;
    item.bytes = toByteArray(record.raw());
    return true;
}

bool ReplayReader::makeMessage(const store::EventView &record, ReplayItem &item) const
{
    if (record.kind() == store::Kind::Diagnostic)
        return false;
    if (record.kind() == store::Kind::Comment) {
        const std::string_view text = record.data();
        item.message.comment = text.substr(text.starts_with(' ') ? 1 : 0);
        return true;
    }
    sse::Parser parser({record.raw().size() + sse::ParserLimits::smallest}, noId);
    sse::Batch batch;
    parser.feed(record.raw(), batch);
    item.message.retry = parser.reconnectionTime();
    if (parser.lastEventId() != noId)
        item.message.id = parser.lastEventId();
    if (record.kind() == store::Kind::Event) {
        item.message.type = record.typeBuffer();
        item.message.data = record.data();
    }
    return item.message.data || item.message.id || item.message.retry;
}

void ReplayReader::addReads(const store::EventView &record)
{
    if (!isWhole(record))
        return;
    const auto reads = store::readsOf(m_snapshot, record.number(), mostReads, store::RecordBytes::WithLeading);
    std::string_view bytes = record.rawWithLeading();
    std::size_t known = 0;
    for (const store::ReadPart &part : reads.parts)
        known += part.length;
    // What came in reads that are no longer held goes with the first one that is.
    std::size_t before = bytes.size() - std::min(known, bytes.size());
    std::size_t mark = bytes.size() - withoutMark(record).size();
    for (const store::ReadPart &part : reads.parts) {
        const std::size_t length = std::min<std::size_t>(part.length + std::exchange(before, 0), bytes.size());
        const std::size_t skipped = std::min(mark, length);
        addPiece(record, part.number, part.arrival, bytes.substr(skipped, length - skipped));
        mark -= skipped;
        bytes.remove_prefix(length);
    }
    if (!bytes.empty())
        addPiece(record, record.read().number, record.arrival(), bytes);
    if (m_read && record.kind() == store::Kind::Event)
        ++m_read->item.events;
}

void ReplayReader::addPiece(
    const store::EventView &record, std::uint32_t read, store::MonotonicTime arrival, std::string_view piece)
{
    const bool continues = m_read && m_read->number == read && m_read->attempt == record.attempt() &&
                           m_read->subscription == record.subscription();
    if (!continues) {
        closeRead();
        m_read = OpenRead{record.subscription(), record.attempt(), read, {arrival, record.number(), {}, {}, 0}};
    }
    m_read->item.bytes += toByteArray(piece);
}

void ReplayReader::closeRead()
{
    if (m_read && (!m_read->item.bytes.isEmpty() || m_read->item.events > 0))
        m_ready.push_back(std::move(m_read->item));
    m_read.reset();
}

} // namespace weir::publish
