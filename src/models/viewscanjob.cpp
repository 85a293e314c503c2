// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/viewscanjob.h"

#include <algorithm>

namespace weir::models {

using namespace std::chrono_literals;

namespace {

/// Small enough that a job notices within a few milliseconds that nobody wants it any more.
constexpr std::uint32_t recordsPerSlice = 8192;
constexpr auto deliveryInterval = 15ms;

filter::SourceNames namesOf(const Sources &sources)
{
    filter::SourceNames names;
    for (const auto &[id, source] : sources)
        names.emplace(id.value, source.name.toStdString());
    return names;
}

/// Decides by kind and subscription, before any text is looked at.
class Admission
{
public:
    Admission(const ViewCriteria &criteria, const store::Segment &segment)
        : m_criteria(criteria)
        , m_segment(segment)
    {}

    /// Records come in runs that one read brought, so that the last answer nearly always holds.
    bool inScope(std::uint32_t index)
    {
        const std::uint32_t read = m_segment.records()[index].read;
        if (read != m_read || !m_hasRead) {
            const auto subscription = m_segment.subscription(index);
            m_isInScope = !m_criteria.scope || *m_criteria.scope == subscription;
            m_isShown = m_criteria.scope || !isMuted(subscription);
            m_read = read;
            m_hasRead = true;
        }
        return m_isInScope;
    }
    bool shows(store::Kind kind) const { return m_isShown && m_criteria.kinds.test(bit(kind)); }

private:
    bool isMuted(store::SubscriptionId subscription) const
    {
        const auto found = m_criteria.sources.find(subscription);
        return found != m_criteria.sources.end() && !found->second.isShown;
    }

    const ViewCriteria &m_criteria;
    const store::Segment &m_segment;
    std::uint32_t m_read = 0;
    bool m_hasRead = false;
    bool m_isInScope = false;
    bool m_isShown = false;
};

std::vector<std::uint16_t> admit(const ViewCriteria &criteria, const store::Segment &segment, SegmentRows &rows)
{
    std::vector<std::uint16_t> admitted;
    admitted.reserve(rows.end - rows.begin);
    Admission admission(criteria, segment);
    for (std::uint32_t index = rows.begin; index < rows.end; ++index) {
        if (!admission.inScope(index))
            continue;
        const auto kind = segment.kind(index);
        ++rows.inScope[bit(kind)];
        if (admission.shows(kind))
            admitted.push_back(static_cast<std::uint16_t>(index));
    }
    return admitted;
}

std::vector<std::uint16_t> match(const ViewCriteria &criteria, const filter::SourceNames &names,
    const store::Segment &segment, const SegmentRows &rows, std::vector<std::uint16_t> admitted,
    filter::ScanTroubles &troubles)
{
    if (criteria.filter.matchesEverything())
        return admitted;
    const std::uint32_t count = rows.end - rows.begin;
    if (admitted.size() < count / 8) {
        std::erase_if(admitted,
            [&](std::uint16_t index) { return !criteria.filter.matches(segment.at(index), names, &troubles); });
        return admitted;
    }
    std::vector<std::uint16_t> matches;
    criteria.filter.scan(segment, rows.begin, rows.end, names, matches, &troubles);
    if (admitted.size() == count)
        return matches;
    std::vector<std::uint16_t> both;
    std::ranges::set_intersection(matches, admitted, std::back_inserter(both));
    return both;
}

SegmentRows scan(const ViewCriteria &criteria, const filter::SourceNames &names, const store::Segment &segment,
    std::uint32_t begin, std::uint32_t end, filter::ScanTroubles &troubles)
{
    SegmentRows rows{segment.first(), begin, end, false, {}, {}};
    rows.matches = match(criteria, names, segment, rows, admit(criteria, segment, rows), troubles);
    if (rows.matches.size() == end - begin) {
        rows.isAll = true;
        rows.matches = {};
    }
    return rows;
}

} // namespace

ScanMailbox::ScanMailbox(std::function<void()> announce)
    : m_announce(std::move(announce))
{}

void ScanMailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
}

void ScanMailbox::deliver(Letter letter)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    std::ranges::move(letter.rows, std::back_inserter(m_letter.rows));
    m_letter.isJobDone |= letter.isJobDone;
    m_letter.troubles += letter.troubles;
    if (!std::exchange(m_hasLetter, true))
        m_announce();
}

ScanMailbox::Letter ScanMailbox::collect()
{
    const std::lock_guard lock(m_mutex);
    m_hasLetter = false;
    return std::exchange(m_letter, {});
}

ScanJob::ScanJob(std::shared_ptr<const ViewCriteria> criteria, store::Snapshot snapshot, store::EventNumber begin,
    std::shared_ptr<ScanMailbox> mailbox)
    : m_criteria(std::move(criteria))
    , m_snapshot(std::move(snapshot))
    , m_begin(begin)
    , m_mailbox(std::move(mailbox))
{}

void ScanJob::run()
{
    m_lastDelivery = std::chrono::steady_clock::now();
    if (!m_criteria->filter.matchesEverything())
        m_names = namesOf(m_criteria->sources);
    for (std::size_t index = 0; index < m_snapshot.segmentCount() && !m_mailbox->isClosed(); ++index)
        scanSegment(index);
    deliverNow(true);
}

void ScanJob::scanSegment(std::size_t segmentIndex)
{
    const store::Segment &segment = *m_snapshot.segment(segmentIndex);
    const std::uint32_t readable = m_snapshot.readable(segmentIndex);
    if (segment.first().value + readable <= m_begin.value)
        return;
    auto begin = static_cast<std::uint32_t>(std::max(m_begin, segment.first()).value - segment.first().value);
    while (begin < readable && !m_mailbox->isClosed()) {
        const std::uint32_t end = std::min(begin + recordsPerSlice, readable);
        m_rows.push_back(scan(*m_criteria, m_names, segment, begin, end, m_troubles));
        begin = end;
        if (isDue())
            deliverNow(false);
    }
}

void ScanJob::deliverNow(bool isJobDone)
{
    m_mailbox->deliver({std::exchange(m_rows, {}), isJobDone, std::exchange(m_troubles, {})});
    m_lastDelivery = std::chrono::steady_clock::now();
}

bool ScanJob::isDue() const
{
    return std::chrono::steady_clock::now() - m_lastDelivery >= deliveryInterval;
}

} // namespace weir::models
