// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace weir::publish {

/// Time since a start that stands still while it is paused.
class RunClock
{
public:
    using Clock = std::chrono::steady_clock;

    void start() { m_begin = Clock::now(); }
    void pause() { m_pausedAt = Clock::now(); }
    void resume() { m_begin += Clock::now() - std::exchange(m_pausedAt, Clock::time_point::max()); }
    Clock::duration elapsed() const { return std::min(Clock::now(), m_pausedAt) - m_begin; }

private:
    Clock::time_point m_begin = Clock::now();
    Clock::time_point m_pausedAt = Clock::time_point::max(); ///< max(): it runs
};

/// Many events that go out one after the other, until they have or until it is destroyed. Publisher thread only.
class Production : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0; ///< once
    virtual void pause() = 0;
    virtual void resume() = 0;
    virtual std::uint64_t produced() const = 0; ///< events

Q_SIGNALS:
    void completed(); ///< all are on their way; at most once
    void failed(const QString &reason);
};

} // namespace weir::publish
