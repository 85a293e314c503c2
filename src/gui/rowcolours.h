// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

namespace weir::gui {

/// The colours that a person can give to a row, by a label or by a rule: numbers from 1 to 9, each with a light and a
/// dark variant whose text has a contrast of at least 7 on its background.
struct RowColours
{
    QColor background;
    QColor text;
    QColor strip; ///< the same hue, strong enough to be told apart on a selection
};

/// Requires 1 <= number <= 9.
RowColours rowColours(int number, const QPalette &palette);
QString rowColourName(int number);
/// A square of the colours.
QIcon rowColourIcon(int number, const QPalette &palette);

/// What is found by a search is written in these.
RowColours foundColours(const QPalette &palette);

} // namespace weir::gui
