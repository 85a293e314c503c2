// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace weir::publish {

/// Says when each of many events is due, counted from the first one. Every time follows from the start and not from
/// when the event before it went out, so nothing adds up: a sender that was held up catches up. Knows no clock.
class Pacer
{
public:
    using Time = std::chrono::duration<double>;

    enum class Spacing {
        Even,   ///< event n at n / rate
        Random, ///< independent events with that mean rate: a Poisson process
    };
    struct Plan
    {
        double eventsPerSecond = 1; ///< above 0
        Spacing spacing = Spacing::Even;
        std::uint64_t count = 0; ///< 0: no bound
        Time duration{0};        ///< events due at its end or later do not come; 0: no end
    };

    explicit Pacer(const Plan &plan, std::uint64_t seed = std::random_device{}());

    /// How many more are due by then, at most `most`; they count as taken.
    std::uint64_t take(Time elapsed, std::uint64_t most);
    /// When the next one is due. Requires: not isComplete().
    Time next() const;
    bool isComplete() const { return m_taken >= m_count || (m_plan.duration > Time{0} && m_isPastEnd); }
    std::uint64_t taken() const { return m_taken; }

private:
    void drawNext();

    Plan m_plan;
    std::uint64_t m_count; ///< with what the duration allows, where that is a number
    std::uint64_t m_taken = 0;
    std::mt19937_64 m_random;
    std::exponential_distribution<double> m_gap;
    double m_next = 0; ///< seconds; of random spacing
    bool m_isPastEnd = false;
};

} // namespace weir::publish
