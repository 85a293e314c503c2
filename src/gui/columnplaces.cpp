// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/columnplaces.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace weir::gui {

using models::Column;
using models::ColumnAlignment;
using models::ColumnKind;

namespace {

constexpr quint32 placesVersion = 3;
constexpr quint32 mostColumns = 1000;
constexpr int mostPlaceWidth = 100'000;

bool isShownAtFirst(ColumnKind kind)
{
    return kind <= ColumnKind::Size;
}

bool contains(const ColumnPlaces &places, const Column &column)
{
    return std::ranges::any_of(places, [&](const ColumnPlace &place) { return place.column.isSame(column); });
}

/// Nothing where this version knows no such column; `stream` has then moved on nevertheless.
std::optional<ColumnPlace> readPlace(QDataStream &stream)
{
    quint8 kind = 0;
    QString path;
    QString title;
    quint8 alignment = 0;
    ColumnPlace place;
    stream >> kind >> path >> title >> alignment >> place.width >> place.isShown >> place.isPinned;
    if (kind > static_cast<quint8>(ColumnKind::Json) || alignment > static_cast<quint8>(ColumnAlignment::Right))
        return std::nullopt;
    place.width = std::clamp(place.width, 0, mostPlaceWidth);
    place.column = {ColumnKind{kind}, {}, title, ColumnAlignment{alignment}};
    if (place.column.kind != ColumnKind::Json)
        return place;
    auto compiled = filter::JsonPath::compile(path.toStdString());
    if (!compiled)
        return std::nullopt;
    place.column.path = std::move(*compiled);
    return place;
}

} // namespace

ColumnPlaces defaultPlaces()
{
    ColumnPlaces places;
    for (const auto &column : models::fixedColumns())
        places.append({column, 0, isShownAtFirst(column.kind), false});
    return places;
}

ColumnPlaces completed(const ColumnPlaces &places)
{
    ColumnPlaces result;
    for (const auto &place : places) {
        if (!contains(result, place.column))
            result.append(place);
    }
    for (const auto &place : defaultPlaces()) {
        if (!contains(result, place.column))
            result.append(place);
    }
    if (std::ranges::none_of(result, &ColumnPlace::isShown))
        result.first().isShown = true;
    return result;
}

QByteArray toState(const ColumnPlaces &places)
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << placesVersion << static_cast<quint32>(places.size());
    for (const auto &place : places) {
        const auto &column = place.column;
        stream << static_cast<quint8>(column.kind) << QString::fromStdString(column.path.text()) << column.title
               << static_cast<quint8>(column.alignment) << place.width << place.isShown << place.isPinned;
    }
    return state;
}

std::optional<ColumnPlaces> placesFromState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    quint32 count = 0;
    stream >> version >> count;
    if (stream.status() != QDataStream::Ok || version != placesVersion || count > mostColumns)
        return std::nullopt;
    ColumnPlaces places;
    for (quint32 i = 0; i < count; ++i) {
        const auto place = readPlace(stream);
        if (stream.status() != QDataStream::Ok)
            return std::nullopt;
        if (place)
            places.append(*place);
    }
    return completed(places);
}

} // namespace weir::gui
