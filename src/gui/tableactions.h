// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace weir::gui {

namespace Ui {
class MainWindow;
}
class ViewArea;

/// Ties the actions of the window's menus that are about the table itself to the current view: copying, columns, times.
/// GUI thread only.
class TableActions : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: both must outlive this.
    TableActions(Ui::MainWindow &ui, ViewArea &views, QObject *parent);

private:
    void connectCopying();
    void connectColumns();

    Ui::MainWindow &m_ui;
    ViewArea &m_views;
};

} // namespace weir::gui
