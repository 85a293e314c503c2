// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/rowcolours.h"

#include "gui/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>

#include <array>

namespace weir::gui {

namespace {

struct Variant
{
    QRgb background;
    QRgb text;
    QRgb strip;
};

struct Pair
{
    Variant light;
    Variant dark;
    const char *name;
};

constexpr std::array<Pair, 9> pairs = {{
    {{0xfffbd5d2, 0xff5c0a05, 0xffd93025}, {0xff5a1d1a, 0xffffe1de, 0xfff2685d},
        QT_TRANSLATE_NOOP("RowColours", "Red")},
    {{0xffffe0c2, 0xff4f2600, 0xffe06c00}, {0xff5b3405, 0xffffe9d3, 0xfff59a3c},
        QT_TRANSLATE_NOOP("RowColours", "Orange")},
    {{0xfffff1a8, 0xff3f3200, 0xffb89300}, {0xff4d4303, 0xfffff1b8, 0xffe0c030},
        QT_TRANSLATE_NOOP("RowColours", "Yellow")},
    {{0xffd0efd5, 0xff0b3d1c, 0xff1e8e3e}, {0xff14401f, 0xffd2f5da, 0xff55c278},
        QT_TRANSLATE_NOOP("RowColours", "Green")},
    {{0xffc6edee, 0xff003a3d, 0xff00838a}, {0xff08434a, 0xffc8f3f5, 0xff45b8c2},
        QT_TRANSLATE_NOOP("RowColours", "Teal")},
    {{0xffd3e4fb, 0xff06305e, 0xff1a73e8}, {0xff173a63, 0xffd7e8ff, 0xff6aa8f7},
        QT_TRANSLATE_NOOP("RowColours", "Blue")},
    {{0xffe6dafa, 0xff35155c, 0xff8430ce}, {0xff40246b, 0xffeadfff, 0xffb48af0},
        QT_TRANSLATE_NOOP("RowColours", "Violet")},
    {{0xfffbd7ea, 0xff5a0c3a, 0xffd01884}, {0xff5c1c42, 0xffffdcef, 0xfff06cb5},
        QT_TRANSLATE_NOOP("RowColours", "Pink")},
    {{0xffdfe2e5, 0xff26292d, 0xff5f6368}, {0xff43474d, 0xfff0f2f4, 0xffa6abb3},
        QT_TRANSLATE_NOOP("RowColours", "Grey")},
}};

const Pair &pairOf(int number)
{
    return pairs[static_cast<std::size_t>(number - 1) % pairs.size()];
}

RowColours pick(const Variant &variant)
{
    return {QColor::fromRgb(variant.background), QColor::fromRgb(variant.text), QColor::fromRgb(variant.strip)};
}

} // namespace

RowColours rowColours(int number, const QPalette &palette)
{
    const auto &pair = pairOf(number);
    return pick(isDark(palette) ? pair.dark : pair.light);
}

QString rowColourName(int number)
{
    return QCoreApplication::translate("RowColours", pairOf(number).name);
}

QIcon rowColourIcon(int number, const QPalette &palette)
{
    constexpr int side = 32;
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto colours = rowColours(number, palette);
    painter.setPen(QPen(colours.strip, 3));
    painter.setBrush(colours.background);
    painter.drawRoundedRect(QRectF(3, 3, side - 6, side - 6), 4, 4);
    painter.fillRect(QRectF(3, 3, 9, side - 6), colours.strip);
    return QIcon(pixmap);
}

RowColours foundColours(const QPalette &palette)
{
    constexpr Variant light{0xffffd84d, 0xff1a1400, 0xffe08a00};
    constexpr Variant dark{0xffe0b62a, 0xff1a1400, 0xffffc838};
    return pick(isDark(palette) ? dark : light);
}

} // namespace weir::gui
