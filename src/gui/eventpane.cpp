// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"

#include "gui/eventheader.h"
#include "gui/filtermemory.h"
#include "gui/filtermenu.h"
#include "gui/filterproblem.h"
#include "gui/rowlooks.h"
#include "gui/theme.h"
#include "models/eventformat.h"
#include "ui_eventpane.h"

#include <QDataStream>
#include <QEvent>
#include <QIODevice>
#include <QPushButton>
#include <QScrollBar>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 paneVersion = 2;

} // namespace

EventPane::EventPane(models::LogFeed &feed, QWidget *parent)
    : EventPane(feed, *new FilterMemory(feed), parent)
{
    m_memory.setParent(this);
}

EventPane::EventPane(models::LogFeed &feed, FilterMemory &memory, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::EventPane>())
    , m_feed(feed)
    , m_memory(memory)
    , m_model(new models::EventModel(feed, this))
    , m_looks(new RowLooks(this))
{
    m_ui->setupUi(this);
    m_ui->eventView->setModel(m_model);
    m_ui->eventView->setLooks(m_looks);
    createFinding();
    m_newRowsButton = new QPushButton(m_ui->eventView);
    m_newRowsButton->setObjectName(u"newRowsButton"_s);
    m_newRowsButton->setToolTip(tr("Show the newest row and follow"));
    m_newRowsButton->hide();
    m_ui->eventView->viewport()->installEventFilter(this);
    connectFilterBar();
    connectView();
    m_ui->filterBar->setMemory(memory);
    applyFilter(); // some saved filters may be on at start
    showLedger();
}

EventPane::~EventPane() = default;

void EventPane::connectFilterBar()
{
    connect(m_ui->filterBar, &FilterBar::filterChanged, this, &EventPane::applyFilter);
    connect(m_ui->filterBar, &FilterBar::followRequested, this, &EventPane::setFollowing);
    connect(m_ui->filterBar, &FilterBar::kindsChanged, this, [this](models::KindSet kinds) {
        m_model->setKinds(kinds);
        Q_EMIT stateChanged();
    });
    connect(m_ui->eventView, &EventView::noticed, m_ui->filterBar, &FilterBar::showNotice);
    connect(m_model, &models::EventModel::ledgerChanged, this, &EventPane::showLedger);
    connect(m_model, &models::EventModel::troublesChanged, this, &EventPane::showTroubles);
}

void EventPane::connectView()
{
    auto *view = m_ui->eventView;
    connect(view, &EventView::followingChanged, this, [this](bool following) {
        m_ui->filterBar->setFollowing(following);
        Q_EMIT stateChanged();
    });
    connect(view, &EventView::reconnectFromRequested, this, &EventPane::reconnectFromRequested);
    connect(view, &EventView::earlierClicked, this, &EventPane::limitsRequested);
    connect(view, &EventView::curlRequested, this, &EventPane::curlRequested);
    connect(view, &EventView::newRowsChanged, this, &EventPane::showNewRows);
    connect(view, &EventView::menuFilled, this, &EventPane::addFilterActions);
    connect(view, &EventView::currentEventChanged, this,
        [this](store::EventNumber number) { Q_EMIT currentEventChanged(m_model->snapshot(), number); });
    connect(view->header(), &EventHeader::columnsChanged, this, &EventPane::stateChanged);
    connect(m_newRowsButton, &QPushButton::clicked, this, [this] { setFollowing(true); });
}

void EventPane::setSources(const models::Sources &sources)
{
    m_model->setSources(sources);
    m_ui->filterBar->setSources(sources);
}

void EventPane::setScope(std::optional<store::SubscriptionId> scope)
{
    m_model->setScope(scope);
    m_ui->eventView->header()->setColumnShown(m_model->columnOf(models::ColumnKind::Source), !scope);
}

void EventPane::setPaused(bool paused)
{
    m_model->setPaused(paused);
    showLedger();
}

bool EventPane::isPaused() const
{
    return m_model->isPaused();
}

void EventPane::clear()
{
    setClearedBefore(m_model->snapshot().end());
}

store::EventNumber EventPane::clearedBefore() const
{
    return m_model->criteria().clearedBefore;
}

