// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/publisherpane.h"

#include "gui/channelspage.h"
#include "gui/clientpane.h"
#include "gui/clienttestpane.h"
#include "gui/composer.h"
#include "gui/faultpage.h"
#include "gui/feedpage.h"
#include "gui/inlinenote.h"
#include "gui/librarypage.h"
#include "gui/messagedesk.h"
#include "gui/playpages.h"
#include "gui/replaypage.h"
#include "gui/requestpage.h"
#include "gui/scenariospage.h"
#include "gui/sentpane.h"
#include "gui/servercommands.h"
#include "models/clientmodel.h"
#include "publish/clientcontrol.h"
#include "ui_publisherpane.h"

#include <QAction>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QResizeEvent>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int stateVersion = 2;
// From about this many characters on, the server stands beside the pages instead of above them.
constexpr int wideBarCharacters = 110;
constexpr int barCharacters = 46;

} // namespace

PublisherPane::PublisherPane(publish::Publisher &publisher, QWidget *parent)
    : QWidget(parent)
    , m_publisher(publisher)
    , m_ui(std::make_unique<Ui::PublisherPane>())
    , m_composer(new Composer)
    , m_library(new LibraryPage)
    , m_feedPage(new FeedPage(publisher))
    , m_sentPane(new SentPane)
    , m_control(new publish::ClientControl(publisher, this))
    , m_clientPane(new ClientPane)
    , m_channelsPage(new ChannelsPage(publisher))
    , m_faultPage(new FaultPage(*m_control))
    , m_faultNote(new InlineNote)
    , m_play(new PlayPages(publisher, this))
    , m_clients(new models::ClientModel(this))
    , m_desk(new MessageDesk(publisher, {*m_composer, *m_sentPane, *m_library}, this))
{
    m_ui->setupUi(this);
    addPages();
    m_server = new ServerCommands(publisher, *m_ui->bar, *m_channelsPage, this);
    m_clientPane->setModel(m_clients);
    connectPublisher();
    connectParts();
    connectClients();
    showStopped({});
}

PublisherPane::~PublisherPane() = default;

void PublisherPane::addPages()
{
    addPage(m_composer, u"composer"_s, tr("Compose"), u"edit"_s);
    addPage(m_library, u"library"_s, tr("Library"), u"library"_s);
    addPage(m_feedPage, u"feed"_s, tr("From a file"), u"file"_s);
    addPage(m_sentPane, u"sentPane"_s, tr("Sent"), u"history"_s);
    addPage(m_play->scenarios(), u"scenariosPage"_s, tr("Scenarios"), u"scenario"_s);
    addPage(m_play->replay(), u"replayPage"_s, tr("Replay"), u"replay"_s);
    addPage(m_channelsPage, u"channelsPage"_s, tr("Channels"), u"channels"_s);
    addPage(m_clientPane, u"clientPane"_s, tr("Clients"), u"clients"_s);
    addPage(new RequestPage(*m_control), u"requestPage"_s, tr("Requests"), u"requests"_s);
    addPage(m_faultPage, u"faultPage"_s, tr("Faults"), u"fault"_s);
    addPage(new ClientTestPane(this), u"clientTestPane"_s, tr("Test a client"), u"ok"_s);
    // Above every page: an armed fault must not be forgotten.
    m_faultNote->setObjectName(u"faultNote"_s);
    m_ui->bar->layout()->addWidget(m_faultNote);
}

void PublisherPane::addPage(QWidget *page, const QString &name, const QString &title, const QString &icon)
{
    page->setObjectName(name);
    m_ui->pages->addPage(page, title, icon);
}

void PublisherPane::connectPublisher()
{
    using publish::Publisher;
    connect(&m_publisher, &Publisher::started, this, &PublisherPane::showRunning);
    connect(&m_publisher, &Publisher::failed, this, &PublisherPane::showStopped);
    connect(&m_publisher, &Publisher::stopped, this, [this] { showStopped({}); });
    connect(&m_publisher, &Publisher::clientsChanged, this, &PublisherPane::showClients);
    connect(&m_publisher, &Publisher::refused, m_composer, &Composer::showRefusal);
}

