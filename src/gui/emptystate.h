// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace weir::gui {

/// What stands in place of the views while there is nothing to look at yet: what to do next, with the buttons to do it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

Q_SIGNALS:
    void urlWanted();  ///< the user wants to type a URL
    void demoWanted(); ///< the user wants the demo channels
};

} // namespace weir::gui
