// SPDX-License-Identifier: GPL-3.0-or-later
// What EventView does when rows come and go.
#include "gui/eventrowtint.h"
#include "gui/eventview.h"

#include <QItemSelectionModel>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace std::chrono_literals;

namespace {

using EventRange = std::pair<store::EventNumber, store::EventNumber>;

/// Selected rows are remembered one by one up to here, above as ranges of event numbers.
constexpr qint64 mostSingleRows = 1000;
constexpr qsizetype mostRanges = 1000;

qint64 selectedRowCount(const QItemSelection &selection)
{
    qint64 count = 0;
    for (const auto &range : selection)
        count += range.height();
    return count;
}

std::vector<EventRange> selectedEvents(const QItemSelection &selection, const models::EventModel &model)
{
    std::vector<EventRange> events;
    const bool oneByOne = selectedRowCount(selection) <= mostSingleRows;
    for (qsizetype i = 0; i < std::min(selection.size(), mostRanges); ++i) {
        const auto &range = selection[i];
        if (!oneByOne)
            events.emplace_back(model.numberAt(range.top()), model.numberAt(range.bottom()));
        for (int row = range.top(); oneByOne && row <= range.bottom(); ++row)
            events.emplace_back(model.numberAt(row), model.numberAt(row));
    }
    std::ranges::sort(events);
    return events;
}

} // namespace

void EventView::connectModel()
{
    // Connected after the base class and the selection model, which forget everything on a reset.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &EventView::keepAnchors);
    connect(m_model, &QAbstractItemModel::modelReset, this, &EventView::restoreAnchors);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int start, int end) { rowsRemoved(start, end); });
}

std::uint64_t EventView::newRows() const
{
    if (m_isFollowing || !m_model)
        return 0;
    return static_cast<std::uint64_t>(m_model->rowCount() - m_model->lowerBound(m_seenEnd));
}

void EventView::setFollowing(bool following)
{
    if (following == m_isFollowing)
        return;
    m_isFollowing = following;
    m_seenEnd = m_model ? m_model->snapshot().end() : store::EventNumber{};
    updateScrollRange();
    Q_EMIT followingChanged(following);
    Q_EMIT newRowsChanged();
}

void EventView::followByScroll()
{
    // Only what the user does gets here; the slider already stands where the view will.
    const auto *bar = verticalScrollBar();
    m_hasAnchors = false;
    setFollowing(bar->sliderPosition() >= bar->maximum());
}

void EventView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    if (m_hasAnchors)
        restoreAnchors();
    else
        updateScrollRange();
    tintNewRows(start, end);
    viewport()->update();
    if (!m_isFollowing)
        Q_EMIT newRowsChanged();
}

void EventView::tintNewRows(int start, int end)
{
    const auto arrival = m_model->index(start, 0).data(models::RawTimeRole).toLongLong();
    const store::MonotonicTime time{std::chrono::nanoseconds{arrival}};
    // After a change of the filter old events come as new rows.
    if (std::chrono::steady_clock::now() - time < 1s)
        m_tint->add(m_model->numberAt(start), static_cast<std::uint64_t>(end - start + 1));
}

void EventView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
    // The selection model would make a neighbour current, and the user's event would be replaced by another.
    if (currentIndex().isValid() && currentIndex().row() >= start && currentIndex().row() <= end)
        showCurrent({});
}

void EventView::rowsRemoved(int start, int end)
{
    const int count = end - start + 1;
    const int top = firstVisibleRow();
    m_rowsRemoved += static_cast<std::uint64_t>(count);
    setTopRow(start <= top ? std::max(start, top - count) : top);
    if (!m_isFollowing)
        Q_EMIT newRowsChanged();
}

void EventView::keepAnchors()
{
    if (m_hasAnchors)
        return; // still those of before the last change
    const int offset = currentIndex().row() - firstVisibleRow();
    m_anchors = {m_model->numberAt(firstVisibleRow()), currentEvent(),
        currentIndex().isValid() && offset >= 0 && offset < visibleRowCount() ? offset : -1,
        selectedEvents(selectionModel()->selection(), *m_model)};
    m_hasAnchors = true;
}

void EventView::restoreAnchors()
{
    selectEvents(m_anchors.selected);
    showCurrent(m_anchors.current);
    const int top = anchoredTopRow();
    setTopRow(top);
    auto last = std::max(m_anchors.top, m_anchors.current);
    if (!m_anchors.selected.empty())
        last = std::max(last, m_anchors.selected.back().second);
    // The rows that fill the screen below may come later than the last of those.
    const bool isShort = !m_isFollowing && top > verticalScrollBar()->maximum();
    m_hasAnchors = (m_model->examinedEnd() <= last || isShort) && !m_model->isComplete();
    Q_EMIT newRowsChanged();
}

int EventView::anchoredTopRow() const
{
    // What the user looks at stays where it is on the screen, whatever comes or goes around it.
    const int current = m_anchors.currentOffset >= 0 ? m_model->rowOf(m_anchors.current) : -1;
    return current >= 0 ? std::max(0, current - m_anchors.currentOffset) : m_model->lowerBound(m_anchors.top);
}

void EventView::selectEvents(const std::vector<EventRange> &ranges)
{
    QItemSelection selection;
    for (const auto &[first, last] : ranges) {
        const int top = m_model->lowerBound(first);
        const int bottom = m_model->lowerBound({last.value + 1}) - 1;
        if (top <= bottom)
            selection.append({m_model->index(top, 0), m_model->index(bottom, m_model->columnCount() - 1)});
    }
    if (!selection.isEmpty())
        selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void EventView::showCurrent(store::EventNumber number)
{
    const QScopedValueRollback guard(m_isRestoring, true);
    const int row = m_model->rowOf(number);
    const auto index = row < 0 ? QModelIndex() : m_model->index(row, 0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
}

store::EventNumber EventView::currentEvent() const
{
    return m_model ? m_model->numberAt(currentIndex().row()) : store::EventNumber{};
}

void EventView::setCurrentEvent(store::EventNumber number)
{
    const int row = m_model->rowOf(number);
    if (row >= 0)
        selectionModel()->setCurrentIndex(
            m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void EventView::goToEvent(store::EventNumber number)
{
    const int row = m_model->rowOf(number);
    if (row < 0)
        return;
    const bool isOnScreen = row >= firstVisibleRow() && row < firstVisibleRow() + visibleRowCount();
    m_hasAnchors = false;
    setCurrentEvent(number);
    setFollowing(false);
    if (!isOnScreen)
        scrollTo(m_model->index(row, 0), PositionAtCenter);
}

QList<store::EventNumber> EventView::selectedNumbers(qsizetype most) const
{
    auto ranges = selectionModel()->selection();
    std::ranges::sort(ranges, {}, [](const QItemSelectionRange &range) { return range.top(); });
    QList<store::EventNumber> numbers;
    for (const auto &range : ranges) {
        for (int row = range.top(); row <= range.bottom() && numbers.size() < most; ++row)
            numbers.append(m_model->numberAt(row));
    }
    return numbers;
}

} // namespace weir::gui
