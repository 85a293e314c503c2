// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace weir::store {

/// Place in the log of a record of any kind, counted from 1 since the start of the program and never used twice.
struct EventNumber
{
    std::uint64_t value = 0;
    friend auto operator<=>(const EventNumber &, const EventNumber &) = default;
};

/// Names a subscription for the life of the program; never used twice. 0 is none.
struct SubscriptionId
{
    std::uint32_t value = 0;
    friend auto operator<=>(const SubscriptionId &, const SubscriptionId &) = default;
};

/// Arrival on the monotonic clock, in nanoseconds of std::chrono::steady_clock.
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;

/// Ties the monotonic clock to the wall clock once, so that differences between shown times are exact even when the
/// wall clock is set while Weir runs.
struct ClockAnchor
{
    MonotonicTime monotonic;
    WallTime wall;

    static ClockAnchor now();
    WallTime wallTime(MonotonicTime time) const { return wall + (time - monotonic); }
};

enum class Kind : std::uint8_t { Event, Comment, FieldsOnly, Diagnostic, Connection };
inline constexpr int kindCount = 5;

enum class ConnectionState : std::uint8_t { Idle, Connecting, Open, Waiting, Closed };

} // namespace weir::store
