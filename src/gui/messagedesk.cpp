// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/messagedesk.h"

#include "gui/composer.h"
#include "gui/hubdialog.h"
#include "gui/librarypage.h"
#include "gui/sentpane.h"
#include "models/messagejson.h"

#include <QDir>

namespace weir::gui {

namespace {

// Messages that may be under way before no more are taken; bounds what a repetition can pile up.
constexpr int maxPending = 64;
constexpr qsizetype longestName = 60;

QString nameFor(const publish::Publication &publication)
{
    const auto type = QString::fromStdString(publication.message.type);
    return (type.isEmpty() ? models::messageSummary(publication) : type).left(longestName).simplified();
}

} // namespace

MessageDesk::MessageDesk(publish::Publisher &publisher, Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
    , m_sender(publisher)
{
    m_parts.sent.setModel(&m_sent);
    connect(&m_sender, &publish::MessageSender::answered, this, &MessageDesk::take);
    connectComposer();
    connectLists();
    connectHubs();
}

void MessageDesk::connectComposer()
{
    auto &composer = m_parts.composer;
    connect(&composer, &Composer::submitted, this, &MessageDesk::send);
    connect(&composer, &Composer::saveRequested, this, [this](const publish::Publication &publication) {
        Q_EMIT libraryWanted();
        m_parts.library.add(nameFor(publication), publication);
    });
    connect(&composer, &Composer::addHubRequested, this, [this] {
        connect(openHubDialog(-1, {}), &HubDialog::confirmed, this,
            [this] { chooseHub(static_cast<int>(m_hubs.hubs().size()) - 1); });
    });
    connect(&composer, &Composer::editHubRequested, this, &MessageDesk::editHub);
    connect(&composer, &Composer::removeHubRequested, this, [this](int index) { m_hubs.remove(index); });
    composer.setHubNote([this](const sse::Message &message) {
        const int index = m_parts.composer.hub();
        return index < 0 ? QString() : publish::leftOut(m_hubs.hubs().at(index).settings.kind, message);
    });
}

void MessageDesk::connectLists()
{
    connect(&m_parts.sent, &SentPane::sendAgainRequested, this, &MessageDesk::sendAgain);
    connect(&m_parts.sent, &SentPane::editRequested, this, &MessageDesk::editAgain);
    connect(&m_parts.library, &LibraryPage::loadRequested, this, &MessageDesk::load);
    connect(&m_parts.library, &LibraryPage::sendRequested, this, &MessageDesk::send);
}

void MessageDesk::useDataFolder(const QString &folder)
{
    connect(&m_store, &SentStore::keptChanged, &m_parts.sent, &SentPane::setKept);
    connect(&m_store, &SentStore::problem, &m_parts.sent, &SentPane::showProblem);
    connect(&m_parts.sent, &SentPane::keepRequested, &m_store, &SentStore::setKept);
    m_store.useFile(QDir(folder).filePath(QStringLiteral("sent.json")));
    m_parts.library.useFile(QDir(folder).filePath(QStringLiteral("messages.json")));
}

void MessageDesk::connectHubs()
{
    connect(&m_hubs, &HubBook::changed, this, [this] {
        const auto names = m_hubs.names();
        m_parts.composer.setHubs(names, m_parts.composer.hub() < names.size() ? m_parts.composer.hub() : -1);
        setServer(m_path, m_obstacle);
    });
    connect(&m_parts.composer, &Composer::hubChosen, this, [this] { setServer(m_path, m_obstacle); });
}

void MessageDesk::setServer(const QString &path, const QString &obstacle)
{
    m_path = path;
    m_obstacle = obstacle;
    m_parts.composer.setServerName(path.isEmpty() ? tr("This server") : path);
    m_parts.composer.setObstacle(obstacle);
    const bool canSend = obstacle.isEmpty() || hub() >= 0;
    m_parts.sent.setSendingEnabled(canSend);
    m_parts.library.setSendingEnabled(canSend);
    Q_EMIT destinationChanged(hub() >= 0 ? m_hubs.names().at(hub()) : path, hub() >= 0 ? QString() : obstacle);
}

int MessageDesk::hub() const
{
    return m_parts.composer.hub();
}

void MessageDesk::chooseHub(int index)
{
    m_parts.composer.setHubs(m_hubs.names(), index < m_hubs.hubs().size() ? index : -1);
    setServer(m_path, m_obstacle);
}

void MessageDesk::withDestination(std::function<void(const publish::Destination &)> use)
{
    publish::Destination destination;
    destination.path = m_path;
    if (hub() < 0)
        return use(destination);
    m_hubs.withToken(hub(), this, [destination, use = std::move(use)](const publish::HubSettings &settings) {
        auto withHub = destination;
        withHub.hub = settings;
        use(withHub);
    });
}

void MessageDesk::send(const publish::Publication &publication)
{
    withDestination([this, publication](const publish::Destination &destination) { hand(publication, destination); });
}

void MessageDesk::sendToClients(const publish::Publication &publication)
{
    publish::Destination server;
    server.path = m_path;
    hand(publication, server);
}

void MessageDesk::sendAgain(const publish::Publication &publication)
{
    if (hub() >= 0)
        return send(publication);
    publish::Destination server;
    server.path = publication.path;
    hand(publication, server);
}

void MessageDesk::editAgain(const publish::Publication &publication)
{
    if (hub() < 0)
        Q_EMIT pathWanted(publication.path);
    load(publication);
}

void MessageDesk::hand(const publish::Publication &publication, const publish::Destination &destination)
{
    if (m_sender.pending() >= maxPending) {
        m_parts.composer.showRefusal(tr("Not sent: messages that are still under way: %1.").arg(maxPending));
        return;
    }
    auto addressed = publication;
    addressed.path = destination.path;
    const auto number = m_sender.send(addressed, destination, ++m_seq);
    m_hubNames.insert(number, destination.hub && hub() >= 0 ? m_hubs.names().at(hub()) : QString());
}

void MessageDesk::take(
    std::uint64_t number, const QString &problem, const QByteArray &id, const publish::Publication &sent)
{
    const QString hubName = m_hubNames.take(number);
    if (!problem.isEmpty()) {
        m_parts.composer.showRefusal(tr("Not sent: %1").arg(problem));
        return;
    }
    m_sent.add({QDateTime::currentDateTime(), id, sent});
    m_parts.composer.showSent(sentText(id, hubName));
}

QString MessageDesk::sentText(const QByteArray &id, const QString &hub) const
{
    const QString shownId = QString::fromUtf8(id);
    if (hub.isEmpty())
        return id.isEmpty() ? tr("sent") : tr("sent, ID %1").arg(shownId);
    return id.isEmpty() ? tr("sent to %1").arg(hub) : tr("sent to %1, ID %2").arg(hub, shownId);
}

void MessageDesk::load(const publish::Publication &publication)
{
    m_parts.composer.setPublication(publication);
    Q_EMIT composerWanted();
    m_parts.composer.setFocus();
}

void MessageDesk::addHub()
{
    openHubDialog(-1, {});
}

void MessageDesk::editHub(int index)
{
    const NamedHub asked = m_hubs.hubs().at(index);
    m_hubs.withToken(index, this, [this, index, asked](const publish::HubSettings &settings) {
        // The key store may answer when the list has become another.
        const auto now = m_hubs.hubs().value(index);
        if (now.name == asked.name && now.settings == asked.settings)
            openHubDialog(index, {now.name, settings});
    });
}

HubDialog *MessageDesk::openHubDialog(int index, const NamedHub &hub)
{
    auto *dialog = new HubDialog(hub, m_hubs.canKeepTokens(), m_window);
    connect(dialog, &HubDialog::confirmed, this,
        [this, index](const NamedHub &confirmed, const QByteArray &token, bool keepsToken) {
            m_hubs.set(index, confirmed, token, keepsToken);
        });
    dialog->open();
    return dialog;
}

} // namespace weir::gui
