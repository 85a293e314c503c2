// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptiondelegate.h"

#include "gui/theme.h"
#include "models/subscriptionmodel.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QWidget>

#include <algorithm>

namespace weir::gui {

using models::SubscriptionModel;
using namespace std::chrono_literals;

namespace {

constexpr double strongestPulse = 0.16;

void colourText(QStyleOptionViewItem &option, const QColor &colour)
{
    option.palette.setColor(QPalette::Text, colour);
}

/// Two marks that differ in shape as well as in colour: filled with an exclamation mark, and hollow.
QIcon markIcon(Meaning meaning, const QStyleOptionViewItem &option, int side)
{
    const qreal ratio = option.widget ? option.widget->devicePixelRatioF() : 1;
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto ink = colour(meaning, option.palette);
    QPainterPath triangle(QPointF(side / 2.0, 1));
    triangle.lineTo(side - 1, side - 2);
    triangle.lineTo(1, side - 2);
    triangle.closeSubpath();
    painter.setPen(QPen(ink, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(meaning == Meaning::Error ? QBrush(ink) : QBrush(Qt::NoBrush));
    painter.drawPath(triangle);
    painter.setPen(QPen(meaning == Meaning::Error ? option.palette.color(QPalette::Base) : ink, 1.4));
    painter.drawLine(QPointF(side / 2.0, side * 0.38), QPointF(side / 2.0, side * 0.62));
    painter.drawPoint(QPointF(side / 2.0, side * 0.78));
    return pixmap;
}

void initMark(QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool isUnsafe = index.data(SubscriptionModel::CertificateMarkRole).toBool();
    if (!isUnsafe && !index.data(SubscriptionModel::WarningMarkRole).toBool())
        return;
    const int side = QFontMetrics(option.font).height() - 2;
    option.features |= QStyleOptionViewItem::HasDecoration;
    option.icon = markIcon(isUnsafe ? Meaning::Error : Meaning::Warning, option, side);
    option.decorationPosition = QStyleOptionViewItem::Right;
    option.decorationSize = QSize(side, side);
}

void initState(QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto state = static_cast<store::ConnectionState>(index.data(SubscriptionModel::StateRole).toInt());
    const bool hasFailed = index.data(SubscriptionModel::HasFailedRole).toBool();
    initMark(option, index);
    option.text = shapeOf(state, hasFailed) + u' ' + option.text;
    colourText(option, colour(meaningOf(state, hasFailed), option.palette));
}

void initName(QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool isMuted = index.data(SubscriptionModel::IsMutedRole).toBool();
    const bool isSolo = index.data(SubscriptionModel::IsSoloRole).toBool();
    if (index.data(SubscriptionModel::IsGroupRole).toBool())
        option.font.setBold(true);
    else if (!isMuted)
        colourText(option, subscriptionColour(index.data(SubscriptionModel::ColourRole).toInt(), option.palette));
    if (isMuted)
        colourText(option, colour(Meaning::Secondary, option.palette));
    if (!isMuted && !isSolo)
        return;
    option.features |= QStyleOptionViewItem::HasDecoration;
    option.icon = icon(isSolo ? QStringLiteral("solo") : QStringLiteral("mute"));
    option.decorationPosition = QStyleOptionViewItem::Right;
    const int side = QFontMetrics(option.font).height();
    option.decorationSize = QSize(side, side);
}

} // namespace

double pulseStrength(const QModelIndex &index, store::MonotonicTime now)
{
    const std::chrono::nanoseconds last{index.data(SubscriptionModel::LastCommentRole).toLongLong()};
    if (last == 0ns)
        return 0;
    const std::chrono::duration<double> age = now.time_since_epoch() - last;
    return std::clamp(1 - age / SubscriptionDelegate::pulseTime, 0.0, 1.0);
}

QSize SubscriptionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    auto size = QStyledItemDelegate::sizeHint(option, index);
    // The shapes may come from a fallback font that is taller; rows of unequal height would jump with the state.
    size.setHeight(option.fontMetrics.height() + 6);
    return size;
}

void SubscriptionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const double pulse = m_isPulsing ? pulseStrength(index, std::chrono::steady_clock::now()) : 0;
    if (pulse > 0 && !(option.state & QStyle::State_Selected)) {
        auto tint = colour(Meaning::Accent, option.palette);
        tint.setAlphaF(static_cast<float>(strongestPulse * pulse));
        painter->fillRect(option.rect, tint);
    }
    QStyledItemDelegate::paint(painter, option, index);
}

void SubscriptionDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    // The view asks for it with each change of a row, and the list ticks: what is being typed stays.
    constexpr auto filled = "isFilled";
    if (editor->property(filled).toBool())
        return;
    editor->setProperty(filled, true);
    QStyledItemDelegate::setEditorData(editor, index);
}

void SubscriptionDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    switch (index.column()) {
    case SubscriptionModel::StateColumn:
        initState(*option, index);
        break;
    case SubscriptionModel::NameColumn:
        initName(*option, index);
        break;
    default:
        option->font = fixedFont();
        option->fontMetrics = QFontMetrics(option->font);
    }
}

} // namespace weir::gui
