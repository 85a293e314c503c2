// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/difference.h"

#include <QAbstractTableModel>

namespace weir::models {

/// The rows of a Difference: places with old and new values, or lines. GUI thread only.
class DifferenceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Lines have one text: it stands in BeforeColumn, and there is no AfterColumn.
    enum Column { SignColumn, PlaceColumn, BeforeColumn, AfterColumn };
    enum Role {
        ChangeRole = Qt::UserRole, ///< Change as an int
        RemarkRole,                ///< true if the text is a remark, not data
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setDifference(const Difference &difference);
    const Difference &difference() const { return m_difference; }
    const DifferenceRow &row(int row) const { return m_difference.rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The rows as text for the clipboard: a sign, the place, what was and what is.
    QString text(int first, int last) const;

private:
    QString cellText(const DifferenceRow &row, int column) const;

    Difference m_difference;
};

} // namespace weir::models
