// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/networkpresence.h"

#include <QNetworkInformation>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

#include <utility>

namespace weir::subscribe {

using namespace std::chrono_literals;

namespace {

constexpr auto lookInterval = 2s;
/// A shorter nap breaks no connection.
constexpr auto shortestSuspension = 5s;

/// How long the machine has been suspended in all: one clock of the kernel counts that time, the other does not.
std::chrono::nanoseconds timeSuspended()
{
#ifdef Q_OS_LINUX
    const auto read = [](clockid_t clock) {
        timespec time{};
        clock_gettime(clock, &time);
        return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
    };
    return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC);
#else
    return 0ns;
#endif
}

} // namespace

NetworkPresence::NetworkPresence(QObject *parent)
    : QObject(parent)
    , m_suspended(timeSuspended())
{
    watchReachability();
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    m_timer.setInterval(lookInterval);
    connect(&m_timer, &QTimer::timeout, this, &NetworkPresence::compareClocks);
    m_timer.start();
}

void NetworkPresence::watchReachability()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
        [this](QNetworkInformation::Reachability reachability) {
            if (reachability == QNetworkInformation::Reachability::Unknown)
                return;
            const bool isOnline = reachability != QNetworkInformation::Reachability::Disconnected;
            if (std::exchange(m_isOnline, isOnline) != isOnline)
                Q_EMIT networkChanged(isOnline);
        });
}

void NetworkPresence::compareClocks()
{
    const auto before = std::exchange(m_suspended, timeSuspended());
    if (m_suspended - before >= shortestSuspension)
        Q_EMIT resumed();
}

} // namespace weir::subscribe
