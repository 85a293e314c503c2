// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/accesslog.h"
#include "publish/armedfaults.h"
#include "publish/lagmeter.h"
#include "publish/responder.h"
#include "publish/settings.h"
#include "publish/streamwriter.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace weir::publish {

/// What all connections of a server share; outlives them.
struct ConnectionContext
{
    const Responder &responder;
    const PublisherSettings &settings;
    ArmedFaults &faults;
    AccessLog &log;
};

/// One socket: reads requests until one asks for a stream, which a StreamWriter then writes. Publisher thread only.
///
/// Bounded in every direction: time until a request is complete, time between requests, bytes read ahead, bytes queued
/// for a reader that is too slow (see SlowClients), bytes sent by a client that should only listen. A client that
/// closes its sending side counts as gone, because QTcpSocket closes then.
class ClientConnection : public QObject
{
    Q_OBJECT

public:
    ClientConnection(std::uint64_t id, const ConnectionContext &context, QObject *parent = nullptr);
    ~ClientConnection() override;

    /// Takes the socket over; false if the system refuses.
    bool open(qintptr descriptor);
    /// It has a stream, or waits for one that a fault delays.
    bool hasStream() const { return m_hasStreamed && m_state != State::Closed && m_state != State::Lingering; }
    bool hasStreamed() const { return m_hasStreamed; } ///< streamStarted() was emitted
    bool hasUnreadBytes() const;                       ///< the client has sent something that is yet to be looked at
    /// Also takes a sample for the lag.
    ClientStatus status();
    const QByteArray &requestHead() const { return m_head; } ///< of the stream, as it came; holds secrets
    /// Null unless a stream is open.
    StreamWriter *stream() const { return m_state == State::Streaming ? m_stream.get() : nullptr; }

    /// Ends a stream cleanly after what is queued; cuts any other connection off. closed() follows.
    void end();
    /// The same at once: what the socket does not take now is lost.
    void endNow();
    /// RST: what the client has not read is lost too.
    void reset();

Q_SIGNALS:
    void streamStarted();
    void closed(); ///< once; the receiver deletes the sender later

private:
    enum class State { Reading, Delaying, Streaming, Ending, Lingering, Closed };
    /// A stream that is to begin.
    struct Start
    {
        Answer answer;
        FaultPlan faults;
        QByteArray lastEventId;
    };
    void read();
    void readRequests();
    void beginRequest();
    void answerRequest(const Request &request);
    void refuseRequest(int status);
    void answerPlainly(const Answer &answer);
    void beginStream(const Request &request, Answer answer);
    void delayStream(const Start &start);
    void startStream(const Start &start);
    void goOn();
    void note(const Request *request, const Answer &answer, const QString &text = {});
    void noteEnd();
    ClientState clientState(std::chrono::milliseconds lag) const;
    std::chrono::milliseconds sampleLag();
    void sendAndLinger(const QByteArray &bytes);
    void discardInput();
    void advanceWrites();
    void expire();
    void endBroken(QAbstractSocket::SocketError error);
    bool isEncrypted() const;
    qint64 unsentBytes() const;
    void doom();
    void close();

    std::uint64_t m_id;
    const ConnectionContext &m_context;
    QTcpSocket *m_socket; ///< child
    QTimer m_timer;       ///< deadline for a request or for lingering
    State m_state = State::Reading;
    bool m_isDoomed = false;
    bool m_hasShutDown = false;
    bool m_hasAsked = false; ///< a request has begun
    bool m_hasStreamed = false;
    RequestParser m_parser;
    QByteArray m_input;
    qint64 m_discarded = 0;

    std::unique_ptr<Start> m_delayed;
    std::unique_ptr<StreamWriter> m_stream;
    QByteArray m_head; ///< of the request that is being read, or of the stream
    QElapsedTimer m_requestTime;
    RequestRecord m_record; ///< of the stream
    QString m_ending;       ///< why the stream ended, if not by the client
    LagMeter m_lag;
    qint64 m_sampledBytes = 0;
    QString m_peer;
    QString m_path;
    QByteArray m_userAgent;
    QByteArray m_lastEventId;
    QDateTime m_since;
};

} // namespace weir::publish
