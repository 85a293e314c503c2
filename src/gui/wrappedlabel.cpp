// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wrappedlabel.h"

#include <QResizeEvent>

namespace weir::gui {

WrappedLabel::WrappedLabel(QWidget *parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
}

QSize WrappedLabel::minimumSizeHint() const
{
    return {0, text().isEmpty() ? 0 : heightForWidth(width())};
}

void WrappedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

} // namespace weir::gui
