// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>

namespace weir::publish {

/// How long bytes wait for a client, from samples taken now and then: nothing is kept for each write. The answer is too
/// small by up to the time between two samples. Bounded. Value.
class LagMeter
{
public:
    using Clock = std::chrono::steady_clock;

    /// `total`: bytes that the client is to get so far; `taken`: as many of them as it has.
    void sample(qint64 total, qint64 taken, Clock::time_point now);
    std::chrono::milliseconds lag(Clock::time_point now) const;
    bool isIdle() const { return m_samples.empty(); }

private:
    struct Sample
    {
        qint64 total;
        Clock::time_point time;
    };
    void thinOut();

    std::deque<Sample> m_samples; ///< both numbers rise
};

} // namespace weir::publish
