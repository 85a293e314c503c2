// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actionrow.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStyle>
#include <QToolButton>

namespace weir::gui {

ActionRow::ActionRow(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(0);
}

void ActionRow::setButtons(const QList<QAction *> &actions)
{
    qDeleteAll(findChildren<QToolButton *>(Qt::FindDirectChildrenOnly));
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    for (auto *action : actions) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setIconSize({side, side});
        button->setAccessibleName(action->text());
        layout()->addWidget(button);
    }
    adjustSize();
}

} // namespace weir::gui
