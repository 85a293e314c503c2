// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/viewarea.h"

#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/menutext.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::SubscriptionModel;
using store::SubscriptionId;

namespace {

/// A single ampersand would underline the next character.
/// In front of its tabs, and not closed.
bool canBeSeen(const QDockWidget *dock)
{
    return dock->isVisible() && !dock->visibleRegion().isEmpty();
}

void noteView(const QDockWidget *dock, ViewMemory &memory)
{
    memory.note(dock->windowTitle(), qobject_cast<const EventPane *>(dock->widget())->saveState());
}

QString resultsTitle(const QString &filter, const QString &view)
{
    constexpr int most = 30;
    const auto shown = filter.size() > most ? filter.left(most) + u'…' : filter;
    return ViewArea::tr("%1 in %2", "filter in view").arg(shown.simplified(), view);
}

} // namespace

ViewArea::ViewArea(models::LogFeed &feed, SubscriptionModel &subscriptions, FilterMemory &filters, QWidget *parent)
    : QMainWindow(parent)
    , m_feed(feed)
    , m_subscriptions(subscriptions)
    , m_filters(filters)
{
    setWindowFlags(Qt::Widget);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks | GroupedDragging);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDocumentMode(true);
    // What lies where, and which tab is in front, is known only when the layout is done.
    m_settling.setSingleShot(true);
    m_settling.setInterval(0);
    connect(&m_settling, &QTimer::timeout, this, &ViewArea::settle);
    auto *dock = createDock(u"allEventsView"_s, std::nullopt);
    dock->setWindowTitle(tr("All events"));
    m_allEvents = qobject_cast<EventPane *>(dock->widget());
    m_current = m_allEvents;
    addDockWidget(Qt::LeftDockWidgetArea, dock);
    connect(&subscriptions, &SubscriptionModel::rowsInserted, this, &ViewArea::openAutomaticViews);
    connect(&subscriptions, &SubscriptionModel::rowsRemoved, this, &ViewArea::closeRemovedViews);
    connect(&subscriptions, &SubscriptionModel::sourcesChanged, this, &ViewArea::takeSources);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { takeFocus(now); });
}

ViewArea::~ViewArea()
{
    // The panes go after this, and their going moves the focus.
    disconnect(qApp, nullptr, this, nullptr);
}

QDockWidget *ViewArea::createDock(const QString &name, std::optional<SubscriptionId> scope)
{
    auto *dock = new QDockWidget(this);
    dock->setObjectName(name);
    auto *pane = new EventPane(m_feed, m_filters, dock);
    pane->setSources(m_subscriptions.sources());
    pane->setScope(scope);
    dock->setWidget(pane);
    equip(pane);
    const auto announce = [this, pane] {
        if (pane == m_current)
            Q_EMIT currentUpdated();
    };
    connect(pane, &EventPane::ledgerChanged, this, announce);
    connect(pane, &EventPane::stateChanged, this, announce);
    connect(pane, &EventPane::currentEventChanged, this, &ViewArea::eventChosen);
    connect(pane, &EventPane::reconnectFromRequested, this, &ViewArea::reconnectFromRequested);
    connect(pane, &EventPane::limitsRequested, this, &ViewArea::limitsRequested);
    connect(pane, &EventPane::curlRequested, this, &ViewArea::curlRequested);
    connect(pane, &EventPane::resultsViewRequested, this, [this, pane] { openResults(pane); });
    connect(dock, &QDockWidget::visibilityChanged, &m_settling, qOverload<>(&QTimer::start));
    connect(dock, &QDockWidget::topLevelChanged, &m_settling, qOverload<>(&QTimer::start));
    connect(dock, &QDockWidget::dockLocationChanged, &m_settling, qOverload<>(&QTimer::start));
    return dock;
}

void ViewArea::setMarking(
    const models::Annotations &annotations, const models::ColourRules &rules, const QList<QAction *> &actions)
{
    m_annotations = &annotations;
    m_rules = &rules;
    m_rowActions = actions;
    for (auto *pane : panes())
        equip(pane);
}

void ViewArea::equip(EventPane *pane)
{
    if (!m_annotations)
        return;
    pane->setAnnotations(*m_annotations);
    pane->setColourRules(*m_rules);
    pane->view()->addActions(m_rowActions);
}

EventPane *ViewArea::find(SubscriptionId id) const
{
    const auto found = m_views.find(id);
    return found == m_views.end() ? nullptr : qobject_cast<EventPane *>(found->second->widget());
}

