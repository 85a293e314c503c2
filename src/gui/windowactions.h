// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionmodel.h"

#include <QObject>
#include <QTimer>

class QAction;
class QDockWidget;
class QMainWindow;
class QMenu;
class QTabWidget;
class QUndoStack;

namespace weir::gui {

namespace Ui {
class MainWindow;
}
class ConnectionPane;
class PublisherPane;
class SubscriptionCommands;
class SubscriptionPane;
class ViewArea;

/// Ties the actions of the window's menus and toolbar to what they act on: the selected subscriptions, the current
/// view. What can be done at the moment is worked out in one place, update(). GUI thread only.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    /// What the actions act on; all must outlive this.
    struct Parts
    {
        models::SubscriptionModel &subscriptions;
        QUndoStack &undo;
        SubscriptionCommands &commands;
        SubscriptionPane &subscriptionPane;
        PublisherPane &publisherPane;
        ViewArea &views;
        QTabWidget &lower; ///< selected event and connection log
        ConnectionPane &connection;
    };

    /// Keeps references: `ui` and `window` must outlive this.
    WindowActions(Ui::MainWindow &ui, const Parts &parts, QMainWindow &window);

    /// Adds the switches of the side panels to the View menu, and of the last one to the toolbar.
    void addPanels(const QList<QDockWidget *> &docks);
    /// Adds actions to the Events menu that need a view; null is a separator.
    void addEventActions(const QList<QAction *> &actions);

private:
    void connectFile();
    void connectEdit();
    void connectViews();
    void connectSubscriptions();
    void connectEvents();
    void connectHelp();
    void connectUpdates();
    void setIcons();
    void limitShortcuts();
    void connectGroups();
    void fillViewsMenu();
    void fillGroupMenu();
    void moveToNewGroup();
    void editSelected();
    void showConnectionLog();
    void clearView();
    void pasteUrls();
    void update();

    Ui::MainWindow &m_ui;
    Parts m_parts;
    QMainWindow &m_window;
    QMenu *m_viewsMenu;
    QList<QAction *> m_eventActions;
    QTimer m_updating; ///< until a series of changes of the list is over
};

} // namespace weir::gui
