// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientset.h"

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr auto reportInterval = 250ms;
constexpr auto endTime = 700ms;

bool areEqual(const ClientStatus &a, const ClientStatus &b)
{
    return a.id == b.id && a.eventsSent == b.eventsSent && a.bytesSent == b.bytesSent && a.bytesQueued == b.bytesQueued;
}

} // namespace

ClientSet::ClientSet(Responder &responder, QObject *parent)
    : QObject(parent)
    , m_responder(responder)
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
    auto *connection = new ClientConnection(id, m_responder, m_settings, this);
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

void ClientSet::endSilent(std::uint64_t id)
{
    const auto entry = m_connections.find(id);
    if (entry == m_connections.end())
        return;
    // A request may have come that a busy thread did not get to yet.
    if (entry->second->hasUnreadBytes())
        m_pending.add(id);
    else
        entry->second->endNow();
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
    const auto entry = m_connections.find(id);
    if (entry != m_connections.end())
        entry->second->end();
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
        if (connection->isStreaming())
            clients.append(connection->status());
    }
    if (clients.isEmpty())
        m_reportTimer.stop();
    if (std::equal(clients.begin(), clients.end(), m_reported.begin(), m_reported.end(), areEqual))
        return;
    m_reported = clients;
    Q_EMIT statusChanged(clients);
}

} // namespace weir::publish
