// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptionrate.h"

namespace weir::models {

using namespace std::chrono_literals;

namespace {
constexpr auto window = 1s;
}

void SubscriptionRate::sample(std::uint64_t count, store::MonotonicTime now)
{
    m_samples.push_back({count, now});
    while (m_samples.size() > 2 && now - m_samples[1].time >= window)
        m_samples.pop_front();
    const auto &oldest = m_samples.front();
    const std::chrono::duration<double> elapsed = now - oldest.time;
    m_perSecond = elapsed.count() > 0 ? static_cast<double>(count - oldest.count) / elapsed.count() : 0;
}

} // namespace weir::models
