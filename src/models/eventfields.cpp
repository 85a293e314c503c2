// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventfields.h"

#include "models/eventformat.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

struct EventFields
{
    Q_DECLARE_TR_FUNCTIONS(EventFields)
};

constexpr std::size_t valueBytes = 4096;
/// What the GUI thread goes through in less than a millisecond.
constexpr std::size_t mostBytesLookedAt = std::size_t{1} << 20;

QString bytesText(std::uint64_t count)
{
    return EventFields::tr("%1 bytes").arg(formatCount(count));
}

QString placeInRead(std::int32_t offset)
{
    if (offset < 0)
        return EventFields::tr("begins %1 bytes before it")
            .arg(formatCount(static_cast<std::uint64_t>(-std::int64_t{offset})));
    return EventFields::tr("begins at byte %1 of it").arg(formatCount(static_cast<std::uint64_t>(offset)));
}

QString retryText(const QString &value)
{
    const bool isNumber =
        !value.isEmpty() && std::ranges::all_of(value, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? EventFields::tr("%1 ms").arg(value) : EventFields::tr("%1, which is no number").arg(value);
}

/// The values of the block's `retry` lines, as they were sent.
QStringList retryValues(std::string_view block)
{
    constexpr std::string_view name = "retry:";
    QStringList values;
    block = block.substr(0, mostBytesLookedAt);
    for (std::size_t at = block.find(name); at != std::string_view::npos; at = block.find(name, at + name.size())) {
        const bool beginsLine = at == 0 || block[at - 1] == '\n' || block[at - 1] == '\r';
        const std::size_t end = std::min(block.find_first_of("\r\n", at), block.size());
        if (beginsLine)
            values += retryText(oneLine(block.substr(at + name.size(), end - at - name.size()), valueBytes).trimmed());
    }
    return values;
}

QString typeWords(const store::EventView &event)
{
    const QString type = oneLine(event.type(), valueBytes);
    return event.typeBuffer().empty() ? EventFields::tr("%1, for want of another").arg(type) : type;
}

void addArrival(std::vector<EventField> &fields, const store::EventView &event, const store::ClockAnchor &clock)
{
    fields.push_back({EventFields::tr("Arrived"), formatDateTime(clock.wallTime(event.arrival()))});
    const auto ns = static_cast<std::uint64_t>(event.arrival().time_since_epoch().count());
    fields.push_back({EventFields::tr("Monotonic clock"), EventFields::tr("%1 ns").arg(formatCount(ns))});
    if (event.gap())
        fields.push_back({EventFields::tr("Gap"), formatGap(*event.gap())});
}

void addStreamFields(std::vector<EventField> &fields, const store::EventView &event)
{
    if (event.kind() == store::Kind::Event)
        fields.push_back({EventFields::tr("Data size"), bytesText(event.data().size())});
    QString exact = bytesText(event.raw().size());
    if (const auto leading = event.rawWithLeading().size() - event.raw().size(); leading > 0)
        exact = EventFields::tr("%1, and %2 before it that belong to no block").arg(exact, formatCount(leading));
    fields.push_back({EventFields::tr("Exact bytes"), exact});
    fields.push_back({EventFields::tr("Network read"),
        EventFields::tr("number %1 of the connection, %2; %3")
            .arg(formatCount(event.read().number), bytesText(event.read().bytes), placeInRead(event.offsetInRead()))});
    if (event.insideBlock())
        fields.push_back({EventFields::tr("Place"), EventFields::tr("inside the block that follows")});
    if (event.skipped() > 0)
        fields.push_back({EventFields::tr("Not kept"), bytesText(event.skipped())});
    if (event.rawIncomplete())
        fields.push_back(
            {EventFields::tr("Exact bytes are incomplete"), EventFields::tr("an over-long line was left out")});
}

void addConnectionFields(std::vector<EventField> &fields, const store::ConnectionChange &change)
{
    fields.push_back({EventFields::tr("State"), connectionWord(change.state)});
    if (change.httpStatus != 0)
        fields.push_back({EventFields::tr("HTTP status"), QString::number(change.httpStatus)});
    if (change.retryDelay.count() > 0)
        fields.push_back({EventFields::tr("Next attempt after"), formatGap(change.retryDelay)});
    fields.push_back({EventFields::tr("Reason"), oneLine(change.reason, valueBytes)});
}

} // namespace

std::vector<EventField> eventFields(
    const store::EventView &event, const Sources &sources, const store::ClockAnchor &clock)
{
    std::vector<EventField> fields;
    fields.push_back({EventFields::tr("Number"), formatCount(event.number().value)});
    addArrival(fields, event, clock);
    fields.push_back({EventFields::tr("Source"), sourceName(event.subscription(), sources)});
    fields.push_back({EventFields::tr("Attempt"), QString::number(event.attempt())});
    fields.push_back({EventFields::tr("Kind"), kindWord(event.kind())});
    if (event.kind() == store::Kind::Connection) {
        addConnectionFields(fields, event.connection());
        return fields;
    }
    if (event.kind() == store::Kind::Event)
        fields.push_back({EventFields::tr("Event type"), typeWords(event)});
    if (event.kind() == store::Kind::Diagnostic)
        fields.push_back({EventFields::tr("Diagnostic"), diagnosticWords(event.diagnostic())});
    fields.push_back({EventFields::tr("Last event ID"), oneLine(event.id(), valueBytes)});
    for (const auto &value : retryValues(event.raw()))
        fields.push_back({EventFields::tr("Reconnection time"), value});
    addStreamFields(fields, event);
    return fields;
}

QString eventTitle(const store::EventView &event, const Sources &sources, const store::ClockAnchor &clock)
{
    const bool isEvent = event.kind() == store::Kind::Event;
    const QString number = formatCount(event.number().value);
    return (isEvent ? EventFields::tr("Event %1") : EventFields::tr("Record %1")).arg(number) + u" · "_s +
           formatTime(clock.wallTime(event.arrival())) + u" · "_s + sourceName(event.subscription(), sources) +
           u" · "_s + typeText(event);
}

} // namespace weir::models
