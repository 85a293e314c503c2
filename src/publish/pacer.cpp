// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/pacer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weir::publish {

namespace {

std::uint64_t countOf(const Pacer::Plan &plan)
{
    const auto unbounded = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t asked = plan.count == 0 ? unbounded : plan.count;
    if (plan.duration <= Pacer::Time{0} || plan.spacing == Pacer::Spacing::Random)
        return asked;
    const double within = std::ceil(plan.duration.count() * plan.eventsPerSecond);
    return within < 1e18 ? std::min(asked, static_cast<std::uint64_t>(within)) : asked;
}

} // namespace

Pacer::Pacer(const Plan &plan, std::uint64_t seed)
    : m_plan(plan)
    , m_count(countOf(plan))
    , m_random(seed)
    , m_gap(plan.eventsPerSecond)
{
    if (plan.spacing == Spacing::Random)
        drawNext();
}

std::uint64_t Pacer::take(Time elapsed, std::uint64_t most)
{
    std::uint64_t events = 0;
    const std::uint64_t bound = std::min(most, m_count - m_taken);
    if (m_plan.spacing == Spacing::Even) {
        const auto total = static_cast<std::uint64_t>(std::max(elapsed.count(), 0.0) * m_plan.eventsPerSecond) + 1;
        events = total <= m_taken ? 0 : std::min(total - m_taken, bound);
    } else {
        for (; events < bound && !m_isPastEnd && m_next <= elapsed.count(); ++events)
            drawNext();
    }
    m_taken += events;
    return events;
}

Pacer::Time Pacer::next() const
{
    if (m_plan.spacing == Spacing::Random)
        return Time{m_next};
    return Time{static_cast<double>(m_taken) / m_plan.eventsPerSecond};
}

void Pacer::drawNext()
{
    m_next += m_gap(m_random);
    m_isPastEnd = m_plan.duration > Time{0} && m_next >= m_plan.duration.count();
}

} // namespace weir::publish
