// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventformat.h"

#include "models/timeformat.h"

#include <QCoreApplication>
#include <QLocale>

namespace weir::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct EventFormat
{
    Q_DECLARE_TR_FUNCTIONS(EventFormat)
};

QString twoDigits(std::int64_t value)
{
    return QString::number(value).rightJustified(2, u'0');
}

/// `value` with as many decimals as leave four digits in all.
QString decimal(double value)
{
    return QLocale().toString(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0);
}

QString longGap(std::chrono::nanoseconds gap)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(gap).count();
    if (seconds < 3600)
        return EventFormat::tr("%1 min %2 s").arg(seconds / 60).arg(twoDigits(seconds % 60));
    if (seconds < 86400)
        return EventFormat::tr("%1 h %2 min").arg(seconds / 3600).arg(twoDigits(seconds / 60 % 60));
    return EventFormat::tr("%1 d %2 h").arg(seconds / 86400).arg(twoDigits(seconds / 3600 % 24));
}

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

QChar visible(QChar c)
{
    const char16_t unicode = c.unicode();
    // Few fonts have the control pictures; the frequent ones get arrows, which nearly all have.
    if (unicode == u'\n')
        return u'↵';
    if (unicode == u'\r')
        return u'↤';
    if (unicode == u'\t')
        return u'⇥';
    if (unicode < 0x20)
        return QChar(char16_t(0x2400 + unicode));
    if (unicode == 0x7F)
        return u'\u2421';
    if (unicode == 0x2028 || unicode == 0x2029)
        return u'↵';
    // Direction overrides would let one event's text reorder the rest of its row.
    const bool isBidiControl = (unicode >= 0x202A && unicode <= 0x202E) || (unicode >= 0x2066 && unicode <= 0x2069);
    return isBidiControl ? QChar(u'\uFFFD') : c;
}

} // namespace

QString formatTime(store::WallTime time)
{
    return formatTime(time, TimeFormat{});
}

QString formatDateTime(store::WallTime time)
{
    return formatTime(time, TimeFormat{TimeMode::LocalDate});
}

QString formatGap(std::chrono::nanoseconds gap)
{
    const auto ns = static_cast<double>(gap.count());
    if (gap < 1ms)
        return EventFormat::tr("%1 µs").arg(QLocale().toString(ns / 1e3, 'f', 0));
    if (gap < 1s)
        return EventFormat::tr("%1 ms").arg(decimal(ns / 1e6));
    if (gap < 60s)
        return EventFormat::tr("%1 s").arg(QLocale().toString(ns / 1e9, 'f', 3));
    return longGap(gap);
}

QString formatCount(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString formatBytes(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
}

QString formatSize(const store::EventView &event)
{
    return formatCount(event.raw().size());
}

QString kindWord(store::Kind kind)
{
    switch (kind) {
    case store::Kind::Event:
        return EventFormat::tr("event");
    case store::Kind::Comment:
        return EventFormat::tr("comment");
    case store::Kind::FieldsOnly:
        return EventFormat::tr("fields only");
    case store::Kind::Diagnostic:
        return EventFormat::tr("diagnostic");
    case store::Kind::Connection:
        break;
    }
    return EventFormat::tr("connection");
}

QString diagnosticWords(sse::Diagnostic diagnostic)
{
    switch (diagnostic) {
    case sse::Diagnostic::None:
        break;
    case sse::Diagnostic::InvalidUtf8:
        return EventFormat::tr("invalid UTF-8");
    case sse::Diagnostic::InvalidRetry:
        return EventFormat::tr("invalid retry");
    case sse::Diagnostic::NulInId:
        return EventFormat::tr("NUL in id");
    case sse::Diagnostic::UnknownField:
        return EventFormat::tr("unknown field");
    case sse::Diagnostic::IncompleteBlock:
        return EventFormat::tr("incomplete block");
    case sse::Diagnostic::EventTooLarge:
        return EventFormat::tr("event too large");
    case sse::Diagnostic::LineTooLarge:
        return EventFormat::tr("line too large");
    case sse::Diagnostic::Resynchronised:
        return EventFormat::tr("resynchronised");
    case sse::Diagnostic::EmptyLines:
        return EventFormat::tr("empty lines");
    }
    return {};
}

QString connectionWord(store::ConnectionState state)
{
    switch (state) {
    case store::ConnectionState::Idle:
        break;
    case store::ConnectionState::Connecting:
        return EventFormat::tr("connecting");
    case store::ConnectionState::Open:
        return EventFormat::tr("open");
    case store::ConnectionState::Waiting:
        return EventFormat::tr("waiting");
    case store::ConnectionState::Closed:
        return EventFormat::tr("closed");
    }
    return EventFormat::tr("idle");
}

QString sourceName(store::SubscriptionId id, const Sources &sources)
{
    const auto found = sources.find(id);
    return found == sources.end() ? QString::number(id.value) : found->second.name;
}

QString typeText(const store::EventView &event)
{
    switch (event.kind()) {
    case store::Kind::Event:
        return oneLine(event.type());
    case store::Kind::Diagnostic:
        return EventFormat::tr("diagnostic: %1").arg(diagnosticWords(event.diagnostic()));
    case store::Kind::Connection:
        return EventFormat::tr("connection %1").arg(connectionWord(event.connection().state));
    case store::Kind::Comment:
    case store::Kind::FieldsOnly:
        break;
    }
    return kindWord(event.kind());
}

std::string_view dataText(const store::EventView &event)
{
    return event.kind() == store::Kind::FieldsOnly ? event.raw() : event.data();
}

QString oneLine(std::string_view text, std::size_t maxBytes)
{
    std::size_t length = std::min(text.size(), maxBytes);
    while (length < text.size() && length > 0 && isContinuation(text[length]))
        --length;
    auto line = QString::fromUtf8(text.data(), static_cast<qsizetype>(length));
    for (QChar &c : line)
        c = visible(c);
    if (length < text.size())
        line += u'…';
    return line;
}

QString cellText(
    const store::EventView &event, ColumnKind kind, const Sources &sources, const store::ClockAnchor &clock)
{
    switch (kind) {
    case ColumnKind::Time:
        return formatTime(clock.wallTime(event.arrival()));
    case ColumnKind::Gap:
        return event.gap() ? formatGap(*event.gap()) : QString();
    case ColumnKind::Source:
        return sourceName(event.subscription(), sources);
    case ColumnKind::Id:
        return oneLine(event.id());
    case ColumnKind::Type:
        return typeText(event);
    case ColumnKind::Data:
        return oneLine(dataText(event));
    case ColumnKind::Size:
        return event.kind() == store::Kind::Connection ? QString() : formatSize(event);
    case ColumnKind::Number:
        return formatCount(event.number().value);
    case ColumnKind::Kind:
        return kindWord(event.kind());
    case ColumnKind::Attempt:
        return formatCount(event.attempt());
    case ColumnKind::Read:
        return event.kind() == store::Kind::Connection ? QString() : formatCount(event.read().number);
    case ColumnKind::Json:
        break;
    }
    return {};
}

} // namespace weir::models
