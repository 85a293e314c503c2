// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/serverconfiguration.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>

class QTemporaryDir;

namespace weir::publish {
class Publisher;
}

namespace weir::gui {

class ChannelsPage;
class PublisherBar;

/// What the publisher's switch and its settings do: starts the server as it was set, starts it again when that changes,
/// says lastingly when it is open to other computers, and whom its clients have to trust. GUI thread only.
class ServerCommands : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this. `window`: over which the dialog opens.
    ServerCommands(publish::Publisher &publisher, PublisherBar &bar, ChannelsPage &channels, QWidget *window);
    ~ServerCommands() override;

    void setSecretStore(profile::SecretStore *store) { m_configuration.setStore(store); }
    /// Where the server's certificate is kept for the subscriptions of this program; else a temporary folder.
    void useDataFolder(const QString &folder) { m_folder = folder; }
    /// Calls `use` with the file of what a client of the running server has to trust besides the system's authorities,
    /// or an empty text: at once, or when the file is written; not at all, but with a note, if it cannot be.
    void withAuthority(std::function<void(const QString &caFile)> use);

    /// What the user set, with the channels; no secrets.
    QJsonObject toJson() const;
    void restore(const QJsonObject &object); ///< what is wrong stays as it is by default

private:
    /// What a server was told; others start it too.
    struct Service
    {
        QHostAddress address = QHostAddress(QHostAddress::LocalHost);
        publish::TlsIdentity tls;
    };

    void start(quint16 port);
    void stop();
    void explain(const QString &problem);
    void launch(publish::PublisherSettings settings);
    void edit();
    void take(const ServerSettings &settings);
    void showStarted();
    void forget();
    bool isAuthorityKnown() const;
    QString authorityFolder();

    publish::Publisher &m_publisher;
    PublisherBar &m_bar;
    ChannelsPage &m_channels;
    QWidget *m_window;
    ServerConfiguration m_configuration;
    quint16 m_port = 0;
    bool m_isServing = false;
    Service m_launched; ///< from here, and has not started yet
    Service m_served;   ///< is running
    QString m_folder;
    std::unique_ptr<QTemporaryDir> m_temporaryFolder;
};

} // namespace weir::gui
