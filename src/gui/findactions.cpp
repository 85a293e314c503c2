// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/findactions.h"

#include "gui/eventpane.h"
#include "gui/findinview.h"
#include "gui/gotoinview.h"
#include "gui/theme.h"
#include "gui/viewarea.h"

#include <QAction>

namespace weir::gui {

using namespace Qt::StringLiterals;

FindActions::FindActions(ViewArea &views, QObject *parent)
    : QObject(parent)
    , m_views(views)
{
    auto *find = add(u"findAction"_s, tr("Fi&nd…"), tr("Look for something in the rows of the current view"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    find->setIcon(icon(u"find"_s));
    connect(find, &QAction::triggered, this, [this] { m_views.current()->find()->open(); });
    auto *next = add(u"findNextAction"_s, tr("Find N&ext"), tr("Go to the next match"), Qt::Key_F3);
    connect(next, &QAction::triggered, this, [this] { m_views.current()->find()->findNext(); });
    auto *previous =
        add(u"findPreviousAction"_s, tr("Find Prev&ious"), tr("Go to the previous match"), Qt::SHIFT | Qt::Key_F3);
    auto *goTo = add(u"goToAction"_s, tr("&Go to…"), tr("Go to an event by its number, time or last event ID"),
        Qt::CTRL | Qt::Key_G);
    goTo->setIcon(icon(u"go-to"_s));
    connect(goTo, &QAction::triggered, this, [this] { m_views.current()->goTo()->open(); });
    connect(previous, &QAction::triggered, this, [this] { m_views.current()->find()->findPrevious(); });
}

QAction *FindActions::add(
    const QString &name, const QString &text, const QString &toolTip, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setToolTip(toolTip);
    action->setShortcut(shortcut);
    m_actions << action;
    return action;
}

} // namespace weir::gui
