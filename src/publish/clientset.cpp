// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientset.h"

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr auto reportInterval = 250ms;
constexpr auto timePerClient = std::chrono::microseconds{100};
constexpr auto endTime = 700ms;

bool areEqual(const ClientStatus &a, const ClientStatus &b)
{
    return a.id == b.id && a.eventsSent == b.eventsSent && a.bytesSent == b.bytesSent &&
           a.bytesQueued == b.bytesQueued && a.lag == b.lag && a.state == b.state && a.faults == b.faults &&
           a.eventsDropped == b.eventsDropped;
}

} // namespace

ClientSet::ClientSet(Responder &responder, QObject *parent)
    : QObject(parent)
    , m_responder(responder)
    , m_faults(this)
    , m_log(this)
    , m_pending(this)
    , m_reportTimer(this)
    , m_endTimer(this)
{
    m_reportTimer.setInterval(reportInterval);
    m_endTimer.setSingleShot(true);
    m_endTimer.setInterval(endTime);
    connect(&m_pending, &PendingConnections::silent, this, &ClientSet::endSilent);
    connect(&m_pending, &PendingConnections::crowded, this, &ClientSet::crowded);
    connect(&m_reportTimer, &QTimer::timeout, this, &ClientSet::report);
    connect(&m_endTimer, &QTimer::timeout, this, &ClientSet::endAllNow);
}

void ClientSet::configure(const PublisherSettings &settings)
{
    m_settings = settings;
    m_responder.setFull(m_streams >= m_settings.maxClients);
}

void ClientSet::add(qintptr descriptor)
{
    const std::uint64_t id = m_nextId++;
    auto *connection = new ClientConnection(id, m_context, this);
    m_connections.emplace(id, connection);
    m_pending.add(id);
    connect(connection, &ClientConnection::closed, this, [this, id] { remove(id); });
    connect(connection, &ClientConnection::streamStarted, this, [this, id] {
        m_pending.remove(id);
        countStream(1);
    });
    if (!connection->open(descriptor))
        remove(id);
}

ClientConnection *ClientSet::find(std::uint64_t id) const
{
    const auto entry = m_connections.find(id);
    return entry == m_connections.end() ? nullptr : entry->second;
}

void ClientSet::endSilent(std::uint64_t id)
{
    ClientConnection *connection = find(id);
    if (!connection)
        return;
    // A request may have come that a busy thread did not get to yet.
    if (connection->hasUnreadBytes())
        m_pending.add(id);
    else
        connection->endNow();
}

void ClientSet::countStream(int change)
{
    m_streams += change;
    m_responder.setFull(m_streams >= m_settings.maxClients);
    if (!m_reportTimer.isActive())
        m_reportTimer.start();
}

void ClientSet::remove(std::uint64_t id)
{
    const auto entry = m_connections.find(id);
    if (entry == m_connections.end())
        return;
    ClientConnection *connection = entry->second;
    m_connections.erase(entry);
    m_pending.remove(id);
    if (connection->hasStreamed())
        countStream(-1);
    connection->deleteLater();
    finishEnding();
}

void ClientSet::disconnectClient(std::uint64_t id)
{
    if (ClientConnection *connection = find(id))
        connection->end();
}

void ClientSet::resetClient(std::uint64_t id)
{
    if (ClientConnection *connection = find(id))
        connection->reset();
}

void ClientSet::pauseClient(std::uint64_t id, bool paused)
{
    const ClientConnection *connection = find(id);
    if (StreamWriter *stream = connection ? connection->stream() : nullptr)
        stream->setPaused(paused);
}

QString ClientSet::setFaults(std::uint64_t id, const FaultPlan &plan)
{
    if (QString obstacle = plan.liveObstacle(); !obstacle.isEmpty())
        return obstacle;
    const ClientConnection *connection = find(id);
    StreamWriter *stream = connection ? connection->stream() : nullptr;
    if (stream && !stream->mayFail())
        return tr("The client's stream is compressed: faults can only be set for connections to come.");
    if (stream)
        stream->setFaults(plan);
    return {};
}

void ClientSet::clearFaults()
{
    for (const auto &[id, connection] : m_connections) {
        StreamWriter *stream = connection->stream();
        if (stream && stream->mayFail())
            stream->setFaults({});
    }
}

QByteArray ClientSet::requestHead(std::uint64_t id) const
{
    const ClientConnection *connection = find(id);
    return connection ? connection->requestHead() : QByteArray();
}

std::vector<Subscriber *> ClientSet::streamsOf(const QList<std::uint64_t> &ids) const
{
    std::vector<Subscriber *> streams;
    for (const std::uint64_t id : ids) {
        const ClientConnection *connection = find(id);
        if (StreamWriter *stream = connection ? connection->stream() : nullptr)
            streams.push_back(stream);
    }
    return streams;
}

std::vector<std::uint64_t> ClientSet::streamsAt(const QByteArray &path) const
{
    std::vector<std::uint64_t> clients;
    for (const auto &[id, connection] : m_connections) {
        if (connection->stream() && connection->stream()->path() == path)
            clients.push_back(id);
    }
    return clients;
}

void ClientSet::endAll()
{
    m_isEnding = true;
    m_endTimer.start();
    const Connections connections = m_connections;
    for (const auto &[id, connection] : connections)
        connection->end();
    finishEnding();
}

void ClientSet::endAllNow()
{
    m_isEnding = true;
    const Connections connections = m_connections;
    for (const auto &[id, connection] : connections)
        connection->endNow();
    finishEnding();
}

void ClientSet::finishEnding()
{
    if (!m_isEnding || !m_connections.empty())
        return;
    m_isEnding = false;
    m_endTimer.stop();
    report();
    Q_EMIT ended();
}

void ClientSet::report()
{
    QList<ClientStatus> clients;
    for (const auto &[id, connection] : m_connections) {
        if (connection->hasStream())
            clients.append(connection->status());
    }
    m_reportTimer.setInterval(std::max(std::chrono::milliseconds(reportInterval),
        std::chrono::duration_cast<std::chrono::milliseconds>(clients.size() * timePerClient)));
    if (clients.isEmpty())
        m_reportTimer.stop();
    if (std::equal(clients.begin(), clients.end(), m_reported.begin(), m_reported.end(), areEqual))
        return;
    m_reported = clients;
    Q_EMIT statusChanged(clients);
}

} // namespace weir::publish
