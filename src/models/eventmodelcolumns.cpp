// SPDX-License-Identifier: GPL-3.0-or-later
// What EventModel knows of its columns and cells.
#include "models/eventformat.h"
#include "models/eventmodel.h"

#include <algorithm>

namespace weir::models {

namespace {

qsizetype indexIn(const Columns &columns, const Column &column)
{
    const auto found = std::ranges::find_if(columns, [&](const Column &each) { return each.isSame(column); });
    return found == columns.end() ? -1 : std::distance(columns.begin(), found);
}

Columns withoutDuplicates(const Columns &columns)
{
    Columns result;
    for (const auto &column : columns) {
        if (indexIn(result, column) < 0)
            result.append(column);
    }
    return result;
}

QVariant aligned(bool isRight)
{
    return QVariant::fromValue(Qt::Alignment(isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

int EventModel::columnOf(const Column &column) const
{
    return static_cast<int>(indexIn(m_columns, column));
}

int EventModel::columnOf(ColumnKind kind) const
{
    return columnOf(Column{kind});
}

void EventModel::setColumns(const Columns &columns)
{
    const auto wanted = withoutDuplicates(columns);
    for (qsizetype i = m_columns.size() - 1; i >= 0; --i) {
        if (indexIn(wanted, m_columns[i]) < 0)
            removeColumnAt(i);
    }
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        // What stands further on goes, and comes again: a view keeps the order that the user sees by itself.
        if (const auto later = columnOf(wanted[i]); later > i)
            removeColumnAt(later);
        if (columnOf(wanted[i]) < 0) {
            beginInsertColumns({}, static_cast<int>(i), static_cast<int>(i));
            m_columns.insert(i, wanted[i]);
            updatePaths();
            endInsertColumns();
        } else if (m_columns[i] != wanted[i]) {
            m_columns[i] = wanted[i];
            announce(static_cast<int>(i));
        }
    }
}

void EventModel::removeColumnAt(qsizetype at)
{
    beginRemoveColumns({}, static_cast<int>(at), static_cast<int>(at));
    m_columns.removeAt(at);
    updatePaths();
    endRemoveColumns();
}

void EventModel::updatePaths()
{
    std::vector<filter::JsonPath> paths;
    for (const auto &column : m_columns) {
        if (column.kind == ColumnKind::Json)
            paths.push_back(column.path);
    }
    m_jsonCells->setPaths(std::move(paths));
}

void EventModel::connectCells()
{
    // Which rows are in sight the view knows: it asks again for what it still misses.
    connect(m_jsonCells, &JsonCells::computed, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
}

void EventModel::setTimeFormat(const TimeFormat &format)
{
    if (std::exchange(m_timeFormat, format) != format)
        announce(columnOf(ColumnKind::Time));
}

void EventModel::setTimeReference(store::EventNumber number)
{
    m_timeReference.reset();
    if (m_snapshot.contains(number))
        m_timeReference = TimeReference{number, m_snapshot.at(number).arrival()};
    announce(columnOf(ColumnKind::Time));
}

void EventModel::announce(int column)
{
    if (column < 0)
        return;
    Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const auto &column = m_columns[section];
    const bool isTime = column.kind == ColumnKind::Time;
    if (role == Qt::TextAlignmentRole)
        return aligned(isRightAligned(column));
    if (role == Qt::DisplayRole)
        return isTime && column.title.isEmpty() ? timeTitle(m_timeFormat) : columnTitle(column);
    if (role == Qt::ToolTipRole)
        return isTime ? timeToolTip(m_timeFormat) : columnToolTip(column);
    return {};
}

bool EventModel::isRightAligned(const Column &column) const
{
    if (column.alignment != ColumnAlignment::ByContent)
        return column.alignment == ColumnAlignment::Right;
    switch (column.kind) {
    case ColumnKind::Time:
        return m_timeFormat.isDuration();
    case ColumnKind::Gap:
    case ColumnKind::Size:
    case ColumnKind::Number:
    case ColumnKind::Attempt:
    case ColumnKind::Read:
        return true;
    default:
        return false;
    }
}

QVariant EventModel::alignmentOf(const QModelIndex &index) const
{
    const auto &column = m_columns[index.column()];
    if (column.kind == ColumnKind::Json && column.alignment == ColumnAlignment::ByContent)
        return aligned(jsonCell(numberAt(index.row()), column).isNumber);
    return aligned(isRightAligned(column));
}

QVariant EventModel::textOf(const store::EventView &event, const QModelIndex &index) const
{
    const auto &column = m_columns[index.column()];
    if (column.kind == ColumnKind::Json)
        return jsonCell(event.number(), column).text;
    if (column.kind == ColumnKind::Time)
        return timeCell(event, index.row());
    return cellText(event, column.kind, m_sources, clock());
}

JsonCell EventModel::jsonCell(store::EventNumber number, const Column &column) const
{
    const auto end = m_columns.begin() + indexIn(m_columns, column);
    const auto path =
        std::count_if(m_columns.begin(), end, [](const Column &each) { return each.kind == ColumnKind::Json; });
    return m_jsonCells->at(m_snapshot, number, static_cast<std::size_t>(path));
}

TimeContext EventModel::timeContext() const
{
    TimeContext context{clock(), m_timeFormat, m_feed.firstArrival(), {}};
    if (m_timeReference)
        context.reference = m_timeReference->time;
    return context;
}

QString EventModel::timeCell(const store::EventView &event, int row) const
{
    std::optional<store::MonotonicTime> above;
    if (const auto number = numberAt(row - 1); m_timeFormat.mode == TimeMode::SincePrevious && number.value != 0)
        above = m_snapshot.at(number).arrival();
    return timeText(timeContext(), event.arrival(), event.attemptStart(), above);
}

} // namespace weir::models
