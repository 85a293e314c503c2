// SPDX-License-Identifier: GPL-3.0-or-later
// What EventPane has for finding and marking events.
#include "gui/eventpane.h"
#include "gui/findinview.h"
#include "gui/gotoinview.h"
#include "gui/overviewstrip.h"
#include "gui/rowlooks.h"
#include "models/annotations.h"
#include "ui_eventpane.h"

#include <QToolButton>

namespace weir::gui {

void EventPane::createFinding()
{
    m_find = new FindInView(*m_ui->findBar, *m_ui->eventView, *m_model, this);
    m_looks->setSearch(&m_find->search(), &m_find->highlights());
    connect(m_find, &FindInView::changed, m_looks, &RowLooks::changed);
    m_ui->onlyMarkedBar->hide();
    connect(m_ui->showAllButton, &QToolButton::clicked, this, [this] { setOnlyMarked(false); });
    m_goTo = new GoToInView(*m_ui->goToBar, *this);
    m_overview = new OverviewStrip(*m_ui->eventView, *m_model, m_find->search());
    m_ui->tableLayout->addWidget(m_overview);
}

void EventPane::setAnnotations(const models::Annotations &annotations)
{
    m_annotations = &annotations;
    m_looks->setAnnotations(&annotations);
    m_overview->setAnnotations(&annotations);
    connect(&annotations, &models::Annotations::changed, this, [this] {
        if (m_isOnlyMarked)
            takeMarked();
    });
}

void EventPane::setColourRules(const models::ColourRules &rules)
{
    m_looks->setRules(&rules);
}

void EventPane::setOnlyMarked(bool isOnlyMarked)
{
    if (isOnlyMarked == m_isOnlyMarked || !m_annotations)
        return;
    m_isOnlyMarked = isOnlyMarked;
    m_ui->onlyMarkedBar->setVisible(isOnlyMarked);
    takeMarked();
    Q_EMIT stateChanged();
}

void EventPane::takeMarked()
{
    auto numbers = std::make_shared<std::vector<store::EventNumber>>();
    if (m_isOnlyMarked)
        for (const auto &[number, event] : m_annotations->events())
            numbers->push_back(number);
    m_model->setOnly(m_isOnlyMarked ? std::move(numbers) : nullptr);
}

} // namespace weir::gui
