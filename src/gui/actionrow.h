// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;

namespace weir::gui {

/// A row of small buttons for actions that change with what is shown, reached by the keyboard. GUI thread only.
class ActionRow : public QWidget
{
    Q_OBJECT

public:
    explicit ActionRow(QWidget *parent = nullptr);

    /// Replaces the buttons. The actions stay with their owner.
    void setButtons(const QList<QAction *> &actions);
};

} // namespace weir::gui
