// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/filtermemory.h"
#include "models/annotationmodel.h"
#include "models/colourrules.h"
#include "models/connectionlog.h"
#include "models/logfeed.h"
#include "models/subscriptionmodel.h"
#include "profile/secretstore.h"
#include "publish/publisher.h"

#include <QMainWindow>
#include <QUndoStack>

#include <memory>
#include <utility>
#include <vector>

class QAction;
class QTabWidget;

namespace weir::gui {

namespace Ui {
class MainWindow;
}
class ConnectionPane;
class DetailPane;
class FindActions;
class MarkActions;
class MarksPane;
class ProfileCommands;
class PublisherPane;
class ReplayCommands;
class StatusStrip;
class SubscriptionCommands;
class SubscriptionPane;
class ViewArea;
class WindowActions;

/// The engine that a window works on. References: everything must outlive the window.
struct Session
{
    store::EventLog &log;
    subscribe::Ingest &ingest;
    publish::Publisher &publisher;
    QString dataFolder = {};                 ///< where the list is kept between sessions; empty: nowhere
    profile::SecretStore *secrets = nullptr; ///< null: the desktop's key store
};

/// Puts the panes together: subscriptions and publisher at the side, the views in the middle with the selected event
/// below. It has no logic of its own. Closing it asks nothing and waits for nothing. GUI thread only.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Session session, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Adds a subscription and connects it. This is no step that undo takes back.
    void subscribe(const QUrl &url, const QString &name = {}, const QString &caFile = {});
    /// Opens a profile and connects its subscriptions.
    void openProfile(const QString &path);
    void showSideBySide();
    /// Starts the publisher if need be, with its demo channels, and subscribes to them side by side.
    void startDemo();

    /// Rows of the view of all subscriptions.
    quint64 shownEvents() const;
    /// Name and counters of each subscription in the list.
    std::vector<std::pair<QString, std::shared_ptr<const subscribe::Counters>>> streams() const;

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void createPanes();
    void createLowerPanes();
    void createDocks();
    void createReplays();
    void createActions();
    void createMarking();
    QList<QAction *> createComposing();
    QAction *createComparison();
    void createProfiles();
    void createLimits();
    void connectPanes();
    void connectViews();
    void connectConnections();
    void editColourRules();
    void goToMarked(store::EventNumber number);
    void showChosen(const store::Snapshot &snapshot, store::EventNumber number);
    QSize usualSize() const;
    void restoreWindow();
    void updateEmptyState();
    void showLedger();
    void subscribeToDemo(const QUrl &server, const QString &caFile);

    Session m_session;
    models::LogFeed m_feed;
    models::SubscriptionModel m_subscriptions;
    models::ConnectionLog m_attempts;
    models::Annotations m_annotations;
    models::AnnotationModel m_marks;
    models::ColourRules m_colourRules;
    FilterMemory m_filters;
    QUndoStack m_undo;
    std::unique_ptr<Ui::MainWindow> m_ui;
    std::unique_ptr<WindowActions> m_actions;
    std::unique_ptr<ProfileCommands> m_profiles;
    std::unique_ptr<FindActions> m_finding;
    std::unique_ptr<MarkActions> m_marking;
    MarksPane *m_marksPane = nullptr;
    SubscriptionCommands *m_commands = nullptr;
    SubscriptionPane *m_subscriptionPane = nullptr;
    PublisherPane *m_publisherPane = nullptr;
    ReplayCommands *m_replays = nullptr;
    ViewArea *m_views = nullptr;
    QTabWidget *m_lower = nullptr; ///< what is selected, below the views
    DetailPane *m_detail = nullptr;
    ConnectionPane *m_connection = nullptr;
    StatusStrip *m_status = nullptr;
    QDockWidget *m_publisherDock = nullptr;
    QDockWidget *m_subscriptionDock = nullptr;
    QMetaObject::Connection m_demoStart; ///< waits for the publisher to listen
};

} // namespace weir::gui
