// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jsontreedelegate.h"

#include "gui/theme.h"
#include "models/jsontree.h"

#include <QApplication>
#include <QPainter>

namespace weir::gui {

using filter::JsonType;
using models::JsonTree;

namespace {

constexpr int markAlpha = 80;
constexpr int rowMargin = 2;

QColor textColour(const QModelIndex &index, const QStyleOptionViewItem &option)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isActive = option.state.testFlag(QStyle::State_Active);
    if (isSelected)
        return option.palette.color(isActive ? QPalette::Active : QPalette::Inactive, QPalette::HighlightedText);
    const QVariant type = index.data(JsonTree::TypeRole);
    if (!type.isValid())
        return colour(Meaning::Secondary, option.palette);
    switch (static_cast<JsonType>(type.toInt())) {
    case JsonType::Object:
    case JsonType::Array:
        return index.column() == JsonTree::KeyColumn ? option.palette.color(QPalette::Text)
                                                     : colour(Meaning::Secondary, option.palette);
    case JsonType::Number:
    case JsonType::True:
    case JsonType::False:
    case JsonType::Null:
        return index.column() == JsonTree::KeyColumn ? option.palette.color(QPalette::Text)
                                                     : colour(Meaning::Accent, option.palette);
    case JsonType::String:
        break;
    }
    return option.palette.color(QPalette::Text);
}

} // namespace

void JsonTreeDelegate::setWords(const QString &words)
{
    m_needle.reset();
    if (!words.isEmpty())
        m_needle.emplace(words.toStdString());
}

void JsonTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = std::exchange(option.text, {});
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
    const QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    const QString shown = option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width());
    painter->save();
    painter->setFont(option.font);
    markWords(*painter, rect, option, shown);
    painter->setPen(textColour(index, option));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
    painter->restore();
}

QSize JsonTreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), option.fontMetrics.height() + 2 * rowMargin)};
}

void JsonTreeDelegate::markWords(
    QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QString &text) const
{
    if (!m_needle)
        return;
    QColor mark = colour(Meaning::Warning, option.palette);
    mark.setAlpha(markAlpha);
    const std::string bytes = text.toStdString();
    const std::string_view all = bytes;
    std::size_t begin = 0;
    for (std::size_t at = m_needle->find(all); at != std::string_view::npos; at = m_needle->find(all.substr(begin))) {
        at += begin;
        begin = at + m_needle->size();
        const int left = option.fontMetrics.horizontalAdvance(QString::fromUtf8(all.substr(0, at)));
        const int right = option.fontMetrics.horizontalAdvance(QString::fromUtf8(all.substr(0, begin)));
        painter.fillRect(QRect(rect.left() + left, rect.top() + 1, right - left, rect.height() - 2), mark);
    }
}

} // namespace weir::gui
