// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QWidget>

namespace weir::gui {

/// One page of the settings of a subscription. It shows its part of them, says at each field what is wrong with it, and
/// gives back what its fields say. GUI thread only.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void fill(const subscribe::SubscriptionSettings &settings) = 0;
    virtual void collect(subscribe::SubscriptionSettings &settings) const = 0;
    /// Brings the notes at the fields up to date; false while anything is wrong.
    virtual bool check() = 0;
    /// Stands behind the page's title: how much is on it, or a dot if it is not as by default.
    virtual QString badge() const { return {}; }

Q_SIGNALS:
    void edited();
};

/// `(3)`, or nothing for 0.
QString countBadge(qsizetype count);
/// A dot if `isUsed`.
QString usedBadge(bool isUsed);

/// A field that the user left alone keeps what it stood for, also where it cannot show it exactly: takes from `initial`
/// all that is the same in `now` as in `shown`, which is what the untouched fields say.
void keepUntouched(subscribe::SubscriptionSettings &now, const subscribe::SubscriptionSettings &shown,
    const subscribe::SubscriptionSettings &initial);

} // namespace weir::gui
