// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>

namespace weir::gui {

/// What a colour means; Weir colours nothing else.
enum class Meaning { Good, Warning, Error, Secondary, Accent };

/// Weir's own colours, each in a variant for light and one for dark palettes (contrast at least 5.5 on base and
/// alternate base). Which variant holds is read off the palette's base colour, because Qt 6.4 has no colour scheme to
/// ask for.
bool isDark(const QPalette &palette);
QColor colour(Meaning meaning, const QPalette &palette);
QColor subscriptionColour(int colourIndex, const QPalette &palette); ///< index modulo seven
inline constexpr int subscriptionColourCount = 7;

/// The meaning of a connection's state, and the character whose shape says the same without colour.
Meaning meaningOf(store::ConnectionState state, bool hasFailed);
QString shapeOf(store::ConnectionState state, bool hasFailed);

/// The system's fixed font, at the size of the application font.
QFont fixedFont();

/// An icon from resources/icons, recoloured for the palette in use; asks the desktop's theme first.
QIcon icon(const QString &name);

} // namespace weir::gui
