// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/savedfiltermodel.h"

#include "gui/filterproblem.h"
#include "gui/theme.h"

#include <QSet>

namespace weir::gui {

using namespace Qt::StringLiterals;

SavedFilterModel::SavedFilterModel(const QList<SavedFilter> &filters, QObject *parent)
    : QAbstractTableModel(parent)
    , m_filters(filters)
{}

int SavedFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_filters.size());
}

int SavedFilterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SavedFilterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &filter = m_filters[index.row()];
    const bool isText = role == Qt::DisplayRole || role == Qt::EditRole;
    if (index.column() == Name && isText)
        return filter.name;
    if (index.column() == AtStart && role == Qt::CheckStateRole)
        return static_cast<int>(filter.isOnAtStart ? Qt::Checked : Qt::Unchecked);
    if (index.column() != Expression)
        return {};
    if (isText)
        return filter.expression;
    if (role == Qt::FontRole)
        return fixedFont();
    const QString problem =
        role == Qt::DecorationRole || role == Qt::ToolTipRole ? problemOf(filter.expression) : QString();
    if (role == Qt::DecorationRole)
        return icon(problem.isEmpty() ? u"ok"_s : u"warning"_s);
    return role == Qt::ToolTipRole ? QVariant(problem.isEmpty() ? filter.expression : problem) : QVariant();
}

QVariant SavedFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == Name ? tr("Name") : section == Expression ? tr("Filter") : tr("On at start");
}

Qt::ItemFlags SavedFilterModel::flags(const QModelIndex &index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return flags | (index.column() == AtStart ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable);
}

bool SavedFilterModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !set(m_filters[index.row()], index.column(), value, role))
        return false;
    Q_EMIT dataChanged(index, index);
    return true;
}

bool SavedFilterModel::set(SavedFilter &filter, int column, const QVariant &value, int role) const
{
    if (column == AtStart && role == Qt::CheckStateRole)
        filter.isOnAtStart = value.toInt() == Qt::Checked;
    else if (column == Name && role == Qt::EditRole)
        filter.name = value.toString().simplified();
    else if (column == Expression && role == Qt::EditRole)
        filter.expression = value.toString().trimmed();
    else
        return false;
    return true;
}

int SavedFilterModel::add(const SavedFilter &filter)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_filters << filter;
    endInsertRows();
    return row;
}

void SavedFilterModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_filters.removeAt(row);
    endRemoveRows();
}

void SavedFilterModel::moveBy(int row, int rows)
{
    const int to = row + rows;
    if (to < 0 || to >= rowCount() || rows == 0)
        return;
    beginMoveRows({}, row, row, {}, rows > 0 ? to + 1 : to);
    m_filters.move(row, to);
    endMoveRows();
}

QString SavedFilterModel::nameProblem() const
{
    QSet<QString> names;
    for (const auto &filter : m_filters) {
        if (filter.name.isEmpty())
            return tr("Each filter needs a name.");
        if (names.contains(filter.name))
            return tr("Two filters have the name “%1”.").arg(filter.name);
        names.insert(filter.name);
    }
    return {};
}

} // namespace weir::gui
