// SPDX-License-Identifier: GPL-3.0-or-later
// What Subscription does when the network goes, comes back, or the machine wakes.
#include "subscribe/subscription.h"

#include <QHostAddress>
#include <QRandomGenerator>

#include <algorithm>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr int networkBackSpreadMs = 250;

bool isThisMachine(const QUrl &url)
{
    return url.host() == u"localhost"_s || QHostAddress(url.host()).isLoopback();
}

} // namespace

void Subscription::noteNetwork(bool isOnline)
{
    m_isOnline = isOnline;
    if (m_status.state != ConnectionState::Waiting || isThisMachine(m_settings.url))
        return;
    if (!isOnline) {
        holdWhileOffline();
        return;
    }
    // Not all in the same moment.
    m_retryTimer.start(milliseconds(QRandomGenerator::global()->bounded(networkBackSpreadMs)));
    m_status.cause = Cause::NetworkBack;
}

void Subscription::holdWhileOffline()
{
    if (isThisMachine(m_settings.url))
        return;
    // What the system says is a hint and may be wrong, so now and then an attempt is made all the same.
    const milliseconds delay = std::max(m_settings.reconnect.ceiling, m_status.retryDelay);
    beginStatus(ConnectionState::Waiting, Cause::NetworkDown, {});
    m_status.rule = tr("connects as soon as there is a network");
    startWait(delay);
    publishStatus();
}

void Subscription::noteResumed()
{
    const bool isTrying = m_status.state != ConnectionState::Idle && m_status.state != ConnectionState::Closed;
    if (isTrying)
        reconnectBecause(Cause::Resumed);
}

} // namespace weir::subscribe