void PublisherPane::connectParts()
{
    connect(m_ui->bar, &PublisherBar::subscribeRequested, this, [this](const QUrl &url) {
        withAuthority([this, url](const QString &caFile) { Q_EMIT subscribeRequested(url, caFile); });
    });
    connect(m_ui->bar, &PublisherBar::pathChosen, &m_publisher, &publish::Publisher::addChannel);
    connect(m_ui->bar, &PublisherBar::changed, this, &PublisherPane::updateParts);
    connect(m_channelsPage, &ChannelsPage::chosen, this, [this](const QString &path) {
        m_ui->bar->setPath(path);
        m_ui->pages->showPage(m_composer);
    });
    m_play->useHubs(m_desk->hubs());
    connect(m_play, &PlayPages::hubWanted, m_desk, &MessageDesk::addHub);
    connect(m_desk, &MessageDesk::composerWanted, this, [this] { m_ui->pages->showPage(m_composer); });
    connect(m_desk, &MessageDesk::libraryWanted, this, [this] { m_ui->pages->showPage(m_library); });
    m_feedPage->setDestinationSource([this](auto use) { m_desk->withDestination(std::move(use)); });
    connect(m_desk, &MessageDesk::destinationChanged, m_feedPage, &FeedPage::setDestination);
    connect(m_desk, &MessageDesk::pathWanted, m_ui->bar, &PublisherBar::setPath);
    connect(m_play->scenarios(), &ScenariosPage::titleChanged, this,
        [this](const QString &title) { m_ui->pages->setTitle(m_play->scenarios(), title); });
    connect(m_play->replay(), &ReplayPage::titleChanged, this,
        [this](const QString &title) { m_ui->pages->setTitle(m_play->replay(), title); });
    connect(m_play, &PlayPages::remark, this, &PublisherPane::remark);
    connect(m_clientPane, &ClientPane::disconnectRequested, &m_publisher, &publish::Publisher::disconnectClient);
}

void PublisherPane::connectClients()
{
    using publish::ClientControl;
    connect(m_clientPane, &ClientPane::resetRequested, m_control, &ClientControl::reset);
    connect(m_clientPane, &ClientPane::pauseRequested, m_control, &ClientControl::setPaused);
    connect(m_clientPane, &ClientPane::headRequested, m_control, &ClientControl::askForHead);
    connect(m_control, &ClientControl::headKnown, m_clientPane, &ClientPane::showHead);
    connect(m_clientPane, &ClientPane::sendRequested, this, [this](const QList<std::uint64_t> &clients) {
        publish::Publication publication = m_composer->publication();
        publication.clients = clients;
        m_desk->sendToClients(publication);
    });
    connect(m_clientPane, &ClientPane::faultsRequested, this, [this] { m_ui->pages->showPage(m_faultPage); });
    connect(m_clientPane, &ClientPane::selectionChanged, this,
        [this] { m_faultPage->setSelectedClients(m_clientPane->selectedClients()); });
    connect(m_faultPage, &FaultPage::armedChanged, this, [this](int plans, int connections) {
        m_armedConnections = connections;
        m_ui->pages->setTitle(m_faultPage, plans == 0 ? tr("Faults") : tr("Faults (%1)").arg(locale().toString(plans)));
        showFaults();
    });
}

/// Says lastingly that streams will fail or do so.
void PublisherPane::showFaults()
{
    QStringList parts;
    if (m_armedConnections > 0)
        parts.append(tr("Faults are armed, connections left: %1").arg(locale().toString(m_armedConnections)));
    if (m_faultyClients > 0)
        parts.append(tr("Clients with faults: %1").arg(locale().toString(m_faultyClients)));
    m_faultNote->say(Meaning::Warning, parts.join(u"\n"_s));
    const QString plainTitle = windowTitle().remove(tr(" · faults"));
    setWindowTitle(parts.isEmpty() ? plainTitle : plainTitle + tr(" · faults"));
}

QList<QAction *> PublisherPane::menuActions() const
{
    return {m_ui->bar->toggleAction(), m_composer->sendAction(), m_composer->repeatAction(),
        m_ui->bar->subscribeAction(), m_ui->bar->browserAction(), m_ui->bar->settingsAction()};
}

ReplayPage *PublisherPane::replayPage() const
{
    return m_play->replay();
}

void PublisherPane::showReplay()
{
    m_ui->pages->showPage(m_play->replay());
}

