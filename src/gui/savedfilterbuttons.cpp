// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/savedfilterbuttons.h"

#include "gui/filterproblem.h"
#include "gui/theme.h"

#include <QAction>
#include <QToolButton>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int buttonCharacters = 30;

QString buttonText(QString name)
{
    if (name.size() > buttonCharacters)
        name = name.left(buttonCharacters) + u'…';
    return name.replace(u'&', u"&&"_s);
}

} // namespace

SavedFilterButtons::SavedFilterButtons(QWidget *parent)
    : QToolBar(parent)
{
    setAccessibleName(tr("Saved filters"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int side = fontMetrics().height();
    setIconSize({side, side});
    if (auto *more = findChild<QToolButton *>(u"qt_toolbar_ext_button"_s)) {
        more->setText(tr("More"));
        more->setToolTip(tr("More saved filters"));
    }
    hide();
}

void SavedFilterButtons::setFilters(const QList<SavedFilter> &filters)
{
    m_filters = filters;
    std::erase_if(m_on, [&](quint32 id) { return std::ranges::find(filters, id, &SavedFilter::id) == filters.end(); });
    qDeleteAll(actions()); // clear() would only take them off
    for (const auto &filter : filters)
        addFilter(filter);
    addEdit();
    setVisible(!filters.isEmpty());
}

void SavedFilterButtons::addFilter(const SavedFilter &filter)
{
    const QString problem = problemOf(filter.expression);
    auto *action =
        problem.isEmpty() ? addAction(buttonText(filter.name)) : addAction(icon(u"warning"_s), buttonText(filter.name));
    action->setObjectName(u"savedFilter%1Action"_s.arg(filter.id));
    action->setCheckable(problem.isEmpty());
    action->setChecked(problem.isEmpty() && m_on.contains(filter.id));
    action->setToolTip(problem.isEmpty()
                           ? filter.expression
                           : tr("%1\nNot understood, so it is ignored: %2").arg(filter.expression, problem));
    connect(action, &QAction::triggered, this, [this, id = filter.id, isUsable = problem.isEmpty()](bool isOn) {
        if (!isUsable)
            return Q_EMIT editRequested();
        if (isOn)
            m_on.insert(id);
        else
            m_on.erase(id);
        Q_EMIT switched();
    });
    // Toolbars leave the keyboard out.
    widgetForAction(action)->setFocusPolicy(Qt::TabFocus);
}

void SavedFilterButtons::addEdit()
{
    auto *edit = addAction(icon(u"edit"_s), tr("Edit saved filters"), this, &SavedFilterButtons::editRequested);
    edit->setObjectName(u"editSavedFiltersAction"_s);
    auto *button = qobject_cast<QToolButton *>(widgetForAction(edit));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
}

void SavedFilterButtons::setOn(const std::set<quint32> &ids)
{
    m_on = ids;
    setFilters(m_filters);
}

QStringList SavedFilterButtons::expressions() const
{
    QStringList expressions;
    for (const auto &filter : m_filters) {
        if (m_on.contains(filter.id) && problemOf(filter.expression).isEmpty())
            expressions << filter.expression;
    }
    return expressions;
}

QString SavedFilterButtons::problem() const
{
    for (const auto &filter : m_filters) {
        const QString problem = m_on.contains(filter.id) ? problemOf(filter.expression) : QString();
        if (!problem.isEmpty())
            return tr("The saved filter “%1” is not understood and is ignored. %2").arg(filter.name, problem);
    }
    return {};
}

} // namespace weir::gui
