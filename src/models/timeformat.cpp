// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timeformat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

struct TimeFormats
{
    Q_DECLARE_TR_FUNCTIONS(TimeFormats)
};

struct ModeWords
{
    const char *title;
    const char *toolTip;
};

/// In the order of TimeMode.
constexpr std::array<ModeWords, timeModeCount> modeWords{{
    {QT_TRANSLATE_NOOP("TimeFormats", "Time"),
        QT_TRANSLATE_NOOP("TimeFormats", "When the last byte of the event arrived, in local time")},
    {QT_TRANSLATE_NOOP("TimeFormats", "Time (UTC)"),
        QT_TRANSLATE_NOOP("TimeFormats", "When the last byte of the event arrived, in UTC")},
    {QT_TRANSLATE_NOOP("TimeFormats", "Date and time"),
        QT_TRANSLATE_NOOP("TimeFormats", "When the last byte of the event arrived, in local time")},
    {QT_TRANSLATE_NOOP("TimeFormats", "Since start (s)"),
        QT_TRANSLATE_NOOP("TimeFormats", "Seconds since the first thing that was received in this session")},
    {QT_TRANSLATE_NOOP("TimeFormats", "Since connect (s)"),
        QT_TRANSLATE_NOOP("TimeFormats", "Seconds since the connection attempt that brought it began")},
    {QT_TRANSLATE_NOOP("TimeFormats", "Since above (s)"),
        QT_TRANSLATE_NOOP("TimeFormats", "Seconds since the row above, of any subscription")},
    {QT_TRANSLATE_NOOP("TimeFormats", "Since reference (s)"),
        QT_TRANSLATE_NOOP("TimeFormats", "Seconds since the time reference, a row that you choose in its menu")},
}};

int decimals(TimePrecision precision)
{
    return precision == TimePrecision::Milliseconds ? 3 : 6;
}

QString fraction(std::int64_t ns, TimePrecision precision)
{
    const std::int64_t unit = precision == TimePrecision::Milliseconds ? 1'000'000 : 1'000;
    return QString::number(ns / unit).rightJustified(decimals(precision), u'0');
}

} // namespace

QString timeTitle(const TimeFormat &format)
{
    return TimeFormats::tr(modeWords[static_cast<std::size_t>(format.mode)].title);
}

QString timeToolTip(const TimeFormat &format)
{
    return TimeFormats::tr(modeWords[static_cast<std::size_t>(format.mode)].toolTip);
}

QString timeText(const TimeContext &context, store::MonotonicTime arrival, store::MonotonicTime attemptStart,
    std::optional<store::MonotonicTime> above)
{
    const auto since = [&](std::optional<store::MonotonicTime> time) {
        return time ? formatSeconds(arrival - *time, context.format.precision) : QString();
    };
    switch (context.format.mode) {
    case TimeMode::Local:
    case TimeMode::Utc:
    case TimeMode::LocalDate:
        break;
    case TimeMode::SinceStart:
        return since(context.start);
    case TimeMode::SinceConnect:
        return since(attemptStart);
    case TimeMode::SincePrevious:
        return since(above);
    case TimeMode::SinceReference:
        return since(context.reference);
    }
    return formatTime(context.clock.wallTime(arrival), context.format);
}

QString formatTime(store::WallTime time, const TimeFormat &format)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const auto spec = format.mode == TimeMode::Utc ? Qt::UTC : Qt::LocalTime;
    const auto shown = QDateTime::fromSecsSinceEpoch(second.time_since_epoch().count(), spec);
    const auto text = shown.time().toString(u"HH:mm:ss."_s) + fraction((time - second).count(), format.precision);
    return format.mode == TimeMode::LocalDate ? shown.date().toString(Qt::ISODate) + u' ' + text : text;
}

QString formatSeconds(std::chrono::nanoseconds duration, TimePrecision precision)
{
    constexpr std::int64_t second = 1'000'000'000;
    const std::int64_t unit = precision == TimePrecision::Milliseconds ? 1'000'000 : 1'000;
    const std::int64_t ns = std::abs(duration.count());
    const auto text = QString::number(ns / second) + QLocale().decimalPoint() + fraction(ns % second, precision);
    return duration.count() <= -unit ? u"\u2212"_s + text : text; // no minus before a nought
}

} // namespace weir::models
