// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/pacer.h"
#include "publish/settings.h"

#include <QObject>
#include <QThread>

#include <cstdint>
#include <functional>

namespace weir::publish {

class Server;

/// The embedded SSE server, on a thread of its own. Every function may be called on the thread that created the object
/// and returns at once; results come as signals on that thread. Destroying it ends all streams and waits for nothing.
class Publisher : public QObject
{
    Q_OBJECT

public:
    explicit Publisher(QObject *parent = nullptr);
    ~Publisher() override;

    void start(const PublisherSettings &settings);
    void stop(); ///< ends every stream cleanly; history and ids survive until the next start with the same object
    void publish(const Publication &publication);
    /// Makes that path a channel, so that clients may wait there; publish() and startGenerator() do so by themselves.
    /// Other paths are answered with 404.
    void addChannel(const QString &path);
    void disconnectClient(std::uint64_t id);

    /// Runs `task` on the publisher thread, in the order in which it was asked for; not at all if the publisher is
    /// destroyed before. For the classes that offer one feature of the server to the thread of the window.
    void onServer(std::function<void(Server &)> task);

    /// What a generator sends; see startGenerator().
    struct GeneratorSettings
    {
        QString path = QStringLiteral("/events");
        double eventsPerSecond = 1; ///< 0: as fast as the slowest client takes them
        Pacer::Spacing spacing = Pacer::Spacing::Even;
        std::uint64_t count = 0;             ///< 0: for ever
        int waitForClients = 0;              ///< starts when so many clients are on the path
        QByteArray dataTemplate = "{{seq}}"; ///< see compileTemplate()
        QByteArray type;                     ///< a template as well
    };
    /// Answers a number that names the generator; generatorFinished() tells its end. May be called before start(). A
    /// template or path that is wrong gives refused() and then generatorFinished(). stop() ends all generators.
    int startGenerator(const GeneratorSettings &settings);
    void stopGenerator(int generator);

    /// Starts the three demo channels: /demo/prices, /demo/log, /demo/chat. They pause while the server is stopped.
    void startDemo();

Q_SIGNALS:
    void started(const QUrl &url);      ///< scheme, host and port; listening now
    void failed(const QString &reason); ///< could not listen; the publisher is stopped
    void stopped();
    void clientsChanged(const QList<weir::publish::ClientStatus> &clients); ///< at most 4 times a second
    /// Their number, settings, clients and rates, sorted by path; at most twice a second.
    void channelsChanged(const QList<weir::publish::ChannelStatus> &channels);
    void published(
        const QString &path, const QByteArray &id); ///< for each publish(): the id that it got; not for generators
    void refused(const QString &reason);            ///< a publish() that the encoder refused
    void generatorFinished(int generator);          ///< everything sent and handed to the sockets, or stopped

private:
    QThread m_thread;
    Server *m_server; ///< lives and dies on m_thread
    int m_nextGenerator = 1;
};

} // namespace weir::publish
