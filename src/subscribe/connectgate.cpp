// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/connectgate.h"

#include <algorithm>
#include <utility>

namespace weir::subscribe {

ConnectGate::ConnectGate(Limits limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{}

void ConnectGate::enter(const QObject *who, const QByteArray &origin, std::function<void()> start)
{
    const Waiter waiter{who, origin, std::move(start)};
    if (hasRoom(origin))
        admit(waiter);
    else
        m_waiting.push_back(waiter);
}

void ConnectGate::leave(const QObject *who)
{
    if (const auto inside = m_inside.constFind(who); inside != m_inside.cend()) {
        const QByteArray origin = inside.value();
        m_inside.erase(inside);
        if (--m_perOrigin[origin] == 0)
            m_perOrigin.remove(origin);
        admitNext();
        return;
    }
    std::erase_if(m_waiting, [&](const Waiter &waiter) { return waiter.who == who; });
}

bool ConnectGate::hasRoom(const QByteArray &origin) const
{
    return m_inside.size() < m_limits.inAll && m_perOrigin.value(origin) < m_limits.perOrigin;
}

void ConnectGate::admit(const Waiter &waiter)
{
    m_inside.insert(waiter.who, waiter.origin);
    ++m_perOrigin[waiter.origin];
    waiter.start();
}

void ConnectGate::admitNext()
{
    // One left, so at most one comes in; waiters of a full origin do not hold up the others.
    const auto next = std::find_if(
        m_waiting.begin(), m_waiting.end(), [this](const Waiter &waiter) { return hasRoom(waiter.origin); });
    if (next == m_waiting.end())
        return;
    const Waiter waiter = std::move(*next);
    m_waiting.erase(next);
    admit(waiter);
}

} // namespace weir::subscribe
