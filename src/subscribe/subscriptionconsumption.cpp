// SPDX-License-Identifier: GPL-3.0-or-later
// How Subscription plays a consumer that misbehaves.
#include "subscribe/subscription.h"

#include <algorithm>

namespace weir::subscribe {

qint64 Subscription::readableBytes()
{
    const auto size = static_cast<qint64>(m_intake.buffer.size());
    if (!m_pace)
        return size;
    const qint64 allowed = std::min(size, m_pace->allowance(std::chrono::steady_clock::now()));
    tellStop(m_pace->hasStopped() && !m_pace->hasResumed());
    return allowed;
}

void Subscription::waitForPace()
{
    if (const auto pause = m_pace->pause(std::chrono::steady_clock::now()))
        m_paceTimer.start(*pause);
}

void Subscription::tellStop(bool hasStopped)
{
    if (hasStopped == m_hasToldStop)
        return;
    m_hasToldStop = hasStopped;
    m_status.warning = warning();
    publishStatus(std::chrono::steady_clock::now());
}

void Subscription::openCompanions()
{
    if (m_companions || m_settings.consumption.extraConnections == 0)
        return;
    m_companions = std::make_unique<Companions>(m_intake, m_settings);
    connect(m_companions.get(), &Companions::changed, this, &Subscription::tellCompanions);
    connect(m_companions.get(), &Companions::reckoned, this, &Subscription::logCompanions);
}

QString Subscription::warning() const
{
    QStringList parts{m_attempt->warning()};
    parts << (m_hasToldStop ? tr("has stopped reading, as asked") : text(m_settings.consumption));
    if (m_companions)
        parts << text(m_companions->tally());
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

void Subscription::tellCompanions()
{
    if (!m_attempt || m_status.state != ConnectionState::Open)
        return;
    m_status.warning = warning();
    Q_EMIT statusChanged(m_status);
}

void Subscription::logCompanions()
{
    if (!m_attempt || m_status.state != ConnectionState::Open)
        return;
    m_status.warning = warning();
    publishStatus(std::chrono::steady_clock::now());
}

} // namespace weir::subscribe
