// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/findinview.h"

#include "gui/eventview.h"
#include "gui/findbar.h"
#include "models/eventformat.h"

#include <algorithm>

namespace weir::gui {

using models::SearchMode;
using models::SearchQuery;
using store::EventNumber;

namespace {

constexpr EventNumber behindAll{UINT64_MAX};

} // namespace

FindInView::FindInView(FindBar &bar, EventView &view, models::EventModel &model, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_view(view)
    , m_model(model)
    , m_search(model)
{
    connect(&bar, &FindBar::queryChanged, this, &FindInView::take);
    connect(&bar, &FindBar::nextRequested, this, [this] { begin(Step::Next); });
    connect(&bar, &FindBar::previousRequested, this, [this] { begin(Step::Previous); });
    connect(&bar, &FindBar::opened, &bar, &FindBar::announce);
    connect(&bar, &FindBar::closed, this, &FindInView::stop);
    connect(&view, &EventView::currentEventChanged, this, &FindInView::showCount);
    connect(&m_search, &models::EventSearch::changed, this, [this] {
        proceed();
        showCount();
        Q_EMIT changed();
    });
    connect(&model, &models::EventModel::ledgerChanged, this, &FindInView::proceed);
}

void FindInView::open()
{
    m_bar.open();
}

void FindInView::findNext()
{
    if (m_bar.isHidden() || m_bar.query().isEmpty())
        m_bar.open();
    begin(Step::Next);
}

void FindInView::findPrevious()
{
    if (m_bar.isHidden() || m_bar.query().isEmpty())
        m_bar.open();
    begin(Step::Previous);
}

void FindInView::take(const SearchQuery &query)
{
    if (m_bar.isHidden())
        return;
    m_step = Step::None;
    const auto set = m_search.setExpression(models::searchExpression(query));
    if (!set) {
        const auto sentence = QString::fromStdString(filter::text(set.error()));
        const bool namesPlace = query.mode == SearchMode::Expression;
        const auto place = QString::fromUtf8(query.text.toUtf8().left(static_cast<qsizetype>(set.error().position)));
        m_bar.showError(namesPlace ? tr("Character %1: %2").arg(place.size() + 1).arg(sentence) : sentence);
        return;
    }
    m_bar.hush();
    m_highlights = models::SearchHighlights(query);
    showCount();
    Q_EMIT changed();
}

void FindInView::stop()
{
    m_step = Step::None;
    m_highlights = {};
    m_search.setExpression({});
    m_view.setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

EventNumber FindInView::start() const
{
    if (const auto current = m_view.currentEvent(); current.value > 0)
        return current;
    const int top = m_view.firstVisibleRow();
    if (m_step == Step::Next)
        return {std::max<std::uint64_t>(m_model.numberAt(top).value, 1) - 1};
    const int bottom = std::min(top + m_view.visibleRowCount(), m_model.rowCount()) - 1;
    return {m_model.numberAt(bottom).value + 1};
}

void FindInView::begin(Step step)
{
    if (!m_search.isActive())
        return;
    m_step = step;
    m_hasWrapped = false;
    m_from = start();
    m_bar.hush();
    proceed();
}

void FindInView::proceed()
{
    if (m_step == Step::None)
        return;
    const bool isNext = m_step == Step::Next;
    const auto found = isNext ? m_search.next(m_from) : m_search.previous(m_from);
    // Backwards the nearest is known only when all up to the start has been looked at.
    if (found.value > 0 && (isNext || m_search.isComplete() || m_search.examinedEnd() > m_from))
        return goTo(found);
    if (!m_search.isComplete())
        return;
    if (m_hasWrapped || m_search.count() == 0) {
        m_step = Step::None;
        m_bar.showNote(tr("Nothing in this view matches."));
        return;
    }
    m_hasWrapped = true;
    m_from = isNext ? EventNumber{} : behindAll;
    proceed();
}

void FindInView::goTo(EventNumber number)
{
    if (m_model.rowOf(number) < 0)
        return; // the view's own scan is not that far; its ledger tells when it is
    const bool wasNext = m_step == Step::Next;
    m_step = Step::None;
    m_view.goToEvent(number);
    if (m_hasWrapped)
        m_bar.showNote(wasNext ? tr("Past the last match: went on from the first.")
                               : tr("Past the first match: went on from the last."));
    showCount();
}

void FindInView::showCount()
{
    if (m_bar.isHidden())
        return;
    m_bar.showCount(countText());
    if (const auto troubles = filter::text(m_search.troubles()); !troubles.empty())
        m_bar.showWarning(QString::fromStdString(troubles));
}

QString FindInView::countText() const
{
    if (!m_search.isActive())
        return {};
    const auto count = models::formatCount(m_search.count());
    const auto current = m_view.currentEvent();
    QString text = tr("Matches: %1").arg(count);
    if (current.value > 0 && m_search.contains(current))
        text = tr("%1 of %2 matches").arg(models::formatCount(m_search.countBefore(current) + 1), count);
    else if (m_search.count() == 0 && m_search.isComplete())
        text = tr("No match");
    if (!m_search.isComplete())
        text += u'…';
    return text;
}

} // namespace weir::gui