QList<QDockWidget *> ViewArea::docks() const
{
    QList<QDockWidget *> docks{dockOf(m_allEvents)};
    for (int row = 0; row < m_subscriptions.rowCount(); ++row)
        if (const auto found = m_views.find(m_subscriptions.at(row).id); found != m_views.end())
            docks << found->second;
    return docks + m_results;
}

QDockWidget *ViewArea::dockOf(const EventPane *pane) const
{
    return qobject_cast<QDockWidget *>(pane->parentWidget());
}

QList<EventPane *> ViewArea::panes() const
{
    QList<EventPane *> panes;
    for (const auto *dock : docks())
        panes << qobject_cast<EventPane *>(dock->widget());
    return panes;
}

QString ViewArea::titleOf(const EventPane *pane) const
{
    return dockOf(pane)->windowTitle().replace(u"&&"_s, u"&"_s);
}

QList<QAction *> ViewArea::viewActions() const
{
    QList<QAction *> actions;
    for (const auto *dock : docks())
        actions << dock->toggleViewAction();
    return actions;
}

QDockWidget *ViewArea::openView(SubscriptionId id)
{
    if (const auto found = m_views.find(id); found != m_views.end())
        return found->second;
    auto *dock = createDock(u"view%1"_s.arg(id.value), id);
    dock->setWindowTitle(menuText(m_subscriptions.sources().at(id).name));
    m_views[id] = dock;
    find(id)->restoreState(m_memory.find(dock->windowTitle()));
    showBeside(dock);
    return dock;
}

void ViewArea::showBeside(QDockWidget *dock)
{
    auto *first = dockOf(m_allEvents);
    if (first->isFloating() || first->isHidden())
        addDockWidget(Qt::LeftDockWidgetArea, dock);
    else
        tabifyDockWidget(first, dock);
}

void ViewArea::openResults(const EventPane *pane)
{
    const auto &criteria = pane->eventModel()->criteria();
    auto *dock = createDock(u"results%1"_s.arg(++m_resultsOpened), criteria.scope);
    dock->setWindowTitle(menuText(resultsTitle(pane->effectiveFilter(), titleOf(pane))));
    dock->installEventFilter(this);
    m_results << dock;
    auto *results = qobject_cast<EventPane *>(dock->widget());
    results->takeColumns(*pane);
    results->setKinds(criteria.kinds);
    results->setClearedBefore(criteria.clearedBefore);
    results->switchSavedFiltersOff(); // what is on is in the results already
    results->setBaseFilter(pane->effectiveFilter());
    showBeside(dock);
    bringToFront(dock);
}

bool ViewArea::eventFilter(QObject *watched, QEvent *event)
{
    if (auto *dock = qobject_cast<QDockWidget *>(watched); dock && event->type() == QEvent::Close)
        closeResults(dock);
    return QMainWindow::eventFilter(watched, event);
}

void ViewArea::closeResults(QDockWidget *dock)
{
    if (m_results.removeAll(dock) == 0)
        return;
    if (dock->widget() == m_current)
        setCurrent(m_allEvents);
    dock->deleteLater();
    m_settling.start();
}

void ViewArea::openAutomaticViews()
{
    if (m_arrangement == Arrangement::Merged || m_subscriptions.rowCount() > automaticViews)
        return;
    const bool isNew = m_subscriptions.rowCount() > static_cast<int>(m_views.size());
    auto *front = dockOf(m_current);
    for (int row = 0; row < m_subscriptions.rowCount(); ++row)
        openView(m_subscriptions.at(row).id);
    if (!front->isHidden())
        front->raise(); // a view that opens by itself takes nobody's place
    if (isNew && m_arrangement == Arrangement::SideBySide)
        arrange(Arrangement::SideBySide);
}

void ViewArea::closeRemovedViews()
{
    std::erase_if(m_views, [this](const auto &view) {
        if (m_subscriptions.find(view.first))
            return false;
        if (view.second->widget() == m_current)
            setCurrent(m_allEvents);
        noteView(view.second, m_memory);
        removeDockWidget(view.second);
        view.second->deleteLater();
        return true;
    });
    keepCurrentVisible();
}

void ViewArea::takeSources(const models::Sources &sources)
{
    for (auto *pane : panes())
        pane->setSources(sources);
    for (const auto &[id, dock] : m_views)
        if (const auto source = sources.find(id); source != sources.end())
            dock->setWindowTitle(menuText(source->second.name));
}

void ViewArea::takeFocus(QWidget *now)
{
    for (auto *widget = now; widget; widget = widget->parentWidget())
        if (auto *pane = qobject_cast<EventPane *>(widget); pane && panes().contains(pane))
            return setCurrent(pane);
}

