// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/viewscanjob.h"

#include "subscribe/threadpriority.h"

#include <QThread>
#include <QThreadPool>

#include <algorithm>

namespace weir::models {

using namespace std::chrono_literals;

namespace {

/// Small enough that a job notices within a few milliseconds that nobody wants it any more.
constexpr std::uint32_t recordsPerSlice = 8192;
constexpr auto deliveryInterval = 15ms;

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

void keepOnly(const ViewCriteria &criteria, const store::Segment &segment, std::vector<std::uint16_t> &admitted)
{
    auto wanted = criteria.only->begin();
    std::erase_if(admitted, [&](std::uint16_t index) {
        const store::EventNumber number{segment.first().value + index};
        wanted = std::lower_bound(wanted, criteria.only->end(), number);
        return wanted == criteria.only->end() || *wanted != number;
    });
}

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
    if (criteria.only)
        keepOnly(criteria, segment, admitted);
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
    criteria.filter.sift(segment, rows.end, names, admitted, &troubles);
    return admitted;
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

/// Not the global pool, where a scan would wait for files and other long work, and they for it.
QThreadPool &scanPool()
{
    class ScanPool : public QThreadPool
    {
    public:
        ScanPool() { setMaxThreadCount(QThread::idealThreadCount() + 2); }
    };
    static ScanPool pool;
    return pool;
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
    , m_lastDelivery(std::chrono::steady_clock::now())
{
    const auto endOf = [this](std::size_t index) {
        return m_snapshot.segment(index)->first().value + m_snapshot.readable(index);
    };
    m_firstSegment = m_snapshot.segmentCount();
    while (m_firstSegment > 0 && endOf(m_firstSegment - 1) > m_begin.value)
        --m_firstSegment;
    m_nextSegment = m_firstSegment;
    m_pieces.resize(m_snapshot.segmentCount() - m_firstSegment);
}

void ScanJob::start(const std::shared_ptr<ScanJob> &job)
{
    auto &pool = scanPool();
    const auto share = [job] { job->work(); };
    pool.start(share);
    const auto most = std::min(static_cast<std::size_t>(QThread::idealThreadCount()), job->m_pieces.size());
    for (std::size_t thread = 1; thread < most; ++thread)
        if (!pool.tryStart(share))
            break;
}

void ScanJob::work()
{
    subscribe::yieldToWindow();
    if (m_pieces.empty())
        return m_mailbox->deliver({{}, true, {}});
    const auto names = m_criteria->filter.matchesEverything() ? filter::SourceNames() : namesOf(m_criteria->sources);
    while (!m_mailbox->isClosed()) {
        const std::size_t index = m_nextSegment.fetch_add(1, std::memory_order_relaxed);
        if (index >= m_snapshot.segmentCount())
            break;
        scanSegment(index, names);
    }
}

void ScanJob::scanSegment(std::size_t segmentIndex, const filter::SourceNames &names)
{
    const store::Segment &segment = *m_snapshot.segment(segmentIndex);
    const std::uint32_t readable = m_snapshot.readable(segmentIndex);
    auto begin = static_cast<std::uint32_t>(std::max(m_begin, segment.first()).value - segment.first().value);
    do {
        if (m_mailbox->isClosed())
            return;
        const std::uint32_t end = std::min(begin + recordsPerSlice, readable);
        filter::ScanTroubles troubles;
        auto rows = scan(*m_criteria, names, segment, begin, end, troubles);
        begin = end;
        add(segmentIndex, std::move(rows), troubles, begin >= readable);
    } while (begin < readable);
}

void ScanJob::add(std::size_t segmentIndex, SegmentRows rows, const filter::ScanTroubles &troubles, bool isDone)
{
    const std::lock_guard lock(m_mutex);
    auto &piece = m_pieces[segmentIndex - m_firstSegment];
    if (rows.end > rows.begin)
        piece.rows.push_back(std::move(rows));
    piece.troubles += troubles;
    piece.isDone = isDone;
    const bool isLast = isDone && std::ranges::all_of(m_pieces.begin() + static_cast<std::ptrdiff_t>(m_delivered),
                                      m_pieces.end(), &Piece::isDone);
    if (isLast || std::chrono::steady_clock::now() - m_lastDelivery >= deliveryInterval)
        deliverReady();
}

void ScanJob::deliverReady()
{
    ScanMailbox::Letter letter;
    for (auto index = m_delivered; index < m_pieces.size(); ++index) {
        auto &piece = m_pieces[index];
        std::ranges::move(piece.rows, std::back_inserter(letter.rows));
        piece.rows.clear();
        letter.troubles += std::exchange(piece.troubles, {});
        if (!piece.isDone)
            break;
        ++m_delivered;
    }
    letter.isJobDone = m_delivered == m_pieces.size();
    m_lastDelivery = std::chrono::steady_clock::now();
    m_mailbox->deliver(std::move(letter));
}

} // namespace weir::models
