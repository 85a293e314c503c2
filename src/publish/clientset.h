// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientconnection.h"
#include "publish/pendingconnections.h"

#include <map>
#include <memory>

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
    void disconnectClient(std::uint64_t id);

    /// Ends every stream cleanly; what is left after a while is cut off. ended() follows.
    void endAll();
    /// The same without any wait; ended() is emitted before it returns.
    void endAllNow();
    bool isEmpty() const { return m_connections.empty(); }

Q_SIGNALS:
    void statusChanged(const QList<weir::publish::ClientStatus> &clients); ///< at most 4 times a second
    void ended();
    void crowded(bool isCrowded); ///< too many connections that have not asked for a stream: accept no more, or again

private:
    void remove(std::uint64_t id);
    void endSilent(std::uint64_t id);
    void countStream(int change);
    void report();
    void finishEnding();

    using Connections = std::map<std::uint64_t, ClientConnection *>;
    Responder &m_responder;
    PublisherSettings m_settings;
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
