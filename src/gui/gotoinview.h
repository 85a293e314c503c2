// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gotoplace.h"

#include <QObject>

namespace weir::gui {

class EventPane;
class GoToBar;

/// Goes to the event that is named in the bar of one view, or by another pane. What the view hides it does not go to in
/// silence: it says why, and offers what can be done. GUI thread only.
class GoToInView : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: both must outlive this.
    GoToInView(GoToBar &bar, EventPane &pane);

    void open();
    /// Goes there, or opens the bar and offers what can be done instead.
    void goTo(store::EventNumber number);

private:
    void check();
    void go();
    void takeIds();
    void proceed();
    void goToNearest();
    void showInContext();
    void close();
    models::GoToPlace place() const;
    QString title(store::EventNumber number) const;
    void explainHidden(store::EventNumber number);
    void stay(store::EventNumber number);

    GoToBar &m_bar;
    EventPane &m_pane;
    models::EventIdSearch m_ids;
    store::EventNumber m_target; ///< of what is offered, or to go to as soon as the view shows it
    bool m_isOnItsWay = false;
};

} // namespace weir::gui
