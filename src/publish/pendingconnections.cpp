// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/pendingconnections.h"

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Long enough for a request that was sent at once to be read, even by a busy thread.
constexpr auto patience = 250ms;
constexpr auto interval = 20ms;

} // namespace

PendingConnections::PendingConnections(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &PendingConnections::judge);
}

void PendingConnections::add(std::uint64_t id)
{
    m_since.emplace(id, Clock::now());
    if (m_since.size() <= maximum || m_isCrowded)
        return;
    m_isCrowded = true;
    m_timer.start();
    Q_EMIT crowded(true);
}

void PendingConnections::remove(std::uint64_t id)
{
    m_since.erase(id);
}

void PendingConnections::judge()
{
    while (m_since.size() > maximum && Clock::now() - m_since.begin()->second > patience) {
        const std::uint64_t oldest = m_since.begin()->first;
        m_since.erase(m_since.begin());
        Q_EMIT silent(oldest);
    }
    if (m_since.size() > maximum)
        return;
    m_isCrowded = false;
    m_timer.stop();
    Q_EMIT crowded(false);
}

} // namespace weir::publish
