// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelreport.h"
#include "publish/clientset.h"
#include "publish/listener.h"
#include "publish/publisher.h"

#include <map>

namespace weir::publish {

class Demo;
class Generator;

/// Everything behind Publisher: channels, connections, generators. Lives on the publisher thread; the signals are those
/// of Publisher.
class Server : public QObject
{
    Q_OBJECT

public:
    Server();
    ~Server() override;

    void start(const PublisherSettings &settings);
    void stop();
    void publish(const Publication &publication);
    void addChannel(const QString &path);
    void configureChannel(const ChannelSettings &settings);
    void removeChannel(const QString &path, ChannelSet::Answer answer);
    void disconnectClient(std::uint64_t id) { m_clients.disconnectClient(id); }
    ClientSet &clients() { return m_clients; }
    void startGenerator(int number, const Publisher::GeneratorSettings &settings);
    void stopGenerator(int number);
    void startDemo();
    ChannelSet &channels() { return m_channels; }
    const PublisherSettings &settings() const { return m_settings; } ///< of the last start
    bool isListening() const { return m_listener.isListening(); }

Q_SIGNALS:
    void started(const QUrl &url);
    void stopping(); ///< no more listening; the streams are about to end
    void failed(const QString &reason);
    void stopped();
    void channelsChanged(const QList<weir::publish::ChannelStatus> &channels);
    void clientsChanged(const QList<weir::publish::ClientStatus> &clients);
    void published(const QString &path, const QByteArray &id);
    void refused(const QString &reason);
    void generatorFinished(int generator);

private:
    Channel *channelAt(const QString &path);
    void beginGenerator(int number, const Publisher::GeneratorSettings &settings);
    void noteEnd();

    PublisherSettings m_settings;
    ChannelSet m_channels;
    ChannelReport m_channelReport;
    Responder m_responder;
    Listener m_listener;
    ClientSet m_clients;
    std::map<int, Generator *> m_generators;                         ///< children
    std::map<int, Publisher::GeneratorSettings> m_waitingGenerators; ///< until the server runs
    Demo *m_demo = nullptr;
    bool m_isStopping = false;
};

} // namespace weir::publish
