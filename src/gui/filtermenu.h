// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/filterterms.h"

#include <QMenu>

namespace weir::gui {

/// What can be done with a term that was found in the table or in an event: filter by it, exclude it, only it, it as
/// well. Names the term. GUI thread only.
class FilterMenu : public QMenu
{
    Q_OBJECT

public:
    /// Nothing can be chosen if `term` is empty.
    explicit FilterMenu(const QString &term, QWidget *parent = nullptr);

    /// For the time of an event: from here on, up to here.
    FilterMenu(const store::EventView &event, const store::ClockAnchor &clock, QWidget *parent = nullptr);

Q_SIGNALS:
    void changeChosen(const QString &term, weir::models::FilterChange change);

private:
    void addChange(const char *name, const QString &text, const QString &term, models::FilterChange change);
};

} // namespace weir::gui
