// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>

namespace weir::subscribe {

struct FlowLimit;

/// Tells readers to wait while the consumer of the log is too far behind, and wakes them in turn. The consumer is
/// another thread and tells nothing, so the gate looks every few milliseconds, once for all readers. Ingest thread.
class FlowGate : public QObject
{
    Q_OBJECT

public:
    /// Keeps references; `limit` may be null.
    FlowGate(const store::EventLog &log, const FlowLimit *limit, QObject *parent = nullptr);

    bool isShut() const;
    /// Calls `resume` once when the gate is open again, unless `reader` is gone by then.
    void wait(QObject *reader, std::function<void()> resume);

private:
    struct Waiter
    {
        QPointer<QObject> reader;
        std::function<void()> resume;
    };

    void look();

    const store::EventLog &m_log;
    const FlowLimit *m_limit;
    std::deque<Waiter> m_waiters;
    QTimer m_timer;
};

} // namespace weir::subscribe
