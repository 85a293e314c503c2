// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/flowgate.h"

#include "subscribe/ingest.h"

#include <utility>

namespace weir::subscribe {

using namespace std::chrono_literals;

FlowGate::FlowGate(const store::EventLog &log, const FlowLimit *limit, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_limit(limit)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(3ms);
    connect(&m_timer, &QTimer::timeout, this, &FlowGate::look);
}

bool FlowGate::isShut() const
{
    if (!m_limit || m_limit->maxRecordsAhead == 0)
        return false;
    const std::uint64_t consumedThrough = m_limit->consumedThrough.load(std::memory_order_acquire);
    const std::uint64_t end = m_log.snapshot().end().value;
    return end > consumedThrough + m_limit->maxRecordsAhead;
}

void FlowGate::wait(QObject *reader, std::function<void()> resume)
{
    m_waiters.push_back({reader, std::move(resume)});
    if (!m_timer.isActive())
        m_timer.start();
}

void FlowGate::look()
{
    // Readers that meet the shut gate again queue behind the others; only those here now are asked in this round.
    for (std::size_t left = m_waiters.size(); left > 0 && !isShut(); --left) {
        const Waiter waiter = std::move(m_waiters.front());
        m_waiters.pop_front();
        if (waiter.reader)
            waiter.resume();
    }
    if (m_waiters.empty())
        m_timer.stop();
}

} // namespace weir::subscribe
