// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/eventsink.h"
#include "publish/faultplan.h"
#include "publish/generator.h"
#include "publish/scenario.h"
#include "publish/target.h"

#include <memory>

namespace weir::publish {

class Server;

/// What plays on a server - a scenario, a replay - sends to a channel, one of its clients or a hub, and does to them.
/// Publisher thread only.
class Stage : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference to the server.
    Stage(Server &server, const Target &target, QObject *parent = nullptr);
    ~Stage() override;

    /// Why nothing can be played here, as a sentence; empty if it can.
    const QString &problem() const { return m_problem; }
    /// Why that step cannot: a hub has no clients that could be dropped. Looks into repetitions.
    QString obstacle(const Step &step) const;
    QString name() const;

    /// What it plays to is not of this server and outlasts its stop.
    bool isHub() const { return !m_channel; }
    EventSink &sink() { return *m_sink; }
    /// For generators: where all of a channel's clients are meant; else null.
    Channel *wholeChannel() const { return m_client ? nullptr : m_channel; }
    Generator::Bounds bounds() const;
    /// Another message would be taken: the sink has room, and where nothing must be lost no client is far behind.
    bool hasRoom() const;
    /// The same as if nothing must be lost.
    bool hasRoomForAll() const;
    /// Sends bytes as they are, with so many events in them; `isApart`: in a packet of their own. Nothing is held for
    /// clients that come later.
    void sendBlocks(const QByteArray &bytes, std::uint32_t events, bool isApart, const EventSink::Done &done);

    int clientCount() const;
    void drop(bool isReset, bool isOldestOnly);
    void setSilent(bool isSilent);
    void setFaults(const FaultPlan &plan, int connections);

Q_SIGNALS:
    void roomMade();
    void drained(); ///< the sink has answered everything
    void clientsChanged();
    void resumed(); ///< a client came with a last event ID

private:
    void openClient(std::uint64_t client);

    Server &m_server;
    Target m_target;
    QString m_problem;
    std::unique_ptr<EventSink> m_sink;
    Channel *m_channel = nullptr; ///< null: a hub
    std::optional<std::uint64_t> m_client;
    bool m_isSilent = false;
};

} // namespace weir::publish
