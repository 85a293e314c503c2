// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mainwindow.h"

#include "gui/colourrulesdialog.h"
#include "gui/colourrulesettings.h"
#include "gui/connectionpane.h"
#include "gui/detailpane.h"
#include "gui/eventcompose.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/findactions.h"
#include "gui/gotoinview.h"
#include "gui/limitcommands.h"
#include "gui/markactions.h"
#include "gui/markspane.h"
#include "gui/profileactions.h"
#include "gui/profilecommands.h"
#include "gui/publisherpane.h"
#include "gui/replaycommands.h"
#include "gui/secretsupply.h"
#include "gui/statusstrip.h"
#include "gui/subscriptioncommands.h"
#include "gui/subscriptionpane.h"
#include "gui/tableactions.h"
#include "gui/theme.h"
#include "gui/viewarea.h"
#include "gui/windowactions.h"
#include "gui/windowstate.h"
#include "ui_mainwindow.h"

#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QScreen>
#include <QStyle>
#include <QTabWidget>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::SubscriptionModel;

namespace {

/// Changes are kept this far back; what falls off the end is forgotten by the engine too.
constexpr int undoSteps = 100;

QDockWidget *dock(const QString &name, QWidget *content, QMainWindow *window)
{
    auto *dock = new QDockWidget(content->windowTitle(), window);
    dock->setObjectName(name);
    dock->setWidget(content);
    QObject::connect(content, &QWidget::windowTitleChanged, dock, &QDockWidget::setWindowTitle);
    window->addDockWidget(Qt::LeftDockWidgetArea, dock);
    return dock;
}

} // namespace

