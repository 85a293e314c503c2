// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace weir::models {

/// The clock of the views: looks at the log at most 60 times a second and hands the same snapshot to all of them, but
/// only when something has come or gone. GUI thread only.
class LogFeed : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `log` must outlive this.
    explicit LogFeed(const store::EventLog &log, QObject *parent = nullptr);

    const store::Snapshot &snapshot() const { return m_snapshot; }
    const store::EventLog &log() const { return m_log; }
    /// When the first record of the log came. It may have been evicted since.
    std::optional<store::MonotonicTime> firstArrival() const { return m_firstArrival; }

Q_SIGNALS:
    /// GUI thread, at most 60 times a second. The receiver must not delete the sender.
    void advanced(const weir::store::Snapshot &snapshot);

private:
    void look();
    void noteFirstArrival();

    const store::EventLog &m_log;
    store::Snapshot m_snapshot;
    std::optional<store::MonotonicTime> m_firstArrival;
    QTimer m_timer;
};

} // namespace weir::models
