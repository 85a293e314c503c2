// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

namespace weir::publish {

/// Which connections have not asked for a stream yet. They have a bound of their own, so that silent ones cannot keep
/// streams out. Beyond it nothing more is accepted for a moment: a thousand clients that come back at once after a
/// restart have sent their requests and are served then. Only those that have been silent for longer than that have to
/// go, the oldest first. Publisher thread only.
class PendingConnections : public QObject
{
    Q_OBJECT

public:
    explicit PendingConnections(QObject *parent = nullptr);

    static constexpr std::size_t maximum = 512;

    void add(std::uint64_t id);
    void remove(std::uint64_t id);

Q_SIGNALS:
    void crowded(bool isCrowded);  ///< accept no more, or again
    void silent(std::uint64_t id); ///< must go, or be added again if it is not

private:
    void judge();
    std::vector<std::uint64_t> overdue() const;

    using Clock = std::chrono::steady_clock;
    std::map<std::uint64_t, Clock::time_point> m_since; ///< ids grow, so the oldest is first
    QTimer m_timer;
    bool m_isCrowded = false;
};

} // namespace weir::publish
