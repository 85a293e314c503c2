// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventgutter.h"

#include "gui/rowlooks.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace weir::gui {

namespace {

constexpr int barWidth = 3;
constexpr int stripWidth = 4;

QPainterPath ribbon(const QRectF &place)
{
    QPainterPath path(place.topLeft());
    path.lineTo(place.topRight());
    path.lineTo(place.bottomRight());
    path.lineTo(place.center().x(), place.bottom() - place.width() / 2.2);
    path.lineTo(place.bottomLeft());
    path.closeSubpath();
    return path;
}

void paintRibbon(QPainter &painter, const QRectF &place, const RowLook &look, const QColor &ink, const QColor &paper)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1));
    painter.setBrush(look.isMarked ? QBrush(ink) : QBrush(Qt::NoBrush));
    painter.drawPath(ribbon(place));
    if (look.hasNote) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(look.isMarked ? paper : ink);
        for (const double part : {0.25, 0.5}) {
            const int y = static_cast<int>(place.top() + place.height() * part);
            painter.drawLine(static_cast<int>(place.left()) + 2, y, static_cast<int>(place.right()) - 1, y);
        }
    }
    painter.restore();
}

} // namespace

int gutterWidth(int rowHeight)
{
    return barWidth + stripWidth + std::max(8, rowHeight / 2 - 2);
}

void paintGutter(QPainter &painter, const QRect &gutter, const RowLook &look, const QColor &source, const QColor &ink,
    const QColor &paper)
{
    const bool isRightToLeft = painter.layoutDirection() == Qt::RightToLeft;
    const auto part = [&](int from, int width) {
        const int left = isRightToLeft ? gutter.right() + 1 - from - width : gutter.left() + from;
        return QRect(left, gutter.top(), width, gutter.height());
    };
    painter.fillRect(part(0, barWidth), source);
    if (look.strip.isValid())
        painter.fillRect(part(barWidth, stripWidth), look.strip);
    if (!look.isMarked && !look.hasNote)
        return;
    const QRect room = part(barWidth + stripWidth, gutter.width() - barWidth - stripWidth);
    const int inset = std::max(3, room.height() / 5);
    paintRibbon(painter, QRectF(room).adjusted(1.5, inset + 0.5, -1.5, -inset - 0.5), look, ink, paper);
}

} // namespace weir::gui
