// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace weir::gui {

/// A text on as many lines as its width asks for. A layout inside a splitter gives a QLabel that wraps the height of a
/// single line when room is scarce, and it then paints over its neighbours.
class WrappedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit WrappedLabel(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace weir::gui
