// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace weir::models {

/// What the Time column tells. Saved states name modes by their number: new ones go to the end.
enum class TimeMode : std::uint8_t {
    Local,          ///< `14:05:01.123456`
    Utc,            ///< the same in UTC
    LocalDate,      ///< `2026-11-22 14:05:01.123456`
    SinceStart,     ///< seconds since the first record of the log
    SinceConnect,   ///< seconds since the connection attempt that brought the record began
    SincePrevious,  ///< seconds since the row above
    SinceReference, ///< seconds since a row that the user chose
};
inline constexpr int timeModeCount = 7;

enum class TimePrecision : std::uint8_t { Milliseconds, Microseconds };

struct TimeFormat
{
    TimeMode mode = TimeMode::Local;
    TimePrecision precision = TimePrecision::Microseconds;

    bool isDuration() const { return mode >= TimeMode::SinceStart; }

    friend bool operator==(const TimeFormat &, const TimeFormat &) = default;
};

/// What durations are counted from: a record, which may have been evicted or filtered out since.
struct TimeReference
{
    store::EventNumber number;
    store::MonotonicTime time;
};

/// What times are told with.
struct TimeContext
{
    store::ClockAnchor clock;
    TimeFormat format;
    std::optional<store::MonotonicTime> start;     ///< of the session
    std::optional<store::MonotonicTime> reference; ///< absent: none is chosen
};

/// What the Time column says of a record. `above`: of the row above it, if there is one. Any thread.
QString timeText(const TimeContext &context, store::MonotonicTime arrival, store::MonotonicTime attemptStart,
    std::optional<store::MonotonicTime> above);

/// For the header: `Since start (s)`.
QString timeTitle(const TimeFormat &format);
QString timeToolTip(const TimeFormat &format);

/// Of a mode that is no duration.
QString formatTime(store::WallTime time, const TimeFormat &format);
/// Seconds with all decimals of the precision, for the points to stand below each other: `1.204000`, `−0.012000`.
QString formatSeconds(std::chrono::nanoseconds duration, TimePrecision precision);

} // namespace weir::models
