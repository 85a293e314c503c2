// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/theme.h"

#include <QFontDatabase>
#include <QGuiApplication>

#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

struct Variants
{
    QRgb light;
    QRgb dark;
};

constexpr std::array<Variants, 5> meaningColours = {{
    {0xff13703b, 0xff6fce8f},
    {0xff9a4f00, 0xfff0a353},
    {0xffb3261e, 0xffff8a80},
    {0xff5f6368, 0xffa6abb3},
    {0xff0b5cad, 0xff6cb2f7},
}};

constexpr std::array<Variants, subscriptionColourCount> subscriptionColours = {{
    {0xff0b5cad, 0xff6cb2f7},
    {0xff9a4f00, 0xfff0a353},
    {0xff13703b, 0xff6fce8f},
    {0xff7a3e9d, 0xffc79bea},
    {0xffa62a6b, 0xfff39ac4},
    {0xff00687a, 0xff5fd0d8},
    {0xff6a5a00, 0xffd9c55a},
}};

QColor pick(const Variants &variants, const QPalette &palette)
{
    return QColor::fromRgb(isDark(palette) ? variants.dark : variants.light);
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QColor colour(Meaning meaning, const QPalette &palette)
{
    return pick(meaningColours[static_cast<std::size_t>(meaning)], palette);
}

QColor subscriptionColour(int colourIndex, const QPalette &palette)
{
    const auto index = static_cast<std::size_t>(colourIndex < 0 ? 0 : colourIndex) % subscriptionColours.size();
    return pick(subscriptionColours[index], palette);
}

Meaning meaningOf(store::ConnectionState state, bool hasFailed)
{
    switch (state) {
    case store::ConnectionState::Open:
        return Meaning::Good;
    case store::ConnectionState::Connecting:
    case store::ConnectionState::Waiting:
        return Meaning::Warning;
    case store::ConnectionState::Closed:
        return hasFailed ? Meaning::Error : Meaning::Secondary;
    case store::ConnectionState::Idle:
        break;
    }
    return Meaning::Secondary;
}

QString shapeOf(store::ConnectionState state, bool hasFailed)
{
    switch (state) {
    case store::ConnectionState::Open:
        return u"●"_s;
    case store::ConnectionState::Connecting:
        return u"◌"_s;
    case store::ConnectionState::Waiting:
        return u"◐"_s;
    case store::ConnectionState::Closed:
        return hasFailed ? u"✕"_s : u"○"_s;
    case store::ConnectionState::Idle:
        break;
    }
    return u"○"_s;
}

QFont fixedFont()
{
    auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QGuiApplication::font().pointSizeF());
    return font;
}

} // namespace weir::gui