void EventPane::setClearedBefore(store::EventNumber number)
{
    m_model->setClearedBefore(number);
    if (m_ui->eventView->currentEvent().value == 0)
        Q_EMIT currentEventChanged(m_model->snapshot(), {});
}

void EventPane::setFilterText(const QString &text)
{
    m_ui->filterBar->setExpression(text);
}

QString EventPane::filterText() const
{
    return m_ui->filterBar->expression();
}

void EventPane::focusFilter()
{
    m_ui->filterBar->focusExpression();
}

void EventPane::setFollowing(bool following)
{
    m_ui->eventView->setFollowing(following);
}

bool EventPane::isFollowing() const
{
    return m_ui->eventView->isFollowing();
}

void EventPane::addColumn(const filter::JsonPath &path)
{
    m_ui->eventView->header()->addColumn(models::jsonColumn(path));
}

void EventPane::takeColumns(const EventPane &other)
{
    const auto *header = other.view()->header();
    const int source = m_model->columnOf(models::ColumnKind::Source);
    const bool hasSource = m_ui->eventView->header()->isColumnShown(source);
    m_ui->eventView->header()->restore(header->save());
    m_ui->eventView->header()->setColumnShown(source, hasSource);
}

EventView *EventPane::view() const
{
    return m_ui->eventView;
}

void EventPane::copySelection()
{
    m_ui->eventView->copySelection();
}

void EventPane::selectAll()
{
    m_ui->eventView->selectAll();
}

void EventPane::changeFilter(const QString &term, FilterChange change)
{
    const QString line = problemOf(filterText()).isEmpty() ? filterText() : m_line;
    m_ui->filterBar->setExpression(models::changedExpression(line, term, change));
}

void EventPane::setInContext(bool isInContext)
{
    m_ui->filterBar->setFilterOn(!isInContext);
}

bool EventPane::isInContext() const
{
    return !m_ui->filterBar->isFilterOn();
}

QString EventPane::effectiveFilter() const
{
    if (isInContext())
        return m_ui->filterBar->base();
    return models::conjunction(
        QStringList{m_ui->filterBar->base()} + m_ui->filterBar->savedExpressions() + QStringList{m_line});
}

void EventPane::setBaseFilter(const QString &expression)
{
    m_ui->filterBar->setBase(expression);
    applyFilter();
}

void EventPane::setKinds(models::KindSet kinds)
{
    m_ui->filterBar->setKinds(kinds);
    m_model->setKinds(kinds);
}

void EventPane::editSavedFilters()
{
    m_ui->filterBar->editSaved({});
}

void EventPane::switchSavedFiltersOff()
{
    m_ui->filterBar->setNoneSavedOn();
    applyFilter();
}

void EventPane::applyFilter()
{
    const auto line = filter::Filter::compile(filterText().toStdString());
    if (line)
        m_line = filterText();
    const auto all = filter::Filter::compile(effectiveFilter().toStdString(), {.clock = m_model->clock()});
    if (!line || !all) {
        m_ui->filterBar->showError(line ? all.error() : line.error());
        if (!all)
            return;
    } else {
        m_ui->filterBar->showValid();
    }
    if (std::exchange(m_wasInContext, isInContext()) != isInContext() && m_ui->eventView->currentEvent().value != 0)
        setFollowing(false); // the row that the user looks at would leave the screen
    m_model->setFilter(*all);
    showLedger();
    Q_EMIT stateChanged();
}

void EventPane::showTroubles()
{
    const auto &troubles = m_model->troubles();
    const auto count = models::formatCount(troubles.effortExceeded);
    const auto first = models::formatCount(troubles.firstExceeded.value);
    const QString text = tr("Events that could not be decided: %1, first number %2. The regular expression takes too "
                            "much effort there; they might match and are not shown.");
    m_ui->filterBar->showTroubles(troubles.effortExceeded == 0 ? QString() : text.arg(count, first));
}

