// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"
#include "models/eventmodelroles.h"
#include "models/jsoncells.h"
#include "models/logfeed.h"
#include "models/timeformat.h"
#include "models/viewscan.h"

#include <QAbstractTableModel>

namespace weir::models {

/// Where the records of the log are, as one view sees it. All add up to the records ever received.
struct ViewLedger
{
    std::uint64_t shown = 0;
    std::uint64_t hidden = 0;  ///< looked at and left out: by filter, kind or subscription
    std::uint64_t cleared = 0; ///< hidden by clearing; comes back with undo
    std::uint64_t waiting = 0; ///< not looked at yet, or arrived while paused
    std::uint64_t evicted = 0; ///< older than the view's snapshot
    KindCounts inScope{};      ///< shown + hidden of the view's subscription, by kind

    friend bool operator==(const ViewLedger &, const ViewLedger &) = default;
};

/// The records of one view as rows: the newest snapshot of the log plus the result of a scan. Keeps no state per row
/// and formats only the cells that are asked for.
///
/// New rows come as one insertion per result, eviction as one removal at the front, a change of the criteria as a reset
/// with the new run's first result (until then the old rows stay). GUI thread only.
class EventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Keeps a reference: `feed` must outlive this.
    explicit EventModel(LogFeed &feed, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// In an order of no meaning: the header has the one that the user sees, and what is hidden.
    const Columns &columns() const { return m_columns; }
    /// Inserts what is new and removes what is missing, one by one; a column that is to stand further to the front is
    /// removed and inserted. Of two that show the same the second one is left out.
    void setColumns(const Columns &columns);
    int columnOf(const Column &column) const; ///< -1 where there is none that shows the same
    int columnOf(ColumnKind kind) const;

    const TimeFormat &timeFormat() const { return m_timeFormat; }
    void setTimeFormat(const TimeFormat &format);
    const std::optional<TimeReference> &timeReference() const { return m_timeReference; }
    /// Counts times from this record, which need not stay a row; 0 from none.
    void setTimeReference(store::EventNumber number);

    /// All that the Time column is told with, for other threads.
    TimeContext timeContext() const;

    const ViewCriteria &criteria() const { return m_scan.criteria(); }
    void setFilter(const filter::Filter &filter);
    void setScope(std::optional<store::SubscriptionId> scope);
    void setKinds(KindSet kinds);
    /// Only these, in rising order, can be rows; null: all.
    void setOnly(std::shared_ptr<const std::vector<store::EventNumber>> only);
    void setSources(const Sources &sources);
    const Sources &sources() const { return m_sources; }
    /// Hides all before `number`; 0 shows everything that the log still holds.
    void setClearedBefore(store::EventNumber number);

    /// While paused the rows stay as they are: the snapshot is held, and with it up to one memory budget of segments
    /// that the log evicts meanwhile. Receiving goes on.
    void setPaused(bool paused);
    bool isPaused() const { return m_isPaused; }
    /// Records that arrived since the pause, before any filter.
    std::uint64_t waitingWhilePaused() const;

    /// The run of the current criteria has caught up.
    bool isComplete() const { return m_scan.isComplete(); }
    const ViewLedger &ledger() const { return m_ledger; }
    /// Records that the run in force could not decide: they are no rows, though they might have matched.
    const filter::ScanTroubles &troubles() const { return m_troubles; }

    const store::Snapshot &snapshot() const { return m_snapshot; }
    /// One past the last record that the run in force has looked at.
    store::EventNumber examinedEnd() const { return m_index.end(); }
    const store::ClockAnchor &clock() const { return m_feed.log().clock(); }
    store::EventNumber numberAt(int row) const; ///< 0 where there is no such row
    const RowIndex &rowIndex() const { return m_index; }
    int rowOf(store::EventNumber number) const; ///< -1 where it is no row
    int lowerBound(store::EventNumber number) const;

Q_SIGNALS:
    /// GUI thread, at most once per tick or result, after the rows have changed.
    void ledgerChanged();
    /// The run in force met more records that it could not decide, or another run began with none.
    void troublesChanged();
    /// For those who look at the same records: other criteria are in force, though the rows of the old ones may stand.
    void criteriaChanged();
    /// The snapshot is another one; at most once per tick, and not while paused.
    void snapshotChanged();
    void sourcesChanged();

private:
    QVariant textOf(const store::EventView &event, const QModelIndex &index) const;
    QVariant alignmentOf(const QModelIndex &index) const;
    bool isRightAligned(const Column &column) const;
    QString timeCell(const store::EventView &event, int row) const;
    JsonCell jsonCell(store::EventNumber number, const Column &column) const;
    void announce(int column);
    void connectCells();
    void updatePaths();
    void removeColumnAt(qsizetype at);
    ReadBracket bracketOf(int row) const;
    void take(const store::Snapshot &snapshot);
    void add(const ScanResult &result);
    void replaceAll(const ScanResult &result);
    void insertAtEnd(const ScanResult &result);
    bool isHeld(const SegmentRows &rows) const;
    void restart(ViewCriteria criteria);
    void updateLedger();
    void updateTroubles(const ScanResult &result);

    LogFeed &m_feed;
    Columns m_columns = fixedColumns();
    JsonCells *const m_jsonCells;
    TimeFormat m_timeFormat;
    std::optional<TimeReference> m_timeReference;
    Sources m_sources;
    store::Snapshot m_snapshot; ///< holds every record that is a row
    RowIndex m_index;
    ViewScan m_scan;
    ViewLedger m_ledger;
    filter::ScanTroubles m_troubles;
    bool m_isPaused = false;
};

} // namespace weir::models
