// SPDX-License-Identifier: GPL-3.0-or-later
// What EventModel knows of its columns.
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
            endInsertColumns();
        } else if (m_columns[i] != wanted[i]) {
            m_columns[i] = wanted[i];
            columnChanged(i);
        }
    }
}

void EventModel::removeColumnAt(qsizetype at)
{
    beginRemoveColumns({}, static_cast<int>(at), static_cast<int>(at));
    m_columns.removeAt(at);
    endRemoveColumns();
}

void EventModel::columnChanged(qsizetype at)
{
    const int column = static_cast<int>(at);
    Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const auto &column = m_columns[section];
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    if (role == Qt::DisplayRole)
        return columnTitle(column);
    if (role == Qt::ToolTipRole)
        return columnToolTip(column);
    return {};
}

QVariant EventModel::alignment(const Column &column)
{
    return QVariant::fromValue(
        Qt::Alignment(isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString EventModel::textOf(const store::EventView &event, const Column &column) const
{
    if (column.kind != ColumnKind::Json)
        return cellText(event, column.kind, m_sources, clock());
    const auto value = event.kind() == store::Kind::Event ? column.path.valueText(event.data()) : std::nullopt;
    return value ? oneLine(*value) : QString();
}

} // namespace weir::models
