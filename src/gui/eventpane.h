// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventmodel.h"
#include "models/filterterms.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QMenu;
class QPushButton;

namespace weir::models {
class Annotations;
class ColourRules;
} // namespace weir::models

namespace weir::gui {

class EventView;
class FindInView;
class GoToInView;
class OverviewStrip;
class RowLooks;

namespace Ui {
class EventPane;
}
class FilterMemory;
using models::FilterChange;

/// One view: filter bar and table of events, of all subscriptions or of one. GUI thread only.
class EventPane : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `feed` must outlive this.
    explicit EventPane(models::LogFeed &feed, QWidget *parent = nullptr);
    /// With a memory that other views have too; it must outlive this.
    EventPane(models::LogFeed &feed, FilterMemory &memory, QWidget *parent = nullptr);
    ~EventPane() override;

    void setSources(const models::Sources &sources);
    /// Only this subscription; absent: all that are not muted.
    void setScope(std::optional<store::SubscriptionId> scope);
    /// Freezes the rows; receiving goes on.
    void setPaused(bool paused);
    bool isPaused() const;

    /// Hides what has been received so far. Undone by setClearedBefore(clearedBefore() as it was).
    void clear();
    store::EventNumber clearedBefore() const;
    void setClearedBefore(store::EventNumber number);

    void setFilterText(const QString &text);
    QString filterText() const;
    void focusFilter();
    /// Changes the filter by a term from the table or an event; can be undone in the line.
    void changeFilter(const QString &term, FilterChange change);
    /// Lifts the filter, so that the rows between are shown, or puts it back. The current row keeps its place.
    void setInContext(bool isInContext);
    bool isInContext() const;
    /// All that is in force, in one expression: what a view of these results begins with.
    QString effectiveFilter() const;
    /// A filter that the user can only remove: this view looks into the results of another.
    void setBaseFilter(const QString &expression);
    void setKinds(models::KindSet kinds);
    /// As if none of the saved filters were on at start.
    void switchSavedFiltersOff();
    void editSavedFilters();
    void setFollowing(bool following);
    bool isFollowing() const;

    /// Shows a column with the value at `path`; one that has been there keeps its place.
    void addColumn(const filter::JsonPath &path);
    /// The same columns and times as in another view; a column of sources stays as it is.
    void takeColumns(const EventPane &other);
    EventView *view() const;

    models::EventModel *eventModel() const { return m_model; }
    FindInView *find() const { return m_find; }
    GoToInView *goTo() const { return m_goTo; }

    /// Shared by all views; keep references, which must outlive this.
    void setAnnotations(const models::Annotations &annotations);
    void setColourRules(const models::ColourRules &rules);
    /// Shows only events with a mark, label or note, as long as there are annotations.
    void setOnlyMarked(bool isOnlyMarked);
    bool isOnlyMarked() const { return m_isOnlyMarked; }

    /// Columns, filter, kinds. restoreState() says whether `state` was understood; otherwise nothing changes.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

public Q_SLOTS:
    void copySelection();
    void selectAll();

Q_SIGNALS:
    /// The user chose another event; number 0: none. `snapshot` holds it.
    void currentEventChanged(const weir::store::Snapshot &snapshot, weir::store::EventNumber number);
    /// As EventView says it.
    void reconnectFromRequested(weir::store::SubscriptionId subscription, const QByteArray &lastEventId);
    /// The user wants to change what was the reason for evicting events.
    void limitsRequested();
    void curlRequested(weir::store::SubscriptionId subscription, const QByteArray &lastEventId, bool withSecrets);
    /// The user wants another view, of what this one shows.
    void resultsViewRequested();
    /// The model's ledger changed; at most once per tick.
    void ledgerChanged();
    /// Something that saveState() keeps, or following, changed.
    void stateChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void createFinding();
    void takeMarked();
    void connectFilterBar();
    void connectView();
    void applyFilter();
    void showTroubles();
    void addFilterActions(QMenu *menu, const QModelIndex &cell);
    void showLedger();
    void showNewRows();
    void placeNewRowsButton();
    void updateEmptyText();
    void showEvicted(std::uint64_t evicted);

    std::unique_ptr<Ui::EventPane> m_ui;
    models::LogFeed &m_feed;
    FilterMemory &m_memory;
    models::EventModel *m_model;
    RowLooks *m_looks;
    FindInView *m_find;
    GoToInView *m_goTo;
    OverviewStrip *m_overview;
    const models::Annotations *m_annotations = nullptr;
    bool m_isOnlyMarked = false;
    QPushButton *m_newRowsButton;
    std::uint64_t m_evicted = 0; ///< as the row above the first one says
    bool m_wasInContext = false;
    QString m_line; ///< the last expression of the line that was understood
};

} // namespace weir::gui
