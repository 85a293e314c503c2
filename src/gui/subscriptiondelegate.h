// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QStyledItemDelegate>

namespace weir::gui {

/// How much of the pulse of its last comment a row still shows at `now`: from 1 when it came down to 0.
double pulseStrength(const QModelIndex &index, store::MonotonicTime now);

/// Paints a row of the list of subscriptions: the state as a shape in the colour of its meaning with marks for what is
/// not safe, the name in the subscription's colour with the signs of mute and solo, numbers in the fixed font. A
/// comment (a heartbeat) makes the row pulse faintly.
class SubscriptionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr std::chrono::duration<double> pulseTime{1.0};

    using QStyledItemDelegate::QStyledItemDelegate;

    void setPulsing(bool isPulsing) { m_isPulsing = isPulsing; }
    bool isPulsing() const { return m_isPulsing; }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    bool m_isPulsing = true;
};

} // namespace weir::gui
