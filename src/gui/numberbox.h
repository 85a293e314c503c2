// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <QLocale>

#include <algorithm>

namespace weir::gui {

/// A box for numbers of any size, which shows no decimals that say nothing. GUI thread only.
class NumberBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    using QDoubleSpinBox::QDoubleSpinBox;

    QString textFromValue(double value) const override { return locale().toString(value, 'g', 15); }

    /// For what is usual, not for the largest number there is.
    QSize minimumSizeHint() const override { return narrowed(QDoubleSpinBox::minimumSizeHint()); }
    QSize sizeHint() const override { return narrowed(QDoubleSpinBox::sizeHint()); }

private:
    QSize narrowed(QSize hint) const
    {
        constexpr int characters = 16;
        return {std::min(hint.width(), characters * fontMetrics().averageCharWidth()), hint.height()};
    }
};

} // namespace weir::gui
