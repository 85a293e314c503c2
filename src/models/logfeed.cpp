// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logfeed.h"

#include <chrono>

namespace weir::models {

using namespace std::chrono_literals;

namespace {

constexpr auto restful = 16ms;
constexpr auto flooded = 33ms;
constexpr std::uint64_t flood = 10'000; ///< records from one look to the next

} // namespace

LogFeed::LogFeed(const store::EventLog &log, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_snapshot(log.snapshot())
{
    noteFirstArrival();
    // A coarse timer may drift by 5 %, a precise one keeps to the display's pace.
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(restful);
    connect(&m_timer, &QTimer::timeout, this, &LogFeed::look);
    m_timer.start();
}

void LogFeed::noteFirstArrival()
{
    if (!m_firstArrival && m_snapshot.begin() < m_snapshot.end())
        m_firstArrival = m_snapshot.at(m_snapshot.begin()).arrival();
}

void LogFeed::look()
{
    auto latest = m_log.snapshot();
    if (latest.end() == m_snapshot.end() && latest.begin() == m_snapshot.begin())
        return;
    const auto arrived = latest.end().value - m_snapshot.end().value;
    m_snapshot = std::move(latest);
    // Nobody reads rows that pass by the ten thousand; painting them half as often leaves the processor to the network.
    const auto interval = arrived > flood ? flooded : restful;
    if (m_timer.intervalAsDuration() != interval)
        m_timer.setInterval(interval);
    noteFirstArrival();
    Q_EMIT advanced(m_snapshot);
}

} // namespace weir::models
