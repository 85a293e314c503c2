// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace weir::gui {

struct RowLook;

/// The room before a row's first cell: the colour of its subscription, the strip of its label, and a ribbon: filled
/// for a mark, with lines for a note.
int gutterWidth(int rowHeight);
/// `ink` is the colour of the ribbon, `paper` that of the row.
void paintGutter(QPainter &painter, const QRect &gutter, const RowLook &look, const QColor &source, const QColor &ink,
    const QColor &paper);

} // namespace weir::gui
