// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/error.h"

#include <QString>

namespace weir::gui {

/// A stretch of an expression, in characters.
struct CharacterRange
{
    qsizetype begin = 0;
    qsizetype length = 0;
};

/// Where the error is. Filters count bytes, people and widgets characters.
CharacterRange placeOf(const filter::Error &error, const QString &expression);

/// `Character 3: the quote is not closed`
QString problemText(const filter::Error &error, const QString &expression);

/// The same of an expression that may be right: empty if it is.
QString problemOf(const QString &expression);

} // namespace weir::gui
