// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/networkpresence.h"

#include <QNetworkInformation>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

#include <utility>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
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

/// Qt's source over NetworkManager complains on standard error where there is no system bus; the one over GLib asks the
/// same service, and knows without it too.
bool loadBackend()
{
    const QString preferred = u"glib"_s;
    if (QNetworkInformation::availableBackends().contains(preferred))
        return QNetworkInformation::loadBackendByName(preferred);
    return QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability);
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
    if (!loadBackend() || !QNetworkInformation::instance())
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
