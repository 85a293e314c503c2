// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/timetest.h"

#include <algorithm>
#include <optional>

namespace weir::filter {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

constexpr nanoseconds day = 24h;

/// What was typed, before anything is known of zones.
struct Typed
{
    std::optional<std::chrono::year_month_day> date;
    bool hasTime = false;
    nanoseconds time{};
    nanoseconds length = day; ///< that the last part which was given stands for
    std::optional<nanoseconds> offset;
};

/// Reads a time from left to right; where it stops, something else was expected.
class TimeReader
{
public:
    explicit TimeReader(std::string_view text)
        : m_text(text)
    {}

    std::optional<Typed> run();
    std::size_t stop() const { return m_at; }

private:
    bool readDate();
    bool readTime();
    bool readSeconds();
    bool readOffset();
    std::optional<int> number(std::size_t least, std::size_t most, int limit);
    bool skip(std::string_view signs);
    bool atEnd() const { return m_at == m_text.size(); }

    std::string_view m_text;
    std::size_t m_at = 0;
    Typed m_typed;
};

std::optional<Typed> TimeReader::run()
{
    const bool hasDate = m_text.find('-') == 4;
    if (hasDate && !readDate())
        return std::nullopt;
    if (hasDate && atEnd())
        return m_typed;
    if (hasDate && !skip("Tt "))
        return std::nullopt;
    m_at = std::min(m_text.find_first_not_of(' ', m_at), m_text.size());
    return readTime() && readOffset() && atEnd() ? std::optional(m_typed) : std::nullopt;
}

bool TimeReader::readDate()
{
    const auto year = number(4, 4, 9999);
    if (!year || !skip("-"))
        return false;
    const auto month = number(2, 2, 12);
    if (!month || !skip("-"))
        return false;
    const std::size_t begin = m_at;
    const auto dayOfMonth = number(2, 2, 31);
    // Nanoseconds since 1970 have room for no more.
    if (!dayOfMonth || *year < 1700 || *year > 2200)
        return false;
    m_typed.date = std::chrono::year{*year} / *month / *dayOfMonth;
    if (!m_typed.date->ok())
        m_at = begin;
    return m_typed.date->ok();
}

bool TimeReader::readTime()
{
    const auto hour = number(1, 2, 23);
    if (!hour || !skip(":"))
        return false;
    const auto minute = number(2, 2, 59);
    if (!minute)
        return false;
    m_typed.hasTime = true;
    m_typed.time = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
    m_typed.length = 1min;
    return !skip(":") || readSeconds();
}

bool TimeReader::readSeconds()
{
    const auto second = number(2, 2, 59);
    if (!second)
        return false;
    m_typed.time += std::chrono::seconds{*second};
    m_typed.length = 1s;
    if (!skip(".,"))
        return true;
    const std::size_t begin = m_at;
    const auto fraction = number(1, 9, 999'999'999);
    if (!fraction)
        return false;
    m_typed.length = 1ns;
    for (std::size_t digits = m_at - begin; digits < 9; ++digits)
        m_typed.length *= 10;
    m_typed.time += *fraction * m_typed.length;
    return true;
}

bool TimeReader::readOffset()
{
    if (atEnd())
        return true;
    if (skip("Zz")) {
        m_typed.offset = 0ns;
        return true;
    }
    const bool isWest = m_text[m_at] == '-';
    if (!skip("+-"))
        return false;
    const auto hours = number(2, 2, 23);
    if (!hours)
        return false;
    skip(":");
    const auto minutes = atEnd() ? std::optional(0) : number(2, 2, 59);
    if (!minutes)
        return false;
    const nanoseconds offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    m_typed.offset = isWest ? -offset : offset;
    return true;
}

std::optional<int> TimeReader::number(std::size_t least, std::size_t most, int limit)
{
    const std::size_t begin = m_at;
    int value = 0;
    while (m_at < m_text.size() && m_at < begin + most && m_text[m_at] >= '0' && m_text[m_at] <= '9')
        value = value * 10 + (m_text[m_at++] - '0');
    if (m_at - begin >= least && value <= limit)
        return value;
    if (m_at - begin >= least)
        m_at = begin;
    return std::nullopt;
}

bool TimeReader::skip(std::string_view signs)
{
    const bool isThere = !atEnd() && signs.find(m_text[m_at]) != std::string_view::npos;
    m_at += isThere ? 1U : 0U;
    return isThere;
}

/// The moment at which clocks show `local`. Where they show it twice or never, one of those around it.
nanoseconds momentOf(nanoseconds local, const Typed &typed, const Context &context)
{
    if (typed.offset)
        return local - *typed.offset;
    const auto before = [&](nanoseconds guess) { return local - context.localOffset(store::WallTime{guess}); };
    return before(before(local));
}

struct Range
{
    std::int64_t low;
    std::int64_t high;
    bool isOutside;
};

/// Of the times that a comparison with [begin, end) holds for.
Range rangeOf(std::string_view comparison, std::int64_t begin, std::int64_t end)
{
    if (comparison == "<" || comparison == "<=")
        return {INT64_MIN, (comparison == "<" ? begin : end) - 1, false};
    if (comparison == ">" || comparison == ">=")
        return {comparison == ">" ? end : begin, INT64_MAX, false};
    return {begin, end - 1, comparison == "!="};
}

} // namespace

tl::expected<TimeTest, Error> TimeTest::compile(
    std::string_view comparison, std::string_view text, std::size_t position, const Context &context)
{
    TimeReader reader(text);
    const std::optional<Typed> typed = reader.run();
    if (!typed) {
        const std::size_t stop = reader.stop();
        return tl::make_unexpected(
            Error{ErrorKind::ExpectedTime, position + stop, text.size() - stop, std::string(text.substr(stop)), {}});
    }
    TimeTest result;
    result.m_context = context;
    result.m_isTimeOfDay = !typed->date;
    nanoseconds begin = typed->time;
    nanoseconds end = begin + typed->length;
    if (typed->date) {
        const nanoseconds midnight = std::chrono::sys_days{*typed->date}.time_since_epoch();
        begin = momentOf(midnight + begin, *typed, context);
        end = momentOf(midnight + end, *typed, context);
    } else if (typed->offset) {
        const auto offset = std::chrono::duration_cast<std::chrono::seconds>(*typed->offset);
        result.m_context.localOffset = [offset](store::WallTime) { return offset; };
    }
    const Range range = rangeOf(comparison, begin.count(), end.count());
    result.m_low = range.low;
    result.m_high = range.high;
    result.m_isOutside = range.isOutside;
    return result;
}

bool TimeTest::contains(store::MonotonicTime arrival, OffsetMemory &memory) const
{
    const store::WallTime wall = m_context.clock.wallTime(arrival);
    const std::int64_t time = m_isTimeOfDay ? timeOfDay(wall, memory) : wall.time_since_epoch().count();
    return (m_low <= time && time <= m_high) != m_isOutside;
}

std::int64_t TimeTest::timeOfDay(store::WallTime time, OffsetMemory &memory) const
{
    using Quarters = std::chrono::duration<std::int64_t, std::ratio<900>>;
    const std::int64_t quarter = std::chrono::floor<Quarters>(time).time_since_epoch().count();
    if (memory.quarter != quarter) {
        memory.quarter = quarter;
        memory.offset = m_context.localOffset(time);
    }
    const nanoseconds local = time.time_since_epoch() + memory.offset;
    return (local - std::chrono::floor<std::chrono::days>(local)).count();
}

} // namespace weir::filter
