// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/gotoinview.h"

#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/gotobar.h"
#include "models/eventfields.h"
#include "models/eventformat.h"

#include <algorithm>

namespace weir::gui {

using store::EventNumber;

GoToInView::GoToInView(GoToBar &bar, EventPane &pane)
    : QObject(&pane)
    , m_bar(bar)
    , m_pane(pane)
{
    connect(&bar, &GoToBar::edited, this, &GoToInView::check);
    connect(&bar, &GoToBar::goRequested, this, &GoToInView::go);
    connect(&bar, &GoToBar::nearestRequested, this, &GoToInView::goToNearest);
    connect(&bar, &GoToBar::contextRequested, this, &GoToInView::showInContext);
    connect(&bar, &GoToBar::closed, this, &GoToInView::close);
    connect(&m_ids, &models::EventIdSearch::changed, this, &GoToInView::takeIds);
    connect(pane.eventModel(), &models::EventModel::ledgerChanged, this, &GoToInView::proceed);
}

void GoToInView::open()
{
    m_bar.open();
}

void GoToInView::close()
{
    m_ids.stop();
    m_isOnItsWay = false;
    m_pane.view()->setFocus(Qt::OtherFocusReason);
}

models::GoToPlace GoToInView::place() const
{
    const auto *model = m_pane.eventModel();
    if (m_bar.kind() == GoToBar::Kind::Number)
        return models::eventByNumber(m_bar.text(), model->snapshot());
    return models::eventByTime(m_bar.text(), model->snapshot(), model->clock(), m_pane.view()->currentEvent());
}

QString GoToInView::title(EventNumber number) const
{
    const auto *model = m_pane.eventModel();
    return models::eventTitle(model->snapshot().at(number), model->sources(), model->clock());
}

void GoToInView::check()
{
    m_ids.stop();
    m_isOnItsWay = false;
    m_bar.offer(GoToBar::NoOffer);
    if (m_bar.text().trimmed().isEmpty() || m_bar.kind() == GoToBar::Kind::EventId)
        return m_bar.say(Meaning::Secondary, {});
    if (const auto found = place(); found)
        m_bar.say(Meaning::Secondary, title(*found));
    else
        m_bar.say(Meaning::Error, found.error());
}

void GoToInView::go()
{
    const auto text = m_bar.text().trimmed();
    if (text.isEmpty())
        return;
    if (m_bar.kind() != GoToBar::Kind::EventId) {
        const auto found = place();
        if (!found)
            return m_bar.say(Meaning::Error, found.error());
        // Of a time the next row that is shown is meant.
        const auto *model = m_pane.eventModel();
        const int row = m_bar.kind() == GoToBar::Kind::Time ? model->lowerBound(*found) : -1;
        return stay(row >= 0 && row < model->rowCount() ? model->numberAt(row) : *found);
    }
    if (m_ids.id() == text && !m_ids.isRunning())
        return takeIds();
    m_bar.say(Meaning::Secondary, tr("Looking for the ID…"));
    m_ids.start(text, m_pane.eventModel()->snapshot());
}

void GoToInView::takeIds()
{
    const auto found = m_ids.next(m_pane.view()->currentEvent());
    if (m_ids.isRunning())
        return;
    if (found.value == 0)
        return m_bar.say(Meaning::Error, tr("No event that is still held has this ID."));
    stay(found);
}

void GoToInView::stay(EventNumber number)
{
    m_bar.offer(GoToBar::NoOffer);
    const auto *model = m_pane.eventModel();
    if (!model->snapshot().contains(number))
        return m_bar.say(Meaning::Error, tr("The event has been evicted meanwhile."));
    if (model->rowOf(number) < 0)
        return explainHidden(number);
    m_bar.say(Meaning::Secondary, title(number));
    m_pane.view()->goToEvent(number);
}

void GoToInView::goTo(EventNumber number)
{
    const auto *model = m_pane.eventModel();
    if (model->rowOf(number) >= 0)
        return m_pane.view()->goToEvent(number);
    m_bar.open();
    stay(number);
}

void GoToInView::explainHidden(EventNumber number)
{
    const auto *model = m_pane.eventModel();
    const auto &criteria = model->criteria();
    const auto event = model->snapshot().at(number);
    const auto source = model->sources().find(event.subscription());
    int offers = model->rowCount() > 0 ? GoToBar::Nearest : GoToBar::NoOffer;
    QString why = m_pane.isOnlyMarked() ? tr("only marked events are shown") : tr("the filter hides it");
    if (criteria.scope && *criteria.scope != event.subscription())
        why = tr("this view shows another subscription");
    else if (!criteria.scope && source != model->sources().end() && !source->second.isShown)
        why = tr("its subscription is muted");
    else if (number < criteria.clearedBefore)
        why = tr("it was cleared from this view");
    else
        offers |= GoToBar::Context;
    if (!criteria.kinds.test(models::bit(event.kind())))
        why = tr("rows of the kind “%1” are switched off").arg(models::kindWord(event.kind()));
    m_target = number;
    m_bar.say(Meaning::Warning, tr("%1 is not shown: %2.").arg(title(number), why));
    m_bar.offer(offers);
}

void GoToInView::goToNearest()
{
    const auto *model = m_pane.eventModel();
    if (model->rowCount() == 0)
        return;
    const auto below = model->numberAt(std::max(0, model->lowerBound(m_target) - 1));
    const auto above = model->numberAt(std::min(model->rowCount() - 1, model->lowerBound(m_target)));
    const auto distance = [this](EventNumber number) {
        return number > m_target ? number.value - m_target.value : m_target.value - number.value;
    };
    stay(distance(below) < distance(above) ? below : above);
}

void GoToInView::showInContext()
{
    const auto *model = m_pane.eventModel();
    if (!model->snapshot().contains(m_target))
        return stay(m_target);
    auto kinds = model->criteria().kinds;
    kinds.set(models::bit(model->snapshot().at(m_target).kind()));
    m_isOnItsWay = true;
    if (kinds != model->criteria().kinds)
        m_pane.setKinds(kinds);
    m_pane.setOnlyMarked(false);
    m_pane.setInContext(true);
    m_bar.offer(GoToBar::NoOffer);
    m_bar.say(Meaning::Secondary, title(m_target));
    proceed();
}

void GoToInView::proceed()
{
    if (!m_isOnItsWay)
        return;
    if (m_pane.eventModel()->rowOf(m_target) >= 0) {
        m_isOnItsWay = false;
        m_pane.view()->goToEvent(m_target);
    } else if (m_pane.eventModel()->isComplete()) {
        m_isOnItsWay = false;
        explainHidden(m_target);
    }
}

} // namespace weir::gui
