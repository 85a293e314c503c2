// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/readingpace.h"

#include <algorithm>
#include <limits>

namespace weir::subscribe {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// A tenth of a second's worth is read at a time: steady enough, and few wake-ups.
constexpr double portion = 0.1;
constexpr qint64 smallestBuffer = 1024;

} // namespace

ReadingPace::ReadingPace(const Consumption &consumption, Time now)
    : m_consumption(consumption)
    , m_untilStop(consumption.stopsAfter)
    , m_filled(now)
{}

qint64 ReadingPace::allowance(Time now)
{
    if (m_untilStop == 0 && !m_stoppedSince)
        m_stoppedSince = now;
    if (m_stoppedSince && !m_hasResumed) {
        m_hasResumed = m_consumption.stopsFor > 0ms && now - *m_stoppedSince >= m_consumption.stopsFor;
        if (!m_hasResumed)
            return 0;
        m_untilStop.reset();
    }
    refill(now);
    const qint64 byRate =
        m_consumption.bytesPerSecond == 0 ? std::numeric_limits<qint64>::max() : static_cast<qint64>(m_tokens);
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<qint64>::max());
    return m_untilStop ? std::min(byRate, static_cast<qint64>(std::min(*m_untilStop, most))) : byRate;
}

void ReadingPace::refill(Time now)
{
    const auto rate = static_cast<double>(m_consumption.bytesPerSecond);
    m_tokens += std::chrono::duration<double>(now - m_filled).count() * rate;
    m_tokens = std::min(m_tokens, std::max(rate * portion, 1.0));
    m_filled = now;
}

void ReadingPace::spend(qint64 bytes)
{
    m_tokens -= static_cast<double>(bytes);
    if (m_untilStop)
        *m_untilStop -= std::min(*m_untilStop, static_cast<std::uint64_t>(bytes));
}

std::optional<milliseconds> ReadingPace::pause(Time now) const
{
    if (m_stoppedSince && !m_hasResumed) {
        if (m_consumption.stopsFor == 0ms)
            return std::nullopt;
        return std::max(1ms, std::chrono::ceil<milliseconds>(*m_stoppedSince + m_consumption.stopsFor - now));
    }
    const auto rate = static_cast<double>(std::max<std::uint64_t>(m_consumption.bytesPerSecond, 1));
    const double wanted = std::max(rate * portion, 1.0);
    return milliseconds(std::clamp<qint64>(static_cast<qint64>((wanted - m_tokens) / rate * 1000), 1, 60'000));
}

qint64 ReadingPace::bufferBytes(const Consumption &consumption, qint64 usual)
{
    if (!consumption.holdsBack())
        return usual;
    const auto byRate = static_cast<qint64>(std::min<std::uint64_t>(consumption.bytesPerSecond, 1 << 30)) / 10;
    return std::clamp(byRate, smallestBuffer, usual);
}

} // namespace weir::subscribe
