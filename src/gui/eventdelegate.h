// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace weir::gui {

/// Draws a cell of the table of events: text only; the view has drawn the row. Source names in their colour, what is
/// not an event dimmed, oddities in the warning colour; times of one network read are held by a bracket.
class EventDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace weir::gui
