// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>

#include <deque>
#include <functional>

namespace weir::subscribe {

/// Lets only so many connections be made at one time, so that a thousand subscriptions that start, or lose their server
/// together, do not storm it or fill its queue of new connections. Making one ends when the request is out: a server
/// may take its time with the response. Ingest thread.
class ConnectGate : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        int perOrigin = 32;
        int inAll = 128;
    };

    explicit ConnectGate(Limits limits, QObject *parent = nullptr);

    /// Calls `start` when it is the caller's turn, at once or later, unless leave() comes first. `who` names the
    /// caller.
    void enter(const QObject *who, const QByteArray &origin, std::function<void()> start);
    /// The turn is over, or no longer wanted. Does nothing if there is none.
    void leave(const QObject *who);
    std::size_t waitingCount() const { return m_waiting.size(); }

private:
    struct Waiter
    {
        const QObject *who;
        QByteArray origin;
        std::function<void()> start;
    };

    bool hasRoom(const QByteArray &origin) const;
    void admit(const Waiter &waiter);
    void admitNext();

    Limits m_limits;
    QHash<const QObject *, QByteArray> m_inside; ///< and their origins
    QHash<QByteArray, int> m_perOrigin;
    std::deque<Waiter> m_waiting;
};

} // namespace weir::subscribe
