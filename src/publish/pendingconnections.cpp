// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/pendingconnections.h"

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Long enough for a request that was sent at once to come and be read, even on a busy machine.
constexpr auto pendingLimit = 1s;
constexpr auto checkInterval = 20ms;
/// How many may stay when some have to go: with room for one newcomer at a time a crowd would hold up the next ones.
constexpr std::size_t enoughPending = PendingConnections::maximum * 3 / 4;

} // namespace

PendingConnections::PendingConnections(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setInterval(checkInterval);
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

std::vector<std::uint64_t> PendingConnections::overdue() const
{
    const auto latest = Clock::now() - pendingLimit;
    std::vector<std::uint64_t> ids;
    for (const auto &[id, since] : m_since) {
        if (since < latest)
            ids.push_back(id);
    }
    return ids;
}

void PendingConnections::judge()
{
    // Who is added again is still among the oldest, and must not shield the others.
    for (const std::uint64_t id : overdue()) {
        if (m_since.size() <= enoughPending)
            break;
        if (m_since.erase(id) > 0)
            Q_EMIT silent(id);
    }
    if (m_since.size() > maximum)
        return;
    m_isCrowded = false;
    m_timer.stop();
    Q_EMIT crowded(false);
}

} // namespace weir::publish
