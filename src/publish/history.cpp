// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/history.h"

#include <algorithm>
#include <charconv>

namespace weir::publish {

History::History(QByteArray epoch)
    : m_prefix(std::move(epoch) + '-')
{}

void History::setLimits(int maxEvents, qint64 maxBytes)
{
    m_maxEvents = static_cast<std::uint64_t>(std::max(maxEvents, 0));
    m_maxBytes = std::max<qint64>(maxBytes, 0);
    trim();
}

QByteArray History::idAt(std::uint64_t position) const
{
    const auto entry = std::upper_bound(m_entries.begin(), m_entries.end(), position,
        [](std::uint64_t wanted, const Entry &candidate) { return wanted < candidate.first; });
    if (entry != m_entries.begin() && !std::prev(entry)->id.isNull() && std::prev(entry)->first == position)
        return std::prev(entry)->id;
    return m_prefix + QByteArray::number(position);
}

void History::append(const FramePointer &frame)
{
    m_entries.push_back({m_last + 1, frame, {}});
    m_last += frame->eventCount();
    m_bytes += frame->chunk().size();
    trim();
}

void History::append(const FramePointer &frame, const QByteArray &id)
{
    m_entries.push_back({m_last + 1, frame, id});
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

std::optional<std::uint64_t> History::ownPosition(QByteArrayView id) const
{
    if (!id.startsWith(m_prefix))
        return std::nullopt;
    const QByteArrayView digits = id.sliced(m_prefix.size());
    std::uint64_t position = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), position);
    const bool isCanonical = error == std::errc() && end == digits.end() && !digits.startsWith('0');
    return isCanonical ? std::optional(position) : std::nullopt;
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
    auto entry = std::upper_bound(m_entries.begin(), m_entries.end(), wanted,
        [](std::uint64_t value, const Entry &candidate) { return value < candidate.first; });
    if (wanted > m_last || entry == m_entries.begin())
        return frames;
    --entry;
    if (const auto skip = static_cast<std::uint32_t>(wanted - entry->first); skip > 0) {
        const std::string_view rest = entry->frame->blocks().substr(entry->frame->offsetOfEvent(skip));
        frames.push_back(Frame::fromBlocks(rest, entry->frame->eventCount() - skip));
        ++entry;
    }
    for (; entry != m_entries.end(); ++entry)
        frames.push_back(entry->frame);
    return frames;
}

void History::trim()
{
    const auto isTooMuch = [this] {
        const std::uint64_t held = m_last + 1 - m_entries.front().first;
        return held - m_entries.front().frame->eventCount() >= m_maxEvents || m_bytes > m_maxBytes;
    };
    while (!m_entries.empty() && isTooMuch())
        removeOldest();
}

void History::removeOldest()
{
    const Entry &oldest = m_entries.front();
    m_lastRemovedId = oldest.id;
    const auto given = m_givenIds.constFind(oldest.id);
    if (!oldest.id.isNull() && given != m_givenIds.constEnd() && given.value() == oldest.first)
        m_givenIds.erase(given);
    m_bytes -= oldest.frame->chunk().size();
    m_entries.pop_front();
}

} // namespace weir::publish
