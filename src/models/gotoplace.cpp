// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gotoplace.h"

#include "filter/quantity.h"
#include "filter/syntax.h"
#include "models/eventformat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace weir::models {

using namespace Qt::StringLiterals;
using store::EventNumber;

namespace {

struct GoTo
{
    Q_DECLARE_TR_FUNCTIONS(GoTo)
};

tl::unexpected<QString> emptyLog()
{
    return tl::unexpected(GoTo::tr("Nothing has been received yet."));
}

/// The first record for which `isReached` holds; it has to hold for all that follow.
template <typename Predicate>
EventNumber partitionPoint(const store::Snapshot &snapshot, Predicate isReached)
{
    std::uint64_t low = snapshot.begin().value;
    std::uint64_t high = snapshot.end().value;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (isReached(snapshot.at({middle})))
            high = middle;
        else
            low = middle + 1;
    }
    return {low};
}

GoToPlace orTooLate(EventNumber number, const store::Snapshot &snapshot, const store::ClockAnchor &clock)
{
    if (number < snapshot.end())
        return number;
    const auto newest = snapshot.at({snapshot.end().value - 1});
    return tl::unexpected(
        GoTo::tr("Nothing is as late: the newest is of %1.").arg(formatDateTime(clock.wallTime(newest.arrival()))));
}

GoToPlace eventByDistance(const QString &text, const store::Snapshot &snapshot, const store::ClockAnchor &clock)
{
    const auto number = text.mid(1).trimmed().toStdString();
    const auto length = filter::parseQuantity("gap", "=", number, 0);
    if (number.empty() || !length)
        return tl::unexpected(GoTo::tr("After + or - a length of time is expected, as +90s or -5min."));
    const std::chrono::nanoseconds distance{static_cast<std::int64_t>(length->low)};
    const bool isFromStart = text.front() == u'+';
    const auto oldest = snapshot.at(snapshot.begin()).arrival();
    const auto newest = snapshot.at({snapshot.end().value - 1}).arrival();
    const auto time = isFromStart ? oldest + distance : newest - distance;
    const auto found = partitionPoint(snapshot, [time](const auto &event) { return event.arrival() >= time; });
    return orTooLate(found, snapshot, clock);
}

/// A time of day becomes one of the day that is being looked at.
QString withDate(const QString &text, const store::EventView &near, const store::ClockAnchor &clock)
{
    if (text.size() > 4 && text[4] == u'-')
        return text;
    const auto time = std::chrono::floor<std::chrono::milliseconds>(clock.wallTime(near.arrival()).time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(time.count()).date().toString(Qt::ISODate) + u'T' + text;
}

} // namespace

GoToPlace eventByNumber(const QString &text, const store::Snapshot &snapshot)
{
    auto digits = text.trimmed();
    digits.remove(QLocale().groupSeparator()).remove(u',').remove(u'.').remove(u' ');
    bool isNumber = false;
    const EventNumber number{digits.toULongLong(&isNumber)};
    if (!isNumber || number.value == 0)
        return tl::unexpected(GoTo::tr("A number from 1 on is expected."));
    if (number >= snapshot.end())
        return snapshot.end() <= EventNumber{1}
                   ? emptyLog()
                   : tl::unexpected(
                         GoTo::tr("The newest has the number %1.").arg(formatCount(snapshot.end().value - 1)));
    if (number < snapshot.begin())
        return tl::unexpected(GoTo::tr("It has been evicted: the oldest that is still held has the number %1.")
                                  .arg(formatCount(snapshot.begin().value)));
    return number;
}

GoToPlace eventByTime(
    const QString &text, const store::Snapshot &snapshot, const store::ClockAnchor &clock, EventNumber near)
{
    if (snapshot.begin() >= snapshot.end())
        return emptyLog();
    const auto typed = text.trimmed();
    if (typed.startsWith(u'+') || typed.startsWith(u'-'))
        return eventByDistance(typed, snapshot, clock);
    const EventNumber place = snapshot.contains(near) ? near : EventNumber{snapshot.end().value - 1};
    const auto dated = withDate(typed, snapshot.at(place), clock);
    const auto filter = filter::Filter::compile("time >= " + dated.toStdString(), {.clock = clock});
    if (!filter)
        return tl::unexpected(GoTo::tr("A time is expected, as 14:05, 14:05:01.5, 2026-11-22 14:05Z, +90s or -5min."));
    const auto found = partitionPoint(snapshot, [&](const auto &event) { return filter->matches(event, {}); });
    return orTooLate(found, snapshot, clock);
}

EventIdSearch::EventIdSearch(QObject *parent)
    : QObject(parent)
{
    connect(&m_scan, &ViewScan::found, this, &EventIdSearch::add);
}

void EventIdSearch::start(const QString &id, const store::Snapshot &snapshot)
{
    m_index = {};
    m_id = id;
    m_snapshot = snapshot;
    m_isRunning = true;
    ViewCriteria criteria;
    criteria.kinds.set();
    if (const auto filter = filter::Filter::compile("id:" + filter::quoted(id.toStdString())); filter)
        criteria.filter = *filter;
    m_scan.setCriteria(std::move(criteria));
    m_scan.setSnapshot(snapshot);
}

void EventIdSearch::stop()
{
    if (m_id.isEmpty())
        return;
    m_isRunning = false;
    m_id.clear();
    m_index = {};
    m_snapshot = {};
    m_scan.setSnapshot({});
    m_scan.setCriteria({});
}

void EventIdSearch::add(const ScanResult &result)
{
    if (!m_isRunning)
        return;
    if (result.isFirst)
        m_index = {};
    for (const auto &rows : result.rows)
        m_index.append(rows);
    m_isRunning = !m_scan.isComplete();
    Q_EMIT changed();
}

EventNumber EventIdSearch::next(EventNumber number) const
{
    // The filter ignores case; an id is what it is.
    const auto id = m_id.toStdString();
    const auto first = [&](std::uint64_t row, std::uint64_t end) {
        for (; row < end; ++row) {
            if (m_snapshot.at(m_index.numberAt(row)).id() == id)
                return m_index.numberAt(row);
        }
        return EventNumber{};
    };
    const auto behind = m_index.lowerBound({number.value + 1});
    const auto found = first(behind, m_index.rowCount());
    return found.value > 0 ? found : first(0, behind);
}

} // namespace weir::models
