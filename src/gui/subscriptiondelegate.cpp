// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptiondelegate.h"

#include "gui/theme.h"
#include "models/subscriptionmodel.h"

#include <QFontMetrics>

namespace weir::gui {

using models::SubscriptionModel;

namespace {

void colourText(QStyleOptionViewItem &option, const QColor &colour)
{
    option.palette.setColor(QPalette::Text, colour);
}

void initState(QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto state = static_cast<store::ConnectionState>(index.data(SubscriptionModel::StateRole).toInt());
    const bool hasFailed = index.data(SubscriptionModel::HasFailedRole).toBool();
    option.text = shapeOf(state, hasFailed) + u' ' + option.text;
    colourText(option, colour(meaningOf(state, hasFailed), option.palette));
}

void initName(QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool isMuted = index.data(SubscriptionModel::IsMutedRole).toBool();
    const bool isSolo = index.data(SubscriptionModel::IsSoloRole).toBool();
    colourText(option, isMuted ? colour(Meaning::Secondary, option.palette)
                               : subscriptionColour(index.data(SubscriptionModel::ColourRole).toInt(), option.palette));
    if (!isMuted && !isSolo)
        return;
    option.features |= QStyleOptionViewItem::HasDecoration;
    option.icon = icon(isSolo ? QStringLiteral("solo") : QStringLiteral("mute"));
    option.decorationPosition = QStyleOptionViewItem::Right;
    const int side = QFontMetrics(option.font).height();
    option.decorationSize = QSize(side, side);
}

} // namespace

QSize SubscriptionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    auto size = QStyledItemDelegate::sizeHint(option, index);
    // The shapes may come from a fallback font that is taller; rows of unequal height would jump with the state.
    size.setHeight(option.fontMetrics.height() + 6);
    return size;
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
