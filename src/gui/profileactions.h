// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace weir::gui {

namespace Ui {
class MainWindow;
}
class ProfileCommands;
class SubscriptionCommands;
class SubscriptionPane;

/// Ties the actions that have to do with profiles, environments and curl to what they act on. GUI thread only.
class ProfileActions : public QObject
{
    Q_OBJECT

public:
    /// Keeps references, and takes `window` as parent: all must outlive this.
    ProfileActions(Ui::MainWindow &ui, ProfileCommands &profiles, SubscriptionCommands &commands,
        SubscriptionPane &pane, QWidget *window);

private:
    void connectFile();
    void connectCurl(SubscriptionCommands &commands, SubscriptionPane &pane);
    void fillRecentMenu();
    void fillEnvironmentMenu();

    Ui::MainWindow &m_ui;
    ProfileCommands &m_profiles;
};

} // namespace weir::gui
