// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"

#include <QList>
#include <QString>

#include <cstdint>

namespace weir::models {

/// What a column of the table of events shows. Saved states name kinds by their number: new ones go to the end.
enum class ColumnKind : std::uint8_t { Time, Gap, Source, Id, Type, Data, Size, Number, Kind, Attempt, Read, Json };
/// All but Json, of which there may be any number.
inline constexpr int fixedColumnCount = static_cast<int>(ColumnKind::Json);

enum class ColumnAlignment : std::uint8_t { ByContent, Left, Right };

/// A column of the table of events. A value. Of each fixed kind there is at most one, of Json one for each path.
struct Column
{
    ColumnKind kind = ColumnKind::Data;
    filter::JsonPath path = {}; ///< Json: where the value stands in the data
    QString title = {};         ///< chosen by the user; empty: the usual one
    ColumnAlignment alignment = ColumnAlignment::ByContent;

    /// Shows the same, whatever its title.
    bool isSame(const Column &other) const { return kind == other.kind && path == other.path; }

    friend bool operator==(const Column &, const Column &) = default;
};

using Columns = QList<Column>;

/// Every fixed kind, in the order in which they stand at first.
Columns fixedColumns();
Column jsonColumn(const filter::JsonPath &path);

/// What the header says. A path goes without its first word.
QString columnTitle(const Column &column);
/// What the column is, in a sentence.
QString columnToolTip(const Column &column);
} // namespace weir::models
