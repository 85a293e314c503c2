// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace weir::subscribe {

/// Tells when the system loses its network and has it back, and when the machine was suspended. A hint: there may be
/// nobody who knows (containers), or a network that leads nowhere. Main thread, because Qt's source of this lives
/// there.
class NetworkPresence : public QObject
{
    Q_OBJECT

public:
    explicit NetworkPresence(QObject *parent = nullptr);

Q_SIGNALS:
    /// At most once for each change; not at the start.
    void networkChanged(bool isOnline);
    /// Within a few seconds after the machine runs again.
    void resumed();

private:
    void watchReachability();
    void compareClocks();

    QTimer m_timer;
    std::chrono::nanoseconds m_suspended; ///< in all, since the machine was started
    bool m_isOnline = true;
};

} // namespace weir::subscribe