QUrl PublisherPane::address() const
{
    return m_ui->bar->address();
}

QByteArray PublisherPane::saveState() const
{
    const QJsonObject state{{u"version"_s, stateVersion}, {u"port"_s, m_ui->bar->port()},
        {u"path"_s, m_ui->bar->path()}, {u"page"_s, m_ui->pages->currentPage()}, {u"server"_s, m_server->toJson()},
        {u"hubs"_s, m_desk->hubs().toJson()}, {u"hub"_s, m_desk->hub()}, {u"play"_s, m_play->saveState()}};
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

bool PublisherPane::restoreState(const QByteArray &state)
{
    const auto object = QJsonDocument::fromJson(state).object();
    const auto port = object.value("port"_L1).toInt(-1);
    const auto path = object.value("path"_L1).toString();
    if (object.value("version"_L1).toInt() != stateVersion || port < 0 || port > 65535 || !pathFault(path).isEmpty() ||
        !m_ui->pages->showPage(object.value("page"_L1).toString()))
        return false;
    m_ui->bar->setPort(port);
    m_ui->bar->setPath(path);
    m_server->restore(object.value("server"_L1).toObject());
    m_desk->hubs().setFromJson(object.value("hubs"_L1).toArray());
    m_desk->chooseHub(object.value("hub"_L1).toInt(-1));
    m_play->restoreState(object.value("play"_L1).toObject());
    return true;
}

void PublisherPane::setSecretStore(profile::SecretStore *store)
{
    m_server->setSecretStore(store);
    m_desk->hubs().setSecretStore(store);
}

void PublisherPane::useDataFolder(const QString &folder)
{
    m_desk->useDataFolder(folder);
    m_server->useDataFolder(folder);
    m_play->useDataFolder(folder);
}

void PublisherPane::withAuthority(std::function<void(const QString &caFile)> use)
{
    m_server->withAuthority(std::move(use));
}

void PublisherPane::compose(const publish::Publication &publication)
{
    m_desk->load(publication);
}

void PublisherPane::showClients(const QList<publish::ClientStatus> &clients)
{
    m_clients->setClients(clients);
    const auto title = clients.isEmpty() ? tr("Clients") : tr("Clients (%1)").arg(locale().toString(clients.size()));
    m_ui->pages->setTitle(m_clientPane, title);
    m_faultyClients = static_cast<int>(std::count_if(
        clients.begin(), clients.end(), [](const publish::ClientStatus &client) { return !client.faults.isEmpty(); }));
    m_faultPage->setFaultyClients(m_faultyClients);
    showFaults();
}

void PublisherPane::showRunning(const QUrl &server)
{
    setWindowTitle(tr("Publisher ● :%1").arg(server.port()));
    showFaults();
    m_ui->bar->showRunning(server);
}

void PublisherPane::showStopped(const QString &failure)
{
    setWindowTitle(tr("Publisher"));
    m_ui->bar->showStopped(failure);
    showClients({});
}

void PublisherPane::updateParts()
{
    QString obstacle;
    if (!m_ui->bar->isRunning())
        obstacle = tr("Start the publisher first.");
    else if (!m_ui->bar->hasValidPath())
        obstacle = tr("Correct the path first.");
    m_desk->setServer(m_ui->bar->path(), obstacle);
    m_clientPane->setAddress(address());
    m_faultPage->setPath(m_ui->bar->path());
    if (m_ui->bar->hasValidPath())
        m_play->setChannel(m_ui->bar->path());
}

// The width is that of the parts one above the other, or a wide panel could never become a narrow one.
QSize PublisherPane::minimumSizeHint() const
{
    const int width = std::max(m_ui->bar->minimumSizeHint().width(), m_ui->pages->minimumSizeHint().width());
    return {width, m_ui->paneLayout->minimumSize().height()};
}

void PublisherPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int character = fontMetrics().averageCharWidth();
    const bool isWide = event->size().width() > wideBarCharacters * character;
    m_ui->paneLayout->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_ui->bar->setMinimumWidth(isWide ? barCharacters * character : 0);
    m_ui->bar->setMaximumWidth(isWide ? barCharacters * character : QWIDGETSIZE_MAX);
}

} // namespace weir::gui
