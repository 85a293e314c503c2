// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/context.h"
#include "filter/error.h"

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

namespace weir::filter {

/// `time` compared with a moment or, where no date was given, with a time of day.
///
/// What was typed stands for all of the day, minute, second or part of a second that it names: `time = 14:05` is that
/// whole minute, `time > 2026-11-22` begins with the day after. Without `Z` or an offset it is local time. A time of
/// day without a date is that of any day.
class TimeTest
{
public:
    /// `comparison` is one of = == != < <= > >=; `text` stands at `position` of the expression.
    static tl::expected<TimeTest, Error> compile(
        std::string_view comparison, std::string_view text, std::size_t position, const Context &context);

    /// Remembers the offset of the quarter of an hour that was asked for last; zones change at no other time.
    struct OffsetMemory
    {
        std::int64_t quarter = INT64_MIN;
        std::chrono::nanoseconds offset{};
    };

    bool contains(store::MonotonicTime arrival, OffsetMemory &memory) const;

private:
    std::int64_t timeOfDay(store::WallTime time, OffsetMemory &memory) const;

    bool m_isTimeOfDay = false;
    bool m_isOutside = false;
    std::int64_t m_low = 0; ///< nanoseconds of the day, or of the wall clock
    std::int64_t m_high = 0;
    Context m_context;
};

} // namespace weir::filter
