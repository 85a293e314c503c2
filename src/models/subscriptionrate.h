// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <cstddef>
#include <cstdint>
#include <deque>

namespace weir::models {

/// How fast a counter grows, over about the last second: steady enough to read, quick enough to believe. A value.
class SubscriptionRate
{
public:
    /// What the counter says at `now`; to be called a few times a second with `now` never going back.
    void sample(std::uint64_t count, store::MonotonicTime now);

    double perSecond() const { return m_perSecond; }

private:
    struct Sample
    {
        std::uint64_t count = 0;
        store::MonotonicTime time;
    };

    std::deque<Sample> m_samples; ///< the last is the newest; the first is the newest that is a second old
    double m_perSecond = 0;
};

} // namespace weir::models
