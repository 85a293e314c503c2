// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/servercommands.h"

#include "gui/channelspage.h"
#include "gui/filetask.h"
#include "gui/publisherbar.h"
#include "gui/serverdialog.h"
#include "publish/publisher.h"

#include <QAction>
#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// One line in a narrow panel.
QString openNote(const QHostAddress &address)
{
    if (address.isLoopback())
        return {};
    return address == QHostAddress(QHostAddress::Any)
               ? ServerCommands::tr("Open to other computers")
               : ServerCommands::tr("Open to other computers: %1").arg(reachText(address));
}

} // namespace

ServerCommands::ServerCommands(
    publish::Publisher &publisher, PublisherBar &bar, ChannelsPage &channels, QWidget *window)
    : QObject(window)
    , m_publisher(publisher)
    , m_bar(bar)
    , m_channels(channels)
    , m_window(window)
{
    connect(&bar, &PublisherBar::startRequested, this, &ServerCommands::start);
    connect(&bar, &PublisherBar::stopRequested, this, &ServerCommands::stop);
    connect(bar.settingsAction(), &QAction::triggered, this, &ServerCommands::edit);
    connect(&m_configuration, &ServerConfiguration::prepared, this, &ServerCommands::launch);
    connect(&m_configuration, &ServerConfiguration::failed, this, &ServerCommands::explain);
    connect(&m_configuration, &ServerConfiguration::waiting, &bar, &PublisherBar::showWaiting);
    connect(&publisher, &publish::Publisher::started, this, &ServerCommands::showStarted);
    connect(&publisher, &publish::Publisher::stopped, this, &ServerCommands::forget);
    connect(&publisher, &publish::Publisher::failed, this, [this] {
        m_launched = {};
        forget();
    });
}

ServerCommands::~ServerCommands() = default;

void ServerCommands::start(quint16 port)
{
    m_port = port;
    m_configuration.prepare();
}

void ServerCommands::stop()
{
    const bool isOnlyPrepared = m_configuration.isPreparing() && !m_isServing;
    m_configuration.cancel();
    if (isOnlyPrepared)
        m_bar.showStopped();
    else
        m_publisher.stop();
}

void ServerCommands::explain(const QString &problem)
{
    if (m_isServing)
        m_bar.showProblem(tr("It serves as before, not as it is set now: %1").arg(problem));
    else
        m_bar.showStopped(problem);
}

void ServerCommands::launch(publish::PublisherSettings settings)
{
    m_launched = {settings.address, settings.tls};
    settings.port = m_port;
    settings.channels = m_channels.settings();
    // A channel from the first moment on: a client that waits for the port and finds no channel gives up for good.
    if (m_bar.hasValidPath())
        settings.paths.append(m_bar.path());
    m_publisher.start(settings);
}

void ServerCommands::edit()
{
    auto stream = m_bar.address();
    if (stream.isEmpty())
        stream = QUrl(u"http://127.0.0.1%1/events"_s.arg(m_bar.port() > 0 ? u":%1"_s.arg(m_bar.port()) : QString()));
    auto *dialog = new ServerDialog(m_configuration, stream, m_bar.isRunning(), m_window);
    connect(dialog, &ServerDialog::confirmed, this, &ServerCommands::take);
    dialog->open();
}

void ServerCommands::take(const ServerSettings &settings)
{
    m_configuration.set(settings);
    m_channels.setDefaults(settings.toPublisher().channelDefaults());
    if (!m_bar.isRunning())
        return;
    // At the port where clients look for it.
    m_port = static_cast<quint16>(m_bar.address().port(m_bar.port()));
    m_configuration.prepare();
}

void ServerCommands::showStarted()
{
    m_isServing = true;
    m_served = std::exchange(m_launched, {});
    m_bar.showReach(openNote(m_served.address));
    // For subscriptions that are there already, since the certificate may be another one.
    withAuthority([](const QString &) {});
}

void ServerCommands::forget()
{
    m_isServing = false;
    m_served = {}; // what was launched may start after the end of what was there before
}

bool ServerCommands::isAuthorityKnown() const
{
    const auto &chain = m_served.tls.chain();
    return std::none_of(
        chain.begin(), chain.end(), [](const QSslCertificate &certificate) { return certificate.isSelfSigned(); });
}

void ServerCommands::withAuthority(std::function<void(const QString &caFile)> use)
{
    if (isAuthorityKnown())
        return use({});
    const auto path = QDir(authorityFolder()).filePath(u"publisher-certificate.pem"_s);
    writeFile(
        path, [pem = m_served.tls.certificatePem()] { return pem; }, this,
        [this, path, use = std::move(use)](const QString &problem) {
            if (problem.isEmpty())
                use(path);
            else
                m_bar.showProblem(tr("%1 cannot be written, which subscriptions need: %2").arg(path, problem));
        });
}

QString ServerCommands::authorityFolder()
{
    if (!m_folder.isEmpty())
        return m_folder;
    if (!m_temporaryFolder)
        m_temporaryFolder = std::make_unique<QTemporaryDir>();
    return m_temporaryFolder->path();
}

QJsonObject ServerCommands::toJson() const
{
    return {{u"settings"_s, gui::toJson(m_configuration.settings())}, {u"channels"_s, m_channels.toJson()}};
}

void ServerCommands::restore(const QJsonObject &object)
{
    if (const auto settings = serverSettingsFromJson(object.value("settings"_L1).toObject())) {
        m_configuration.set(*settings);
        m_channels.setDefaults(settings->toPublisher().channelDefaults());
    }
    m_channels.restore(object.value("channels"_L1).toArray());
}

} // namespace weir::gui
