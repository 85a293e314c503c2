// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/viewmemory.h"
#include "models/logfeed.h"
#include "models/subscriptionmodel.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <map>

class QDockWidget;

namespace weir::models {
class Annotations;
class ColourRules;
} // namespace weir::models

namespace weir::gui {

class EventPane;
class FilterMemory;

/// The views: one table for all subscriptions and one for each that has been opened, as dock widgets that lie in tabs,
/// side by side, or float. One of them is the current view, which the commands act on: the one that had the focus last,
/// as long as it can be seen. GUI thread only.
class ViewArea : public QMainWindow
{
    Q_OBJECT

public:
    /// Up to so many subscriptions get a view of their own without being asked, in tabs and side by side.
    static constexpr int automaticViews = 4;
    /// More views than this side by side would be too narrow to read.
    static constexpr int maxSideBySide = 9;

    enum class Arrangement { Merged, SideBySide, Tabs };

    /// Keeps references: all must outlive this.
    ViewArea(models::LogFeed &feed, models::SubscriptionModel &subscriptions, FilterMemory &filters,
        QWidget *parent = nullptr);
    ~ViewArea() override;

    /// What all views share; keep references, which must outlive this. `actions` stand in the menu of a row.
    void setMarking(
        const models::Annotations &annotations, const models::ColourRules &rules, const QList<QAction *> &actions);

    EventPane *allEvents() const { return m_allEvents; }
    EventPane *current() const { return m_current; }
    EventPane *find(store::SubscriptionId id) const; ///< null if it has no view
    QList<EventPane *> panes() const;
    QString titleOf(const EventPane *pane) const;

    void arrange(Arrangement arrangement);
    Arrangement arrangement() const { return m_arrangement; }
    /// What arrange() was last asked for in an earlier run; what is no Arrangement is ignored.
    void restoreArrangement(int arrangement);
    /// How the views of subscriptions are, with those that are gone: columns, filters, kinds.
    QByteArray saveViews() const;
    /// Views that are opened from now on look as they were left; what is no such state is ignored.
    void restoreViews(const QByteArray &saved);
    /// Opens the subscription's view, or the view of all, brings it to the front and gives it the focus.
    void showView(store::SubscriptionId id);
    void showAllEvents();
    void closeCurrent();
    /// One for each view: shows and closes it. Owned by the views.
    QList<QAction *> viewActions() const;
    /// Opens a view of what `pane` shows: its scope and kinds, and its filter as one that can only be removed. It goes
    /// when it is closed.
    void openResults(const EventPane *pane);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Another view is current. It is never null.
    void currentChanged(weir::gui::EventPane *pane);
    /// The current view's ledger, pause or following changed.
    void currentUpdated();
    /// Something about the views that the user should know, in a sentence.
    void remark(const QString &text);
    /// As EventView says it.
    void reconnectFromRequested(weir::store::SubscriptionId subscription, const QByteArray &lastEventId);
    void limitsRequested();
    void curlRequested(weir::store::SubscriptionId subscription, const QByteArray &lastEventId, bool withSecrets);
    /// Another event was chosen in the view.
    void eventChosen(const weir::store::Snapshot &snapshot, weir::store::EventNumber number);

private:
    QDockWidget *createDock(const QString &name, std::optional<store::SubscriptionId> scope);
    QDockWidget *dockOf(const EventPane *pane) const;
    QDockWidget *openView(store::SubscriptionId id);
    QList<QDockWidget *> docks() const; ///< all events first, then in the order of the list, then results
    void closeResults(QDockWidget *dock);
    void showBeside(QDockWidget *dock);
    void equip(EventPane *pane);
    void openAutomaticViews();
    void closeRemovedViews();
    void takeSources(const models::Sources &sources);
    void takeFocus(QWidget *now);
    void setCurrent(EventPane *pane);
    void settle();
    void keepCurrentVisible();
    void bringToFront(QDockWidget *dock);
    void layTabs(const QList<QDockWidget *> &docks);
    void layGrid(const QList<QDockWidget *> &docks);

    models::LogFeed &m_feed;
    models::SubscriptionModel &m_subscriptions;
    FilterMemory &m_filters;
    EventPane *m_allEvents = nullptr;
    const models::Annotations *m_annotations = nullptr;
    const models::ColourRules *m_rules = nullptr;
    QList<QAction *> m_rowActions;
    std::map<store::SubscriptionId, QDockWidget *> m_views;
    QList<QDockWidget *> m_results; ///< views of other views' results, in the order in which they were opened
    int m_resultsOpened = 0;
    QPointer<EventPane> m_current;
    ViewMemory m_memory; ///< of views that are not open
    Arrangement m_arrangement = Arrangement::Tabs;
    QTimer m_settling; ///< until the event loop has laid out what changed
};

} // namespace weir::gui