void EventPane::addFilterActions(QMenu *menu, const QModelIndex &cell)
{
    const auto number = m_model->numberAt(cell.row());
    menu->addSeparator();
    if (number.value != 0) {
        const auto event = m_model->snapshot().at(number);
        const auto &column = m_model->columns()[cell.column()];
        const bool isPlace = column.kind == models::ColumnKind::Time || column.kind == models::ColumnKind::Number;
        auto *terms = isPlace ? new FilterMenu(event, m_model->clock(), menu)
                              : new FilterMenu(models::cellTerm(event, column, m_model->sources()), menu);
        connect(terms, &FilterMenu::changeChosen, this, &EventPane::changeFilter);
        menu->addMenu(terms);
    }
    auto *context = menu->addAction(icon(u"context"_s), tr("Show in conte&xt"));
    context->setObjectName(u"showInContextAction"_s);
    context->setCheckable(true);
    context->setChecked(isInContext());
    connect(context, &QAction::toggled, this, &EventPane::setInContext);
    auto *results = menu->addAction(icon(u"view"_s), tr("Ne&w view of these results"));
    results->setObjectName(u"newResultsViewAction"_s);
    results->setEnabled(!effectiveFilter().isEmpty());
    connect(results, &QAction::triggered, this, &EventPane::resultsViewRequested);
}

void EventPane::showLedger()
{
    const auto &ledger = m_model->ledger();
    std::uint64_t inScope = 0;
    for (const auto count : ledger.inScope)
        inScope += count;
    m_ui->filterBar->showCounts(ledger.shown, inScope, ledger.inScope);
    updateEmptyText();
    showEvicted(ledger.evicted);
    Q_EMIT ledgerChanged();
}

void EventPane::showEvicted(std::uint64_t evicted)
{
    if (std::exchange(m_evicted, evicted) == evicted)
        return;
    const auto budget = m_feed.log().ledger().memoryBudget;
    m_ui->eventView->setEarlierText(
        evicted == 0 ? QString()
                     : tr("Evicted: the %1 oldest records, events and all else, because the memory for events is %2. "
                          "Click to change it.")
                           .arg(models::formatCount(evicted), models::formatBytes(budget)));
}

void EventPane::updateEmptyText()
{
    const auto &ledger = m_model->ledger();
    const bool hasFilter = !m_model->criteria().filter.matchesEverything();
    QString text = tr("No events yet. They appear here as they arrive.");
    if (m_model->isPaused())
        text = tr("Paused. What arrives is kept and appears when you resume.");
    else if (ledger.hidden > 0 && m_isOnlyMarked)
        text = tr("No event here has a mark, label or note. Ctrl+B marks the selected ones.");
    else if (ledger.hidden > 0 && hasFilter)
        text = tr("No event matches the filter. Change it, or clear it with the button at its end.");
    else if (ledger.hidden > 0)
        text = tr("Nothing of the chosen kinds yet. Switch others on above.");
    else if (ledger.cleared > 0)
        text = tr("Cleared. New events appear here; Undo brings the others back.");
    m_ui->eventView->setEmptyText(text);
}

void EventPane::showNewRows()
{
    const std::uint64_t count = m_ui->eventView->newRows();
    m_newRowsButton->setVisible(count > 0);
    if (count == 0)
        return;
    m_newRowsButton->setText(tr("%1 new ↓").arg(models::formatCount(count)));
    m_newRowsButton->adjustSize();
    placeNewRowsButton();
}

void EventPane::placeNewRowsButton()
{
    const QRect area = m_ui->eventView->viewport()->geometry();
    const int margin = m_ui->eventView->rowHeight() / 2;
    const int left = area.right() - m_newRowsButton->width() - margin;
    m_newRowsButton->move(left, area.bottom() - m_newRowsButton->height() - margin);
}

bool EventPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->eventView->viewport() && event->type() == QEvent::Resize)
        placeNewRowsButton();
    return QWidget::eventFilter(watched, event);
}

QByteArray EventPane::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << paneVersion << filterText() << quint32(m_ui->filterBar->kinds().to_ulong())
           << m_ui->eventView->header()->save() << m_ui->filterBar->savedOn();
    return state;
}

bool EventPane::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    QString filter;
    quint32 kinds = 0;
    QByteArray columns;
    QList<quint32> savedOn;
    stream >> version >> filter >> kinds >> columns >> savedOn;
    if (stream.status() != QDataStream::Ok || version != paneVersion)
        return false;
    m_ui->eventView->header()->restore(columns);
    m_ui->filterBar->setKinds(models::KindSet(kinds));
    m_model->setKinds(m_ui->filterBar->kinds());
    m_ui->filterBar->setSavedOn(savedOn);
    setFilterText(filter);
    return true;
}

} // namespace weir::gui
