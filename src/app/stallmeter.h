// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace weir::app {

/// Measures how late the GUI thread's event loop runs: a thread of its own asks it for a sign of life every 5 ms, and
/// the lateness of each answer is a sample. A question that falls due while an older one is unanswered counts as well,
/// so a long stall weighs as much as it lasts. GUI thread, but for the asking.
class StallMeter : public QObject
{
    Q_OBJECT

public:
    explicit StallMeter(QObject *parent = nullptr);
    ~StallMeter() override;

    struct Result
    {
        double p99Ms = 0;
        double maxMs = 0;
    };
    Result result() const;

private:
    using Clock = std::chrono::steady_clock;

    void ask();
    void answer(Clock::time_point asked);

    static constexpr std::chrono::milliseconds interval{5};

    std::vector<float> m_latenessMs;
    std::atomic<bool> m_isWaiting{false};
    std::atomic<bool> m_isStopping{false};
    std::thread m_asker;
};

} // namespace weir::app
