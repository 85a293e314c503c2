// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/history.h"

#include <algorithm>
#include <charconv>

namespace weir::publish {

History::History(QByteArray epoch, Clock clock)
    : m_clock(std::move(clock))
    , m_prefix(std::move(epoch) + '-')
    , m_lastRemovedPrefix(m_prefix)
{}

void History::setLimits(int maxEvents, qint64 maxBytes, std::chrono::seconds maxAge)
{
    m_maxEvents = static_cast<std::uint64_t>(std::max(maxEvents, 0));
    m_maxBytes = std::max<qint64>(maxBytes, 0);
    m_maxAge = maxAge;
    trim();
}

/// The entry that holds that position, or the end.
History::Entries::const_iterator History::entryOf(std::uint64_t position) const
{
    const auto next = std::upper_bound(m_entries.begin(), m_entries.end(), position,
        [](std::uint64_t wanted, const Entry &candidate) { return wanted < candidate.first; });
    return next == m_entries.begin() || position > m_last ? m_entries.end() : std::prev(next);
}

QByteArray History::prefixAt(std::uint64_t position) const
{
    if (const auto entry = entryOf(position); entry != m_entries.end())
        return entry->prefix;
    const std::uint64_t lastRemoved = m_entries.empty() ? m_last : m_entries.front().first - 1;
    return position == lastRemoved ? m_lastRemovedPrefix : m_prefix;
}

QByteArray History::idAt(std::uint64_t position) const
{
    const auto entry = entryOf(position);
    if (entry != m_entries.end() && !entry->id.isNull() && entry->first == position)
        return entry->id;
    return prefixAt(position) + QByteArray::number(position);
}

/// What stands before the number in the id of the frame's first event. Shared where it is the epoch.
QByteArray History::prefixOf(const Frame &frame) const
{
    constexpr std::string_view field = "id: ";
    std::string_view text = frame.blocks();
    if (!text.starts_with(field))
        return m_prefix;
    text = text.substr(field.size());
    text = text.substr(0, text.find('\n'));
    text = text.substr(0, text.find_last_not_of("0123456789") + 1);
    const QByteArrayView prefix(text.data(), static_cast<qsizetype>(text.size()));
    return prefix == m_prefix ? m_prefix : prefix.toByteArray();
}

void History::append(const FramePointer &frame)
{
    m_entries.push_back({m_last + 1, frame, {}, prefixOf(*frame), m_clock()});
    m_last += frame->eventCount();
    m_bytes += frame->chunk().size();
    trim();
}

void History::append(const FramePointer &frame, const QByteArray &id)
{
    m_entries.push_back({m_last + 1, frame, id, m_prefix, m_clock()});
    ++m_last;
    m_bytes += frame->chunk().size();
    if (!m_givenIds.contains(id))
        m_givenIds.insert(id, m_last);
    trim();
}

std::optional<std::uint64_t> History::find(QByteArrayView id) const
{
    std::optional<std::uint64_t> position = ownPosition(id);
    if (!position) {
        const auto given = m_givenIds.constFind(id.toByteArray());
        if (given != m_givenIds.constEnd())
            position = given.value();
        else if (!m_lastRemovedId.isNull() && id == m_lastRemovedId)
            position = oldestPosition() - 1;
    }
    if (!position || *position > m_last || *position + 1 < oldestPosition())
        return std::nullopt;
    return position;
}

bool History::isOwn(QByteArrayView id) const
{
    return id.startsWith(m_prefix) || ownPosition(id).has_value();
}

std::optional<std::uint64_t> History::ownPosition(QByteArrayView id) const
{
    const qsizetype dash = id.lastIndexOf('-');
    if (dash < 0)
        return std::nullopt;
    const QByteArrayView digits = id.sliced(dash + 1);
    std::uint64_t position = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), position);
    const bool isCanonical = error == std::errc() && end == digits.end() && !digits.startsWith('0');
    return isCanonical && id.first(dash + 1) == prefixAt(position) ? std::optional(position) : std::nullopt;
}

std::uint64_t History::oldestPosition() const
{
    if (m_entries.empty())
        return m_last + 1;
    // A batch is dropped as a whole, so its first events may be beyond the limit already.
    const std::uint64_t byLimit = m_last >= m_maxEvents ? m_last - m_maxEvents + 1 : 1;
    return std::max(byLimit, m_entries.front().first);
}

std::vector<FramePointer> History::after(std::uint64_t position) const
{
    std::vector<FramePointer> frames;
    const std::uint64_t wanted = std::max(position + 1, oldestPosition());
    auto entry = entryOf(wanted);
    if (entry == m_entries.end())
        return frames;
    if (const auto skip = static_cast<std::uint32_t>(wanted - entry->first); skip > 0) {
        const std::string_view rest = entry->frame->blocks().substr(entry->frame->offsetOfEvent(skip));
        frames.push_back(Frame::fromBlocks(rest, entry->frame->eventCount() - skip));
        ++entry;
    }
    for (; entry != m_entries.end(); ++entry)
        frames.push_back(entry->frame);
    return frames;
}

bool History::isTooMuch() const
{
    const std::uint64_t held = m_last + 1 - m_entries.front().first;
    return held - m_entries.front().frame->eventCount() >= m_maxEvents || m_bytes > m_maxBytes ||
           (m_maxAge.count() > 0 && m_clock() - m_entries.front().since > m_maxAge);
}

void History::trim()
{
    while (!m_entries.empty() && isTooMuch())
        removeOldest();
}

void History::clear()
{
    while (!m_entries.empty())
        removeOldest();
}

void History::removeOldest()
{
    const Entry &oldest = m_entries.front();
    m_lastRemovedId = oldest.id;
    m_lastRemovedPrefix = oldest.prefix;
    const auto given = m_givenIds.constFind(oldest.id);
    if (!oldest.id.isNull() && given != m_givenIds.constEnd() && given.value() == oldest.first)
        m_givenIds.erase(given);
    m_bytes -= oldest.frame->chunk().size();
    m_entries.pop_front();
}

} // namespace weir::publish
