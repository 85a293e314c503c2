// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/attemptreport.h"

#include <memory>

namespace weir::subscribe {

/// Writes the report of the attempt that is going on. Ingest thread.
class AttemptRecorder
{
public:
    explicit AttemptRecorder(std::shared_ptr<const Counters> counters);

    void begin(const ConnectionStatus &status);
    void setHops(const QList<HopReport> &hops) { m_report.hops = hops; }
    void noteOpen(const QString &warning);
    /// True if there was no event before.
    bool noteEvents(store::MonotonicTime firstByte, store::MonotonicTime firstEvent);
    /// `status` says how it ended and what follows.
    void end(const ConnectionStatus &status, const QString &ending);

    bool isRunning() const { return m_report.attempt != 0 && !m_report.isOver(); }
    const AttemptReport &report() const { return m_report; }

private:
    void count();
    std::chrono::nanoseconds sinceStart(store::MonotonicTime time) const { return time - m_report.started; }

    std::shared_ptr<const Counters> m_counters;
    AttemptReport m_report;
};

} // namespace weir::subscribe