void ViewArea::setCurrent(EventPane *pane)
{
    if (m_current == pane)
        return;
    m_current = pane;
    Q_EMIT currentChanged(pane);
}

void ViewArea::settle()
{
    keepCurrentVisible();
    for (auto *dock : docks()) {
        const auto together = tabifiedDockWidgets(dock);
        const bool isTab =
            !dock->isFloating() && std::ranges::any_of(together, [](const auto *other) { return !other->isHidden(); });
        // A tab bears the title already.
        if (auto *bar = dock->titleBarWidget(); isTab != (bar != nullptr)) {
            dock->setTitleBarWidget(isTab ? new QWidget(dock) : nullptr);
            delete bar;
        }
    }
}

void ViewArea::keepCurrentVisible()
{
    const auto all = docks();
    if (std::ranges::all_of(all, [](const auto *dock) { return dock->isHidden(); }))
        dockOf(m_allEvents)->show();
    if (!isVisible() || canBeSeen(dockOf(m_current)))
        return;
    const auto seen = std::ranges::find_if(all, canBeSeen);
    if (seen != all.end())
        setCurrent(qobject_cast<EventPane *>((*seen)->widget()));
}

void ViewArea::bringToFront(QDockWidget *dock)
{
    dock->show();
    dock->raise();
    auto *pane = qobject_cast<EventPane *>(dock->widget());
    setCurrent(pane);
    if (auto *table = pane->findChild<QAbstractItemView *>())
        table->setFocus(Qt::OtherFocusReason);
}

void ViewArea::showView(SubscriptionId id)
{
    if (m_subscriptions.find(id))
        bringToFront(openView(id));
}

void ViewArea::showAllEvents()
{
    bringToFront(dockOf(m_allEvents));
}

void ViewArea::closeCurrent()
{
    dockOf(m_current)->close();
}

void ViewArea::arrange(Arrangement arrangement)
{
    m_arrangement = arrangement;
    if (arrangement != Arrangement::Merged) {
        const int wanted =
            std::min(m_subscriptions.rowCount(), arrangement == Arrangement::Tabs ? automaticViews : maxSideBySide);
        for (int row = 0; row < wanted; ++row)
            openView(m_subscriptions.at(row).id);
    }
    auto shown = docks();
    if (arrangement == Arrangement::Merged)
        shown.resize(1);
    else if (arrangement == Arrangement::SideBySide && shown.size() > 2)
        shown = shown.mid(1, maxSideBySide); // the table of all would show the same once more
    for (auto *dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    if (arrangement == Arrangement::SideBySide)
        layGrid(shown);
    else
        layTabs(shown);
    bringToFront(shown.contains(dockOf(m_current)) ? dockOf(m_current) : shown.first());
    if (arrangement == Arrangement::SideBySide && m_subscriptions.rowCount() > maxSideBySide)
        Q_EMIT remark(tr("The first %1 of %2 subscriptions are side by side.")
                          .arg(maxSideBySide)
                          .arg(m_subscriptions.rowCount()));
}

void ViewArea::restoreArrangement(int arrangement)
{
    if (arrangement >= static_cast<int>(Arrangement::Merged) && arrangement <= static_cast<int>(Arrangement::Tabs))
        m_arrangement = static_cast<Arrangement>(arrangement);
}

QByteArray ViewArea::saveViews() const
{
    auto memory = m_memory;
    for (const auto &[id, dock] : m_views)
        noteView(dock, memory);
    return memory.save();
}

void ViewArea::restoreViews(const QByteArray &saved)
{
    m_memory = ViewMemory::restored(saved);
}

void ViewArea::layTabs(const QList<QDockWidget *> &docks)
{
    addDockWidget(Qt::LeftDockWidgetArea, docks.first());
    for (auto *dock : docks) {
        if (dock != docks.first())
            tabifyDockWidget(docks.first(), dock);
        dock->show();
    }
}

void ViewArea::layGrid(const QList<QDockWidget *> &docks)
{
    const auto columns = docks.size() <= 3 ? docks.size() : std::lround(std::ceil(std::sqrt(docks.size())));
    addDockWidget(Qt::LeftDockWidgetArea, docks.first());
    for (qsizetype i = 1; i < docks.size(); ++i) {
        const bool isFirstRow = i < columns;
        splitDockWidget(docks[isFirstRow ? i - 1 : i - columns], docks[i], isFirstRow ? Qt::Horizontal : Qt::Vertical);
    }
    for (auto *dock : docks)
        dock->show();
    const auto firstRow = docks.first(columns);
    resizeDocks(firstRow, QList<int>(columns, std::max(1, width() / static_cast<int>(columns))), Qt::Horizontal);
}

} // namespace weir::gui
