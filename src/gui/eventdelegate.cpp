// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventdelegate.h"

#include "gui/fixedtext.h"
#include "gui/rowcolours.h"
#include "gui/rowlooks.h"
#include "gui/theme.h"
#include "models/column.h"
#include "models/eventmodelroles.h"
#include "models/searchquery.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace weir::gui {

using models::ColumnKind;

namespace {

QPalette::ColorGroup groupOf(const QStyleOptionViewItem &option)
{
    if (!(option.state & QStyle::State_Enabled))
        return QPalette::Disabled;
    return option.state & QStyle::State_Active ? QPalette::Normal : QPalette::Inactive;
}

ColumnKind kindOf(const QModelIndex &index)
{
    return ColumnKind{index.data(models::ColumnKindRole).value<std::uint8_t>()};
}

QColor connectionColour(const QModelIndex &index, const QPalette &palette)
{
    const auto state = store::ConnectionState{index.data(models::ConnectionStateRole).value<std::uint8_t>()};
    return colour(meaningOf(state, false), palette);
}

QColor colourByKind(const QModelIndex &index, ColumnKind column, const QPalette &palette)
{
    const auto kind = store::Kind{index.data(models::KindRole).value<std::uint8_t>()};
    if (kind == store::Kind::Event)
        return palette.color(QPalette::Normal, QPalette::Text);
    if (kind == store::Kind::Connection && column == ColumnKind::Type)
        return connectionColour(index, palette);
    if (kind == store::Kind::Diagnostic && column == ColumnKind::Type)
        return colour(Meaning::Warning, palette);
    return colour(Meaning::Secondary, palette);
}

QColor textColour(const QStyleOptionViewItem &option, const QModelIndex &index, const RowLook &look)
{
    // Weir's colours are chosen for the base colours; on a selection only the palette's own text is readable.
    if (option.state & QStyle::State_Selected)
        return option.palette.color(groupOf(option), QPalette::HighlightedText);
    if (look.text.isValid())
        return look.text;
    const auto column = kindOf(index);
    if (column == ColumnKind::Source)
        return subscriptionColour(index.data(models::ColourIndexRole).toInt(), option.palette);
    if (column == ColumnKind::Gap)
        return colour(Meaning::Secondary, option.palette);
    return colourByKind(index, column, option.palette);
}

/// Shaping hundreds of characters to find out that most do not fit is what makes tables slow; in a fixed font the
/// number that can fit is known before. Wide characters make the text longer, never shorter, so elision stays right.
QString elided(const QString &text, const QFontMetrics &metrics, int width)
{
    const auto most = static_cast<qsizetype>(width / std::max(1, metrics.averageCharWidth())) + 2;
    return metrics.elidedText(text.size() > most ? text.left(most) + QChar(u'…') : text, Qt::ElideRight, width);
}

/// A thin bracket at the trailing edge of the cell, over all rows that one network read brought.
void paintBracket(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto bracket = models::ReadBracket{index.data(models::ReadBracketRole).toInt()};
    if (bracket == models::ReadBracket::None)
        return;
    const int inset = option.rect.height() / 4;
    const bool isRightToLeft = option.direction == Qt::RightToLeft;
    const int x = isRightToLeft ? option.rect.left() + 1 : option.rect.right() - 1;
    const int tick = isRightToLeft ? inset : -inset;
    const int top = bracket == models::ReadBracket::First ? option.rect.top() + inset : option.rect.top();
    const int bottom = bracket == models::ReadBracket::Last ? option.rect.bottom() - inset : option.rect.bottom();
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->setPen(isSelected ? option.palette.color(groupOf(option), QPalette::HighlightedText)
                               : colour(Meaning::Secondary, option.palette));
    painter->drawLine(x, top, x, bottom);
    if (bracket == models::ReadBracket::First)
        painter->drawLine(x, top, x + tick, top);
    if (bracket == models::ReadBracket::Last)
        painter->drawLine(x, bottom, x + tick, bottom);
}

/// A frame around the time that others are counted from.
void paintReference(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!index.data(models::TimeReferenceRole).toBool())
        return;
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->setPen(isSelected ? option.palette.color(groupOf(option), QPalette::HighlightedText)
                               : colour(Meaning::Accent, option.palette));
    painter->drawRect(option.rect.adjusted(1, 1, -4, -2));
}

QList<models::TextRange> foundIn(const QString &text, ColumnKind column, const RowLook &look)
{
    if (!look.highlights)
        return {};
    switch (column) {
    case ColumnKind::Type:
        return look.highlights->in(text, models::SearchPlace::Type);
    case ColumnKind::Id:
        return look.highlights->in(text, models::SearchPlace::Id);
    case ColumnKind::Json:
        return look.highlights->in(text, models::SearchPlace::Data);
    case ColumnKind::Data: {
        const auto ranges = look.highlights->in(text, models::SearchPlace::Data);
        // What lies behind the end of the cell is pointed out by the dots that stand for it.
        if (ranges.isEmpty() && look.isFoundInData && text.endsWith(u'…'))
            return {{text.size() - 1, 1}};
        return ranges;
    }
    default:
        return {};
    }
}

void paintFound(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QStyleOptionViewItem &option,
    const QString &text, const QList<models::TextRange> &found)
{
    const auto colours = foundColours(option.palette);
    QTextCharFormat format;
    format.setBackground(colours.background);
    format.setForeground(colours.text);
    QList<QTextLayout::FormatRange> formats;
    for (const auto &range : found)
        formats.append({static_cast<int>(range.begin), static_cast<int>(range.length), format});
    QTextOption textOption(alignment & Qt::AlignHorizontal_Mask);
    textOption.setWrapMode(QTextOption::NoWrap);
    textOption.setTextDirection(option.direction);
    QTextLayout layout(text, option.font);
    layout.setTextOption(textOption);
    layout.setFormats(formats);
    layout.beginLayout();
    auto line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
}

} // namespace

EventDelegate::EventDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_fixedText(std::make_unique<FixedText>())
{}

EventDelegate::~EventDelegate() = default;

void EventDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintCell(painter, option, index, {});
}

void EventDelegate::paintCell(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const RowLook &look) const
{
    const auto column = kindOf(index);
    if (column == ColumnKind::Time) {
        paintBracket(painter, option, index);
        paintReference(painter, option, index);
    }
    const QString whole = index.data().toString();
    if (whole.isEmpty())
        return;
    const int padding = option.fontMetrics.averageCharWidth() / 2 + 1;
    const QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    const auto alignment =
        QStyle::visualAlignment(option.direction, index.data(Qt::TextAlignmentRole).value<Qt::Alignment>());
    painter->setPen(textColour(option, index, look));
    if (!look.highlights && m_fixedText->draw(*painter, rect, alignment, whole))
        return;
    const QString text = elided(whole, option.fontMetrics, rect.width());
    if (const auto found = foundIn(text, column, look); !found.isEmpty())
        paintFound(painter, rect, alignment, option, text, found);
    else
        painter->drawText(rect, int(alignment) | Qt::TextSingleLine, text);
}

} // namespace weir::gui
