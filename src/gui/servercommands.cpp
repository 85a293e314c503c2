// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/servercommands.h"

#include "gui/channelspage.h"
#include "gui/publisherbar.h"
#include "gui/serverdialog.h"
#include "publish/publisher.h"

#include <QAction>
#include <QJsonArray>

namespace weir::gui {

using namespace Qt::StringLiterals;

ServerCommands::ServerCommands(
    publish::Publisher &publisher, PublisherBar &bar, ChannelsPage &channels, QWidget *window)
    : QObject(window)
    , m_publisher(publisher)
    , m_bar(bar)
    , m_channels(channels)
    , m_window(window)
{
    connect(&bar, &PublisherBar::startRequested, this, &ServerCommands::start);
    connect(bar.settingsAction(), &QAction::triggered, this, &ServerCommands::edit);
    connect(&m_configuration, &ServerConfiguration::prepared, this, &ServerCommands::launch);
    connect(&m_configuration, &ServerConfiguration::failed, &bar, &PublisherBar::showStopped);
    connect(&publisher, &publish::Publisher::started, this, &ServerCommands::showReach);
    connect(&publisher, &publish::Publisher::failed, this, [this] { m_reach.reset(); });
}

void ServerCommands::start(quint16 port)
{
    m_port = port;
    m_configuration.prepare();
}

void ServerCommands::launch(publish::PublisherSettings settings)
{
    m_reach = settings.address;
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

void ServerCommands::showReach()
{
    const auto reach = std::exchange(m_reach, std::nullopt);
    const bool isOpen = reach && !reach->isLoopback();
    m_bar.showReach(isOpen ? tr("Open to other computers: %1").arg(reachText(*reach)) : QString());
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
