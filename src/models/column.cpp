// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/column.h"

#include <QCoreApplication>

#include <array>

namespace weir::models {

namespace {

struct EventColumn
{
    Q_DECLARE_TR_FUNCTIONS(EventColumn)
};

struct Words
{
    const char *title;
    const char *toolTip;
};

/// In the order of ColumnKind.
constexpr std::array<Words, fixedColumnCount> columnWords{{
    {QT_TRANSLATE_NOOP("EventColumn", "Time"),
        QT_TRANSLATE_NOOP("EventColumn", "When the last byte of the event arrived, in local time")},
    {QT_TRANSLATE_NOOP("EventColumn", "Gap"),
        QT_TRANSLATE_NOOP("EventColumn", "Time since the previous event of the same subscription")},
    {QT_TRANSLATE_NOOP("EventColumn", "Source"),
        QT_TRANSLATE_NOOP("EventColumn", "The subscription that brought the event")},
    {QT_TRANSLATE_NOOP("EventColumn", "Id"), QT_TRANSLATE_NOOP("EventColumn", "Last event ID string at this event")},
    {QT_TRANSLATE_NOOP("EventColumn", "Type"),
        QT_TRANSLATE_NOOP("EventColumn", "Event type, or what else was received")},
    {QT_TRANSLATE_NOOP("EventColumn", "Data"), QT_TRANSLATE_NOOP("EventColumn", "The data, on one line")},
    {QT_TRANSLATE_NOOP("EventColumn", "Size"), QT_TRANSLATE_NOOP("EventColumn", "Bytes of the block as it was sent")},
    {QT_TRANSLATE_NOOP("EventColumn", "Number"),
        QT_TRANSLATE_NOOP("EventColumn", "Place among all that was received, counted from 1 since the start")},
    {QT_TRANSLATE_NOOP("EventColumn", "Kind"),
        QT_TRANSLATE_NOOP("EventColumn", "Event, comment, fields only, diagnostic or connection")},
    {QT_TRANSLATE_NOOP("EventColumn", "Attempt"),
        QT_TRANSLATE_NOOP("EventColumn", "Connection attempt of the subscription, counted from 1")},
    {QT_TRANSLATE_NOOP("EventColumn", "Read"),
        QT_TRANSLATE_NOOP("EventColumn", "Network read of the connection that completed the event, counted from 0")},
}};

} // namespace

Columns fixedColumns()
{
    Columns columns;
    for (int kind = 0; kind < fixedColumnCount; ++kind)
        columns.append(Column{ColumnKind{static_cast<std::uint8_t>(kind)}});
    return columns;
}

Column jsonColumn(const filter::JsonPath &path)
{
    return {ColumnKind::Json, path};
}

QString columnTitle(const Column &column)
{
    if (!column.title.isEmpty())
        return column.title;
    if (column.kind != ColumnKind::Json)
        return EventColumn::tr(columnWords[static_cast<std::size_t>(column.kind)].title);
    const auto path = QString::fromStdString(column.path.text());
    return path.startsWith(QLatin1String("data.")) ? path.mid(5) : path;
}

QString columnToolTip(const Column &column)
{
    if (column.kind != ColumnKind::Json)
        return EventColumn::tr(columnWords[static_cast<std::size_t>(column.kind)].toolTip);
    return EventColumn::tr("The value of %1 in JSON data").arg(QString::fromStdString(column.path.text()));
}

} // namespace weir::models