MainWindow::MainWindow(Session session, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_feed(session.log)
    , m_subscriptions(session.ingest)
    , m_attempts(session.ingest, session.log.clock())
    , m_marks(m_annotations, m_feed)
    , m_colourRules(session.log.clock())
    , m_filters(m_feed)
    , m_ui(std::make_unique<Ui::MainWindow>())
{
    m_undo.setUndoLimit(undoSteps);
    m_ui->setupUi(this);
    const QString problem = m_filters.load();
    createPanes();
    createDocks();
    createActions();
    createMarking();
    createProfiles();
    createLimits();
    connectPanes();
    connectViews();
    connectConnections();
    updateEmptyState();
    restoreWindow();
    if (!problem.isEmpty())
        m_status->say(problem);
}

MainWindow::~MainWindow()
{
    // The panes hold references to the members, which would go before QWidget's destructor takes the children.
    m_profiles.reset();
    m_actions.reset();
    m_marking.reset();
    m_finding.reset();
    qDeleteAll(findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
}

void MainWindow::createPanes()
{
    m_commands = new SubscriptionCommands(m_subscriptions, m_undo, this);
    m_views = new ViewArea(m_feed, m_subscriptions, m_filters, m_ui->detailSplitter);
    createLowerPanes();
    m_ui->detailSplitter->setStretchFactor(0, 3);
    m_ui->detailSplitter->setStretchFactor(1, 1);
    m_ui->detailSplitter->setSizes({700, 300});
    m_status = new StatusStrip(m_session.log, this);
    m_ui->statusBar->addPermanentWidget(m_status, 1);
}

void MainWindow::createLowerPanes()
{
    m_lower = new QTabWidget(m_ui->detailSplitter);
    m_lower->setObjectName(u"lowerTabs"_s);
    m_lower->setDocumentMode(true);
    m_lower->setTabPosition(QTabWidget::South); // apart from the tabs of the selected event
    m_detail = new DetailPane;
    m_detail->setClock(m_session.log.clock());
    m_detail->setSnapshotSource([this] { return m_session.log.snapshot(); });
    m_connection = new ConnectionPane(m_attempts, m_subscriptions, m_feed);
    m_lower->addTab(m_detail, tr("Event"));
    m_lower->addTab(m_connection, tr("Connection log"));
}

void MainWindow::createDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_subscriptionPane = new SubscriptionPane(m_subscriptions);
    m_publisherPane = new PublisherPane(m_session.publisher);
    m_subscriptionDock = dock(u"subscriptionsDock"_s, m_subscriptionPane, this);
    m_publisherDock = dock(u"publisherDock"_s, m_publisherPane, this);
    createReplays();
}

void MainWindow::createReplays()
{
    m_replays = new ReplayCommands(
        {m_session.log, m_subscriptions, *m_subscriptionPane, *m_views, *m_publisherPane->replayPage()}, this);
    m_ui->subscriptionMenu->insertAction(m_ui->removeAction, m_replays->subscriptionAction());
    m_ui->subscriptionMenu->insertSeparator(m_ui->removeAction);
    connect(m_replays, &ReplayCommands::opened, this, [this] {
        m_publisherDock->show();
        m_publisherDock->raise();
        m_publisherPane->showReplay();
    });
    connect(m_publisherPane, &PublisherPane::remark, m_status, &StatusStrip::say);
}

void MainWindow::createActions()
{
    const WindowActions::Parts parts{
        m_subscriptions, m_undo, *m_commands, *m_subscriptionPane, *m_publisherPane, *m_views, *m_lower, *m_connection};
    m_actions = std::make_unique<WindowActions>(*m_ui, parts, *this);
    new TableActions(*m_ui, *m_views, this);
    m_actions->addPanels({m_subscriptionDock, m_publisherDock});
}

void MainWindow::createMarking()
{
    m_finding = std::make_unique<FindActions>(*m_views, this);
    m_marking = std::make_unique<MarkActions>(m_annotations, m_undo, *m_views, *this);
    m_actions->addEventActions(m_finding->actions());
    m_actions->addEventActions(m_marking->actions());
    auto *rules = new QAction(icon(u"palette"_s), tr("Colour Rule&s…"), this);
    rules->setObjectName(u"colourRulesAction"_s);
    rules->setToolTip(tr("Colour rows by filter expressions"));
    connect(rules, &QAction::triggered, this, &MainWindow::editColourRules);
    m_actions->addEventActions({rules});
    m_colourRules.setRules(loadColourRules());
    auto rowActions = m_marking->rowActions();
    rowActions << createComparison() << createComposing() << m_replays->rowAction();
    m_views->setMarking(m_annotations, m_colourRules, rowActions);
    m_marksPane = new MarksPane(m_marks);
    m_lower->addTab(m_marksPane, m_marksPane->windowTitle());
    connect(m_marksPane, &QWidget::windowTitleChanged, m_lower,
        [this](const QString &title) { m_lower->setTabText(m_lower->indexOf(m_marksPane), title); });
    connect(m_marksPane, &MarksPane::activated, this, &MainWindow::goToMarked);
    connect(m_marksPane, &MarksPane::noteRequested, m_marking.get(), &MarkActions::editNote);
    connect(m_marksPane, &MarksPane::removeRequested, m_marking.get(), &MarkActions::remove);
    connect(m_marking.get(), &MarkActions::remark, m_status, &StatusStrip::say);
    connect(&m_subscriptions, &SubscriptionModel::sourcesChanged, &m_marks, &models::AnnotationModel::setSources);
    connect(&m_subscriptions, &SubscriptionModel::sourcesChanged, &m_colourRules, &models::ColourRules::setSources);
}

void MainWindow::editColourRules()
{
    auto *dialog = new ColourRulesDialog(m_colourRules, this);
    connect(dialog, &ColourRulesDialog::applied, this, &saveColourRules);
    dialog->open();
}

QList<QAction *> MainWindow::createComposing()
{
    auto *compose = new EventCompose(*m_views, this);
    connect(compose, &EventCompose::composeRequested, this, [this](const publish::Publication &publication) {
        m_publisherDock->show();
        m_publisherDock->raise();
        m_publisherPane->compose(publication);
    });
    connect(compose, &EventCompose::remark, m_status, &StatusStrip::say);
    return compose->actions();
}

QAction *MainWindow::createComparison()
{
    auto *action = new QAction(icon(u"compare"_s), tr("Com&pare Others with This Event"), this);
    action->setObjectName(u"comparisonBaseAction"_s);
    action->setToolTip(tr("Show what is different in the events that are selected next"));
    connect(action, &QAction::triggered, this, [this] {
        const auto *pane = m_views->current();
        m_detail->setComparisonBase(pane->eventModel()->snapshot(), pane->view()->currentEvent());
        m_detail->setTab(DetailPane::Tab::Difference);
        m_lower->setCurrentWidget(m_detail);
    });
    m_actions->addEventActions({action});
    return action;
}

void MainWindow::goToMarked(store::EventNumber number)
{
    if (number < m_feed.snapshot().begin())
        return m_status->say(tr("The log holds that event no longer: it was evicted."));
    m_views->current()->goTo()->goTo(number);
}

void MainWindow::createProfiles()
{
    m_profiles = std::make_unique<ProfileCommands>(m_subscriptions, m_undo, m_session.dataFolder, this);
    auto *profiles = m_profiles.get();
    auto *secrets = m_session.secrets ? m_session.secrets : new profile::KeyStore(this);
    const SecretSupply::VariablePlace variables{[profiles](const QString &name) { return profiles->variableKey(name); },
        [profiles](const QMap<QString, QString> &values) { profiles->fillVariables(values); }};
    new SecretSupply(m_subscriptions, *secrets, variables, this);
    m_publisherPane->setSecretStore(secrets);
    if (!m_session.dataFolder.isEmpty())
        m_publisherPane->useDataFolder(m_session.dataFolder);
    new ProfileActions(*m_ui, *profiles, *m_commands, *m_subscriptionPane, this);
    connect(profiles, &ProfileCommands::remark, m_status, &StatusStrip::say);
    connect(secrets, &profile::SecretStore::unavailable, m_status, &StatusStrip::say);
    connect(m_subscriptionPane, &SubscriptionPane::settingsRequested, m_commands, &SubscriptionCommands::subscribeAll);
}

void MainWindow::createLimits()
{
    auto *limits = new LimitCommands(m_session.log, m_session.ingest, m_subscriptions, m_undo, this);
    connect(m_ui->limitsAction, &QAction::triggered, limits, &LimitCommands::edit);
    connect(m_views, &ViewArea::limitsRequested, limits, &LimitCommands::edit);
    connect(limits, &LimitCommands::remark, m_status, &StatusStrip::say);
}

void MainWindow::openProfile(const QString &path)
{
    m_profiles->openFile(path, ProfileCommands::AfterOpening::Connect);
}

void MainWindow::connectPanes()
{
    connect(m_subscriptionPane, &SubscriptionPane::subscribeRequested, m_commands, &SubscriptionCommands::subscribe);
    connect(m_subscriptionPane, &SubscriptionPane::openRequested, m_views, &ViewArea::showView);
    connect(m_commands, &SubscriptionCommands::added, m_subscriptionPane, &SubscriptionPane::select);
    connect(m_publisherPane, &PublisherPane::subscribeRequested, m_commands, &SubscriptionCommands::subscribeTrusting);
    connect(&m_subscriptions, &SubscriptionModel::sourcesChanged, m_detail, &DetailPane::setSources);
    connect(&m_subscriptions, &SubscriptionModel::rowsInserted, this, &MainWindow::updateEmptyState);
    connect(m_ui->emptyState, &EmptyState::urlWanted, m_subscriptionPane, &SubscriptionPane::focusUrl);
    connect(m_ui->emptyState, &EmptyState::demoWanted, this, &MainWindow::startDemo);
    connect(m_ui->demoAction, &QAction::triggered, this, &MainWindow::startDemo);
}

void MainWindow::connectViews()
{
    connect(m_views, &ViewArea::eventChosen, this, &MainWindow::showChosen);
    connect(m_views, &ViewArea::reconnectFromRequested, m_commands, &SubscriptionCommands::reconnectFrom);
    connect(m_views, &ViewArea::curlRequested, this,
        [this](store::SubscriptionId id, const QByteArray &lastEventId, bool withSecrets) {
            const auto secrets = withSecrets ? profile::SecretsShown::Yes : profile::SecretsShown::No;
            m_status->say(m_commands->copyResumingCurl(id, lastEventId, secrets)
                              ? tr("curl command copied")
                              : tr("This subscription is no longer in the list, so there is no command for it"));
        });
    connect(m_views, &ViewArea::currentChanged, this, &MainWindow::showLedger);
    connect(m_views, &ViewArea::currentUpdated, this, &MainWindow::showLedger);
    connect(m_views, &ViewArea::remark, m_status, &StatusStrip::say);
    connect(m_detail, &DetailPane::filterRequested, this, [this](const QString &term, bool isExcluded) {
        using models::FilterChange;
        m_views->current()->changeFilter(term, isExcluded ? FilterChange::Exclude : FilterChange::Narrow);
    });
    connect(m_detail, &DetailPane::columnRequested, this,
        [this](const filter::JsonPath &path) { m_views->current()->addColumn(path); });
}

void MainWindow::connectConnections()
{
    connect(m_subscriptionPane, &SubscriptionPane::groupWanted, m_commands, &SubscriptionCommands::setGroup);
    connect(m_subscriptionPane, &SubscriptionPane::selectionChanged, m_connection,
        [this] { m_connection->setSubscription(m_subscriptionPane->selection().value(0)); });
    connect(m_connection, &ConnectionPane::lastEventIdWanted, &m_subscriptions, &SubscriptionModel::setLastEventId);
    connect(&m_subscriptions, &SubscriptionModel::forgotten, &m_attempts, &models::ConnectionLog::forget);
}

void MainWindow::showChosen(const store::Snapshot &snapshot, store::EventNumber number)
{
    m_detail->setEvent(snapshot, number);
    if (!snapshot.contains(number))
        return;
    const auto event = snapshot.at(number);
    const bool isConnection = event.kind() == store::Kind::Connection;
    if (isConnection)
        m_connection->showAttempt(event.subscription(), event.attempt());
    m_lower->setCurrentWidget(isConnection ? static_cast<QWidget *>(m_connection) : m_detail);
}

/// As much as three streams side by side need, within the screen.
QSize MainWindow::usualSize() const
{
    const QSize frame(0, style()->pixelMetric(QStyle::PM_TitleBarHeight));
    const QSize wanted(fontMetrics().averageCharWidth() * 205, fontMetrics().height() * 48);
    return wanted.boundedTo(screen()->availableSize() - frame);
}

void MainWindow::restoreWindow()
{
    const auto state = loadWindowState();
    if (!restoreGeometry(state.geometry))
        resize(usualSize());
    if (!restoreState(state.docks))
        resizeDocks({m_subscriptionDock}, {fontMetrics().averageCharWidth() * 50}, Qt::Horizontal);
    m_ui->detailSplitter->restoreState(state.detail);
    m_detail->restoreState(state.event);
    m_connection->restoreState(state.connection);
    m_subscriptionPane->restoreState(state.subscriptions);
    m_publisherPane->restoreState(state.publisher);
    m_views->allEvents()->restoreState(state.allEvents);
    m_views->restoreViews(state.views);
    m_views->restoreArrangement(state.arrangement);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    WindowState state;
    state.geometry = saveGeometry();
    state.docks = saveState();
    state.detail = m_ui->detailSplitter->saveState();
    state.event = m_detail->saveState();
    state.connection = m_connection->saveState();
    state.subscriptions = m_subscriptionPane->saveState();
    state.publisher = m_publisherPane->saveState();
    state.allEvents = m_views->allEvents()->saveState();
    state.views = m_views->saveViews();
    state.arrangement = static_cast<int>(m_views->arrangement());
    saveWindowState(state);
    event->accept();
}

void MainWindow::updateEmptyState()
{
    // Events outlive their subscriptions, so once there has been one the views stay.
    const bool isEmpty = m_subscriptions.sources().empty() && m_subscriptions.rowCount() == 0;
    m_ui->stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_ui->emptyState) : m_ui->detailSplitter);
}

void MainWindow::showLedger()
{
    const auto *model = m_views->current()->eventModel();
    auto ledger = model->ledger();
    // What is being looked at this moment counts in a moment; only what a pause holds back must be told.
    if (!model->isPaused())
        ledger.waiting = 0;
    m_status->setLedger(ledger);
}

} // namespace weir::gui
