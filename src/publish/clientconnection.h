// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/responder.h"
#include "publish/settings.h"
#include "publish/streamwriter.h"

#include <QDateTime>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace weir::publish {

/// One socket: reads requests until one asks for a stream, which a StreamWriter then writes. Publisher thread only.
///
/// Bounded in every direction: time until a request is complete, bytes read ahead, bytes queued for a reader that is
/// too slow (it is disconnected and may resume), bytes sent by a client that should only listen. A client that closes
/// its sending side counts as gone, because QTcpSocket closes then.
class ClientConnection : public QObject
{
    Q_OBJECT

public:
    ClientConnection(
        std::uint64_t id, const Responder &responder, const PublisherSettings &settings, QObject *parent = nullptr);
    ~ClientConnection() override;

    /// Takes the socket over; false if the system refuses.
    bool open(qintptr descriptor);
    bool isStreaming() const { return m_state == State::Streaming; }
    bool hasStreamed() const { return m_hasStreamed; } ///< streamStarted() was emitted
    bool hasUnreadBytes() const;                       ///< the client has sent something that was not looked at yet
    ClientStatus status() const;

    /// Ends a stream cleanly after what is queued; cuts any other connection off. closed() follows.
    void end();
    /// The same at once: what the socket does not take now is lost.
    void endNow();

Q_SIGNALS:
    void streamStarted();
    void closed(); ///< once; the receiver deletes the sender later

private:
    enum class State { Reading, Streaming, Ending, Lingering, Closed };
    void read();
    void readRequests();
    void answerRequest(const Request &request);
    void startStream(const Request &request, const Answer &answer);
    void sendAndLinger(const QByteArray &bytes);
    void discardInput();
    void advanceWrites();
    void expire();
    bool isEncrypted() const;
    void doom();
    void close();

    std::uint64_t m_id;
    const Responder &m_responder;
    const PublisherSettings &m_settings;
    QTcpSocket *m_socket; ///< child
    QTimer m_timer;       ///< deadline for a request or for lingering
    State m_state = State::Reading;
    bool m_isDoomed = false;
    bool m_hasShutDown = false;
    bool m_hasStreamed = false;
    RequestParser m_parser;
    QByteArray m_input;
    qint64 m_discarded = 0;

    std::unique_ptr<StreamWriter> m_stream;
    QByteArray m_userAgent;
    QByteArray m_lastEventId;
    QDateTime m_since;
};

} // namespace weir::publish
