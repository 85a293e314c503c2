// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"

#include <QByteArray>

#include <optional>

namespace weir::gui {

/// A column as a view has it.
struct ColumnPlace
{
    models::Column column;
    int width = 0; ///< pixels; 0: the usual width. Of the Data column the least.
    bool isShown = true;
    bool isPinned = false; ///< chosen by hand: does not give way in a narrow view

    friend bool operator==(const ColumnPlace &, const ColumnPlace &) = default;
};

/// From left to right, hidden ones between them. A value.
using ColumnPlaces = QList<ColumnPlace>;

/// Every fixed column; what few people need is hidden.
ColumnPlaces defaultPlaces();
/// As `places`, with what is missing of the fixed columns, each column once, and at least one shown.
ColumnPlaces completed(const ColumnPlaces &places);

QByteArray toState(const ColumnPlaces &places);
/// Nothing where `state` is damaged or of another version. A column that is not understood is left out.
std::optional<ColumnPlaces> placesFromState(const QByteArray &state);

} // namespace weir::gui
