// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/savedfilters.h"

#include <QAbstractTableModel>

namespace weir::gui {

/// Saved filters under the editor's hand: a row each, edited in place. GUI thread only.
class SavedFilterModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Expression, AtStart, ColumnCount };

    explicit SavedFilterModel(const QList<SavedFilter> &filters, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

    /// Returns the row.
    int add(const SavedFilter &filter);
    void remove(int row);
    void moveBy(int row, int rows);

    const QList<SavedFilter> &filters() const { return m_filters; }
    /// Why the names cannot stay as they are; empty if they can.
    QString nameProblem() const;

private:
    bool set(SavedFilter &filter, int column, const QVariant &value, int role) const;

    QList<SavedFilter> m_filters;
};

} // namespace weir::gui
