// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filtermenu.h"

#include "gui/theme.h"

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::FilterChange;

namespace {

constexpr int menuCharacters = 40;

/// Short, and without a character that would become a mnemonic.
QString shown(const QString &term)
{
    auto text = term.simplified();
    if (text.size() > menuCharacters)
        text = text.left(menuCharacters) + u'…';
    return text.replace(u'&', u"&&"_s);
}

} // namespace

FilterMenu::FilterMenu(const QString &term, QWidget *parent)
    : QMenu(term.isEmpty() ? tr("Fil&ter by this cell") : tr("Fil&ter by %1").arg(shown(term)), parent)
{
    setObjectName(u"filterMenu"_s);
    setIcon(gui::icon(u"filter"_s));
    setEnabled(!term.isEmpty());
    addChange("filterByAction", tr("&Filter by this"), term, FilterChange::Narrow);
    addChange("filterExcludeAction", tr("&Exclude this"), term, FilterChange::Exclude);
    addChange("filterOnlyAction", tr("Filter by &only this"), term, FilterChange::Replace);
    addChange("filterOrAction", tr("&Or this as well"), term, FilterChange::Widen);
}

FilterMenu::FilterMenu(const store::EventView &event, const store::ClockAnchor &clock, QWidget *parent)
    : QMenu(tr("Fil&ter by time"), parent)
{
    setObjectName(u"filterMenu"_s);
    setIcon(gui::icon(u"filter"_s));
    addChange("filterFromAction", tr("&From here on"), models::timeTerm(event, ">=", clock), FilterChange::Narrow);
    addChange("filterUntilAction", tr("&Up to here"), models::timeTerm(event, "<=", clock), FilterChange::Narrow);
}

void FilterMenu::addChange(const char *name, const QString &text, const QString &term, FilterChange change)
{
    auto *action = addAction(text);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, [this, term, change] { Q_EMIT changeChosen(term, change); });
}

} // namespace weir::gui
