// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/filter.h"
#include "models/rowindex.h"
#include "models/sources.h"
#include "store/snapshot.h"

#include <QObject>

#include <bitset>
#include <memory>
#include <optional>
#include <vector>

namespace weir::models {

using KindSet = std::bitset<store::kindCount>;
inline constexpr std::size_t bit(store::Kind kind)
{
    return static_cast<std::size_t>(kind);
}
/// Events and connections: what a view shows at first.
KindSet defaultKinds();

/// What a view wants to see. A value.
struct ViewCriteria
{
    filter::Filter filter;
    std::optional<store::SubscriptionId> scope; ///< absent: all subscriptions
    KindSet kinds = defaultKinds();
    Sources sources; ///< names for the filter; muted ones are left out of a view without scope
    store::EventNumber clearedBefore;
    std::shared_ptr<const std::vector<store::EventNumber>> only; ///< rising; null: any record may be a row
};

/// What a scan found since its last result.
struct ScanResult
{
    bool isFirst = false;    ///< of a new run: it replaces what earlier runs found
    bool isComplete = false; ///< the run has caught up with the newest snapshot that it was given
    std::vector<SegmentRows> rows;
    filter::ScanTroubles troubles; ///< records that the filter could not decide: in no row, to be shown as an error
};

class ScanMailbox;

/// Finds the records that a view shows, on pool threads, in slices: a first result comes within 50 ms however long the
/// log is. Belongs to one view and lives in the GUI thread.
///
/// One job is in flight at a time, on all processors if it is long; the threads of all scans together are two more, so
/// that the newest rows of one view do not wait for the filter of another. Every change of the criteria starts a new
/// run; results of an older run are dropped. Jobs own what they use, so the destructor never waits for one.
class ViewScan : public QObject
{
    Q_OBJECT

public:
    explicit ViewScan(QObject *parent = nullptr);
    ~ViewScan() override;

    const ViewCriteria &criteria() const { return m_criteria; }
    /// Starts a new run over the newest snapshot.
    void setCriteria(ViewCriteria criteria);
    /// Goes on with the run to the end of `snapshot`.
    void setSnapshot(const store::Snapshot &snapshot);
    bool isComplete() const;

Q_SIGNALS:
    /// GUI thread, at most about 60 times a second, rows in rising order. The receiver must not delete the sender.
    void found(const weir::models::ScanResult &result);

private:
    void restart();
    void startJob();
    void collect();

    ViewCriteria m_criteria;
    std::shared_ptr<const ViewCriteria> m_shared; ///< the same, for the jobs of this run
    store::Snapshot m_snapshot;
    store::EventNumber m_next{1}; ///< where the next job of this run begins
    std::shared_ptr<ScanMailbox> m_mailbox;
    bool m_hasJob = false;
    bool m_awaitsFirst = true;
};

} // namespace weir::models
