// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/serverconfiguration.h"

#include <QJsonObject>
#include <QObject>

namespace weir::publish {
class Publisher;
}

namespace weir::gui {

class ChannelsPage;
class PublisherBar;

/// What the publisher's switch and its settings do: starts the server as it was set, starts it again when that changes,
/// and says lastingly when it is open to other computers. GUI thread only.
class ServerCommands : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this. `window`: over which the dialog opens.
    ServerCommands(publish::Publisher &publisher, PublisherBar &bar, ChannelsPage &channels, QWidget *window);

    void setSecretStore(profile::SecretStore *store) { m_configuration.setStore(store); }

    /// What the user set, with the channels; no secrets.
    QJsonObject toJson() const;
    void restore(const QJsonObject &object); ///< what is wrong stays as it is by default

private:
    void start(quint16 port);
    void launch(publish::PublisherSettings settings);
    void edit();
    void take(const ServerSettings &settings);
    void showReach();

    publish::Publisher &m_publisher;
    PublisherBar &m_bar;
    ChannelsPage &m_channels;
    QWidget *m_window;
    ServerConfiguration m_configuration;
    quint16 m_port = 0;
    std::optional<QHostAddress> m_reach; ///< of the server that is being started here; others start it too
};

} // namespace weir::gui
