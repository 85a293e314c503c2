// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientconnection.h"
#include "publish/pendingconnections.h"

#include <map>
#include <memory>
#include <vector>

namespace weir::publish {

/// All connections of a server. Publisher thread only.
class ClientSet : public QObject
{
    Q_OBJECT

public:
    explicit ClientSet(Responder &responder, QObject *parent = nullptr);

    /// For connections that come from now on.
    void configure(const PublisherSettings &settings);
    void add(qintptr descriptor);

    /// Unknown ids are passed over: clients leave at any time.
    void disconnectClient(std::uint64_t id);
    void resetClient(std::uint64_t id);
    void pauseClient(std::uint64_t id, bool paused);
    /// From now on. Empty, or why the plan cannot begin in the middle of a stream.
    QString setFaults(std::uint64_t id, const FaultPlan &plan);
    /// Ends the faults of every client, as far as that is possible in the middle of a stream.
    void clearFaults();
    /// The head of the request that began the stream, as it came: it may hold secrets. Null: no such client.
    QByteArray requestHead(std::uint64_t id) const;
    /// The open streams among those clients.
    std::vector<Subscriber *> streamsOf(const QList<std::uint64_t> &ids) const;

    /// The clients of a channel, in the order in which they came.
    std::vector<std::uint64_t> streamsAt(const QByteArray &path) const;

    ArmedFaults &faults() { return m_faults; }
    AccessLog &log() { return m_log; }

    /// Ends every stream cleanly; what is left after a while is cut off. ended() follows.
    void endAll();
    /// The same without any wait; ended() is emitted before it returns.
    void endAllNow();
    bool isEmpty() const { return m_connections.empty(); }

Q_SIGNALS:
    /// At most 4 times a second, less often the more there are.
    void statusChanged(const QList<weir::publish::ClientStatus> &clients);
    void ended();
    void crowded(bool isCrowded); ///< too many connections that have not asked for a stream: accept no more, or again

private:
    void remove(std::uint64_t id);
    void endSilent(std::uint64_t id);
    void countStream(int change);
    void report();
    void finishEnding();

    using Connections = std::map<std::uint64_t, ClientConnection *>;
    ClientConnection *find(std::uint64_t id) const;

    Responder &m_responder;
    PublisherSettings m_settings;
    ArmedFaults m_faults;
    AccessLog m_log;
    const ConnectionContext m_context{m_responder, m_settings, m_faults, m_log};
    Connections m_connections; ///< children
    std::uint64_t m_nextId = 1;
    int m_streams = 0;
    bool m_isEnding = false;
    PendingConnections m_pending;
    QTimer m_reportTimer;
    QTimer m_endTimer;
    QList<ClientStatus> m_reported;
};

} // namespace weir::publish
