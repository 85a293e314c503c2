// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/differencedelegate.h"

#include "gui/theme.h"
#include "models/differencemodel.h"

#include <QApplication>
#include <QPainter>

namespace weir::gui {

using models::Change;
using models::DifferenceModel;

namespace {

constexpr int rowTintAlpha = 28;
constexpr int wordTintAlpha = 80;
constexpr int differenceMargin = 2;

Meaning changeMeaning(Change change)
{
    switch (change) {
    case Change::Added:
        return Meaning::Good;
    case Change::Removed:
        return Meaning::Error;
    case Change::Changed:
        return Meaning::Warning;
    case Change::None:
        break;
    }
    return Meaning::Secondary;
}

/// What the values of a changed place mean: the old one was removed, the new one added.
Change changeOf(const QModelIndex &index)
{
    const auto change = static_cast<Change>(index.data(DifferenceModel::ChangeRole).toInt());
    if (change != Change::Changed || index.column() < DifferenceModel::BeforeColumn)
        return change;
    return index.column() == DifferenceModel::BeforeColumn ? Change::Removed : Change::Added;
}

QColor tint(Change change, const QPalette &palette, int alpha)
{
    QColor background = colour(changeMeaning(change), palette);
    background.setAlpha(alpha);
    return background;
}

void markWords(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *model = qobject_cast<const DifferenceModel *>(index.model());
    if (!model || index.column() != DifferenceModel::BeforeColumn || model->difference().isJson)
        return;
    const auto &row = model->row(index.row());
    const auto &spans = row.change == Change::Added ? row.wordsAfter : row.wordsBefore;
    const QString text = index.data().toString();
    for (const auto &span : spans) {
        const int left = option.fontMetrics.horizontalAdvance(text.left(span.begin));
        const int right = option.fontMetrics.horizontalAdvance(text.left(span.begin + span.length));
        if (left < rect.width())
            painter.fillRect(rect.left() + left, rect.top() + 1, std::min(right, rect.width()) - left,
                rect.height() - 2, tint(row.change, option.palette, wordTintAlpha));
    }
}

QColor textColour(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool isActive = option.state.testFlag(QStyle::State_Active);
    if (option.state.testFlag(QStyle::State_Selected))
        return option.palette.color(isActive ? QPalette::Active : QPalette::Inactive, QPalette::HighlightedText);
    if (index.column() == DifferenceModel::SignColumn)
        return colour(changeMeaning(changeOf(index)), option.palette);
    const bool isQuiet = index.data(DifferenceModel::RemarkRole).toBool() ||
                         static_cast<Change>(index.data(DifferenceModel::ChangeRole).toInt()) == Change::None;
    return isQuiet ? colour(Meaning::Secondary, option.palette) : option.palette.color(QPalette::Text);
}

} // namespace

void DifferenceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = std::exchange(option.text, {});
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    const auto change = changeOf(index);
    if (change != Change::None && !option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, tint(change, option.palette, rowTintAlpha));
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
    const QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    painter->save();
    painter->setFont(option.font);
    markWords(*painter, rect, option, index);
    painter->setPen(textColour(option, index));
    const auto alignment = option.displayAlignment | Qt::AlignVCenter;
    painter->drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine,
        option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width()));
    painter->restore();
}

QSize DifferenceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), option.fontMetrics.height() + 2 * differenceMargin)};
}

} // namespace weir::gui
