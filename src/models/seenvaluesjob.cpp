// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/seenvaluesjob.h"

#include <algorithm>
#include <utility>

namespace weir::models {

using namespace std::chrono_literals;

namespace {

/// Of JSON data, which has to be parsed, a few of so many records.
constexpr std::uint32_t recordsPerSample = 16'384;
constexpr std::uint32_t parsedPerSample = 100;
/// How far back the latest IDs are looked for.
constexpr std::uint32_t recordsForIds = 1000;

} // namespace

SeenMailbox::SeenMailbox(std::function<void()> announce)
    : m_announce(std::move(announce))
{}

void SeenMailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
}

void SeenMailbox::deliver(Letter letter)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    const bool wasEmpty = !m_letter;
    m_letter = std::move(letter);
    if (wasEmpty)
        m_announce();
}

std::optional<SeenMailbox::Letter> SeenMailbox::collect()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_letter, std::nullopt);
}

void SeenCollection::add(const store::Segment &segment, std::uint32_t begin, std::uint32_t end)
{
    m_paths.add(segment, begin, end, parsedPerSample);
    countTypes(segment, begin, end);
    keepIds(segment, begin, end);
    m_examined += end - begin;
}

void SeenCollection::countTypes(const store::Segment &segment, std::uint32_t begin, std::uint32_t end)
{
    // Events of one type mostly come in a row.
    std::string_view type;
    std::uint64_t count = 0;
    for (std::uint32_t index = begin; index < end; ++index) {
        if (segment.kind(index) != store::Kind::Event)
            continue;
        const std::string_view next = segment.at(index).type();
        if (next != type)
            addType(std::exchange(type, next), std::exchange(count, 0));
        ++count;
    }
    addType(type, count);
}

void SeenCollection::addType(std::string_view type, std::uint64_t count)
{
    if (count == 0 || type.size() > SeenValues::mostTextBytes)
        return;
    const auto known = m_types.find(std::string(type));
    if (known != m_types.end())
        known->second += count;
    else if (m_types.size() < SeenValues::mostTypes)
        m_types.emplace(type, count);
}

void SeenCollection::keepIds(const store::Segment &segment, std::uint32_t begin, std::uint32_t end)
{
    begin = std::max(begin, end - std::min(end, recordsForIds));
    for (std::uint32_t index = begin; index < end; ++index) {
        const std::string_view id = segment.at(index).id();
        if (id.empty() || id.size() > SeenValues::mostTextBytes || (!m_ids.empty() && m_ids.front() == id))
            continue;
        std::erase(m_ids, id);
        m_ids.emplace_front(id);
        if (m_ids.size() > SeenValues::mostIds)
            m_ids.pop_back();
    }
}

Seen SeenCollection::seen() const
{
    Seen seen;
    for (const auto &[name, count] : m_types)
        seen.types.push_back({name, count});
    std::ranges::sort(seen.types, [](const Seen::Type &left, const Seen::Type &right) {
        return std::pair(right.count, std::string_view(left.name)) <
               std::pair(left.count, std::string_view(right.name));
    });
    seen.ids.assign(m_ids.begin(), m_ids.end());
    seen.paths = m_paths.paths();
    seen.examined = m_examined;
    return seen;
}

SeenJob::SeenJob(std::shared_ptr<SeenCollection> collection, store::Snapshot snapshot, store::EventNumber begin,
    std::shared_ptr<SeenMailbox> mailbox)
    : m_collection(std::move(collection))
    , m_snapshot(std::move(snapshot))
    , m_begin(begin)
    , m_mailbox(std::move(mailbox))
{}

void SeenJob::run()
{
    m_lastDelivery = std::chrono::steady_clock::now();
    for (std::size_t index = 0; index < m_snapshot.segmentCount() && !m_mailbox->isClosed(); ++index)
        add(index);
    m_mailbox->deliver({m_collection->seen(), true});
}

void SeenJob::add(std::size_t segmentIndex)
{
    const store::Segment &segment = *m_snapshot.segment(segmentIndex);
    const std::uint32_t readable = m_snapshot.readable(segmentIndex);
    if (segment.first().value + readable <= m_begin.value)
        return;
    auto begin = static_cast<std::uint32_t>(std::max(m_begin, segment.first()).value - segment.first().value);
    while (begin < readable && !m_mailbox->isClosed()) {
        const std::uint32_t end = std::min(begin + recordsPerSample, readable);
        m_collection->add(segment, begin, end);
        begin = end;
        deliverIfDue();
    }
}

void SeenJob::deliverIfDue()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastDelivery < 100ms)
        return;
    m_lastDelivery = now;
    m_mailbox->deliver({m_collection->seen(), false});
}

} // namespace weir::models
