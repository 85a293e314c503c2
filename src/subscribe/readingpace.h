// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/consumption.h"

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace weir::subscribe {

/// How many bytes of one body may be read at a moment. Knows no clock of its own.
class ReadingPace
{
public:
    using Time = std::chrono::steady_clock::time_point;

    ReadingPace(const Consumption &consumption, Time now);

    /// Bytes that may be read now; 0: none before the pause is over.
    qint64 allowance(Time now);
    void spend(qint64 bytes);
    /// After an allowance of 0: until there is one again. None: never.
    std::optional<std::chrono::milliseconds> pause(Time now) const;

    bool hasStopped() const { return m_stoppedSince.has_value(); } ///< reached the bytes that it stops after
    bool hasResumed() const { return m_hasResumed; }
    /// What a reader should buffer at most: a large buffer would read ahead of the pace.
    static qint64 bufferBytes(const Consumption &consumption, qint64 usual);

private:
    void refill(Time now);

    Consumption m_consumption;
    std::optional<std::uint64_t> m_untilStop;
    std::optional<Time> m_stoppedSince;
    bool m_hasResumed = false;
    double m_tokens = 0;
    Time m_filled;
};

} // namespace weir::subscribe
