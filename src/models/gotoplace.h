// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rowindex.h"
#include "models/viewscan.h"

#include <QObject>
#include <QString>

#include <tl/expected.hpp>

namespace weir::models {

/// A record of the log that a person named, or a sentence why there is none.
using GoToPlace = tl::expected<store::EventNumber, QString>;

/// `88,431`, with or without separators.
GoToPlace eventByNumber(const QString &text, const store::Snapshot &snapshot);

/// The first record at or after a time: as `time` takes it in the filter language, where a time of day is that of the
/// day of `near`; or `+90s`, so long after the oldest record, or `-5min`, before the newest. O(log records).
GoToPlace eventByTime(
    const QString &text, const store::Snapshot &snapshot, const store::ClockAnchor &clock, store::EventNumber near);

/// Looks for events with a last event ID, on pool threads, however long the log is; what is hidden in views is found
/// too. GUI thread only.
class EventIdSearch : public QObject
{
    Q_OBJECT

public:
    explicit EventIdSearch(QObject *parent = nullptr);

    /// Gives up what was looked for before. Requires that `id` is not empty.
    void start(const QString &id, const store::Snapshot &snapshot);
    void stop();
    bool isRunning() const { return m_isRunning; }
    /// What start() was given.
    const QString &id() const { return m_id; }

    std::uint64_t count() const { return m_index.rowCount(); }
    /// The first event found behind `number`, or else the first of all; 0 if none has been found.
    store::EventNumber next(store::EventNumber number) const;

Q_SIGNALS:
    /// GUI thread: more has been found, or the search is over.
    void changed();

private:
    void add(const ScanResult &result);

    ViewScan m_scan;
    store::Snapshot m_snapshot;
    RowIndex m_index;
    QString m_id;
    bool m_isRunning = false;
};

} // namespace weir::models
