// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/lagmeter.h"

namespace weir::publish {

namespace {

constexpr std::size_t maxSamples = 128;

} // namespace

void LagMeter::sample(qint64 total, qint64 taken, Clock::time_point now)
{
    while (!m_samples.empty() && m_samples.front().total <= taken)
        m_samples.pop_front();
    // What was dropped from the queue waits no more.
    while (!m_samples.empty() && m_samples.back().total > total)
        m_samples.pop_back();
    if (total > taken && (m_samples.empty() || m_samples.back().total < total))
        m_samples.push_back({total, now});
    if (m_samples.size() > maxSamples)
        thinOut();
}

void LagMeter::thinOut()
{
    std::deque<Sample> kept;
    for (std::size_t i = 0; i < m_samples.size(); i += 2)
        kept.push_back(m_samples[i]);
    m_samples.swap(kept);
}

std::chrono::milliseconds LagMeter::lag(Clock::time_point now) const
{
    if (m_samples.empty())
        return std::chrono::milliseconds{0};
    return std::chrono::duration_cast<std::chrono::milliseconds>(now - m_samples.front().time);
}

} // namespace weir::publish
