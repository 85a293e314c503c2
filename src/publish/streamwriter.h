// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"
#include "publish/responsehead.h"
#include "publish/settings.h"
#include "publish/subscriber.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

class QSslSocket;
class QTcpSocket;

namespace weir::publish {

/// Writes one client's event stream to a socket that somebody else owns: the channel's frames in order, paced by what
/// the socket takes, with heartbeats while nothing is sent. Bounded in what it queues. Publisher thread only.
class StreamWriter : public QObject, public Subscriber
{
    Q_OBJECT

public:
    /// How this client's stream is written, beside what the channel says. A value.
    struct Manner
    {
        Frame::Form form = Frame::Form::Chunk;
        qint64 maxQueuedBytes = 4 << 20;
    };

    /// `socket` must outlive this; `channel` may go earlier.
    StreamWriter(QTcpSocket &socket, Channel &channel, const Manner &manner, QObject *parent = nullptr);
    ~StreamWriter() override;

    /// Writes what comes first and what follows `lastEventId`, then the channel's frames as they come. Once, after the
    /// response head was written.
    void start(const QByteArray &lastEventId);
    /// The socket took bytes.
    void advance();
    /// Takes no more frames; after what is queued the body ends and the socket is disconnected.
    void end();
    /// Takes no more frames and writes nothing more.
    void stop();

    void deliver(const FramePointer &frame, Outbox::Delivery delivery) override;
    void endStream() override { Q_EMIT ended(); }
    qint64 queuedBytes() const override;
    bool isDrained() const override;

    QByteArray path() const { return m_channel ? m_channel->path() : QByteArray(); }
    std::uint64_t eventsSent() const { return m_eventsSent; }
    std::uint64_t bytesSent() const { return m_bytesSent; }
    qint64 unsentBytes() const; ///< with a replay that is not due yet

Q_SIGNALS:
    void ended();   ///< the stream's time or its channel is over: the owner calls end()
    void overran(); ///< a frame went beyond the bound; no more are taken, and the client has to be cut off

private:
    enum class State { Open, Ending, Stopped };
    /// Bytes that the network has not taken, in whatever layer of the socket they are.
    qint64 socketBytes() const;
    void writeFirst();
    void startLife();
    void write(const QByteArray &bytes, std::uint32_t events);
    void writeQueued();
    void writeEnd();
    void beat();

    QTcpSocket &m_socket;
    QSslSocket *m_encrypted; ///< the same socket; null for plain HTTP
    QPointer<Channel> m_channel;
    Manner m_manner;
    State m_state = State::Open;
    Outbox m_outbox;
    std::chrono::milliseconds m_heartbeat{0}; ///< 0: none
    QTimer m_heartbeatTimer;
    QElapsedTimer m_lastWrite;
    std::uint64_t m_eventsSent = 0;
    std::uint64_t m_bytesSent = 0;
};

} // namespace weir::publish
