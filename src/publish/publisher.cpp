// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/publisher.h"

#include "publish/server.h"

namespace weir::publish {

Publisher::Publisher(QObject *parent)
    : QObject(parent)
    , m_server(new Server)
{
    qRegisterMetaType<QList<ClientStatus>>();
    qRegisterMetaType<QList<ChannelStatus>>();
    m_server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    connect(m_server, &Server::started, this, &Publisher::started);
    connect(m_server, &Server::failed, this, &Publisher::failed);
    connect(m_server, &Server::stopped, this, &Publisher::stopped);
    connect(m_server, &Server::clientsChanged, this, &Publisher::clientsChanged);
    connect(m_server, &Server::channelsChanged, this, &Publisher::channelsChanged);
    connect(m_server, &Server::published, this, &Publisher::published);
    connect(m_server, &Server::refused, this, &Publisher::refused);
    connect(m_server, &Server::generatorFinished, this, &Publisher::generatorFinished);
    m_thread.setObjectName(QStringLiteral("publisher"));
    m_thread.start();
}

Publisher::~Publisher()
{
    // The server never blocks, so its thread ends as soon as it has told every client that the stream is over.
    m_thread.quit();
    m_thread.wait();
}

void Publisher::start(const PublisherSettings &settings)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, settings] { server->start(settings); });
}

void Publisher::stop()
{
    QMetaObject::invokeMethod(m_server, [server = m_server] { server->stop(); });
}

void Publisher::publish(const Publication &publication)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, publication] { server->publish(publication); });
}

void Publisher::addChannel(const QString &path)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, path] { server->addChannel(path); });
}

void Publisher::disconnectClient(std::uint64_t id)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, id] { server->disconnectClient(id); });
}

void Publisher::onServer(std::function<void(Server &)> task)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, task = std::move(task)] { task(*server); });
}

int Publisher::startGenerator(const GeneratorSettings &settings)
{
    const int number = m_nextGenerator++;
    QMetaObject::invokeMethod(
        m_server, [server = m_server, number, settings] { server->startGenerator(number, settings); });
    return number;
}

void Publisher::stopGenerator(int generator)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, generator] { server->stopGenerator(generator); });
}

void Publisher::startDemo()
{
    QMetaObject::invokeMethod(m_server, [server = m_server] { server->startDemo(); });
}

} // namespace weir::publish
