// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/needle.h"

#include <QStyledItemDelegate>

#include <optional>

namespace weir::gui {

/// Paints the cells of a models::JsonTree: numbers and words of JSON in a colour of their own, what was searched for
/// marked. GUI thread only.
class JsonTreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Empty: nothing is marked.
    void setWords(const QString &words);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void markWords(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QString &text) const;

    std::optional<filter::Needle> m_needle;
};

} // namespace weir::gui
