// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/differencemodel.h"

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

QString signOf(Change change)
{
    switch (change) {
    case Change::Added:
        return u"+"_s;
    case Change::Removed:
        return u"−"_s;
    case Change::Changed:
        return u"±"_s;
    case Change::None:
        break;
    }
    return {};
}

} // namespace

void DifferenceModel::setDifference(const Difference &difference)
{
    beginResetModel();
    m_difference = difference;
    endResetModel();
}

int DifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_difference.rows.size());
}

int DifferenceModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return m_difference.isJson ? AfterColumn + 1 : BeforeColumn + 1;
}

QString DifferenceModel::cellText(const DifferenceRow &row, int column) const
{
    switch (column) {
    case SignColumn:
        return signOf(row.change);
    case PlaceColumn:
        return row.place;
    case BeforeColumn:
        if (!m_difference.isJson)
            return row.place.isEmpty() ? row.remark : row.change == Change::Added ? row.after : row.before;
        return row.before;
    default:
        break;
    }
    if (row.remark.isEmpty())
        return row.after;
    return row.after.isEmpty() ? row.remark : tr("%1  (%2)").arg(row.after, row.remark);
}

QVariant DifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &row = this->row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == SignColumn ? QVariant() : cellText(row, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == SignColumn)
            return int(Qt::AlignCenter);
        if (index.column() == PlaceColumn && !m_difference.isJson)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case ChangeRole:
        return static_cast<int>(row.change);
    case RemarkRole:
        return !m_difference.isJson && row.place.isEmpty();
    default:
        return {};
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case PlaceColumn:
        return m_difference.isJson ? tr("Place") : tr("Line");
    case BeforeColumn:
        return m_difference.isJson ? tr("Before") : tr("Text");
    case AfterColumn:
        return tr("After");
    default:
        return {};
    }
}

QString DifferenceModel::text(int first, int last) const
{
    QString text;
    for (int at = first; at <= last; ++at) {
        const auto &row = this->row(at);
        text += signOf(row.change).leftJustified(1) + u' ';
        if (!m_difference.isJson)
            text += cellText(row, BeforeColumn);
        else if (row.change == Change::Changed)
            text += row.place + u": "_s + row.before + u" → "_s + cellText(row, AfterColumn);
        else
            text += row.place + u": "_s + row.before + row.after;
        text += u'\n';
    }
    return text;
}

} // namespace weir::models
