// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <memory>

namespace weir::gui {

class FixedText;
struct RowLook;

/// Draws a cell of the table of events: text only; the view has drawn the row. Source names in their colour, what is
/// not an event dimmed, oddities in the warning colour; times of one network read are held by a bracket.
/// What a search found is written in colours of its own.
class EventDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit EventDelegate(QObject *parent = nullptr);
    ~EventDelegate() override;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paintCell(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const RowLook &look) const;

private:
    std::unique_ptr<FixedText> m_fixedText;
};

} // namespace weir::gui
