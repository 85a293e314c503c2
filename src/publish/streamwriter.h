// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"
#include "publish/faultstream.h"
#include "publish/responsehead.h"
#include "publish/settings.h"
#include "publish/subscriber.h"

#include <QPointer>
#include <QTimer>

#include <memory>

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
        SlowClients slowClients = SlowClients::Disconnect;
        FaultPlan faults;
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

    /// Frames are kept in the queue and nothing is written, no heartbeat either, until it goes on.
    void setPaused(bool paused);
    bool isPaused() const { return m_isPaused; }
    /// True if a plan can begin in the middle of this stream: not in a compressed one.
    bool mayFail() const { return m_manner.form == Frame::Form::Chunk || m_manner.form == Frame::Form::Plain; }
    /// From now on, in place of what was before. Requires mayFail() and a plan without liveObstacle().
    void setFaults(const FaultPlan &plan);
    FaultPlan faults() const { return m_faults ? m_faults->plan() : FaultPlan(); }
    /// Nothing more comes, be it that end() was called or that a fault ended it.
    bool isEnding() const { return m_state != State::Open || (m_faults && m_faults->isOver()); }

    void catchUp() override
    {
        if (m_channel)
            m_channel->letGo();
    }
    void deliver(const FramePointer &frame, Outbox::Delivery delivery) override;
    void endStream() override { Q_EMIT ended(); }
    qint64 queuedBytes() const override;
    qint64 maxQueuedBytes() const override { return m_manner.maxQueuedBytes; }
    bool isDrained() const override;

    QByteArray path() const { return m_channel ? m_channel->path() : QByteArray(); }
    std::uint64_t eventsSent() const { return m_sent.events; }
    std::uint64_t bytesSent() const { return m_sent.bytes; }
    std::uint64_t eventsDropped() const { return m_outbox.droppedEvents(); }
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
    void spreadReturn();
    void write(const QByteArray &bytes, std::uint32_t events);
    void writeQueued();
    bool mayWriteNext();
    void writeDetoured();
    bool makeRoom(const Frame &frame);
    void startFaults(const FaultPlan &plan);
    void endFaults();
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
    StreamProgress m_sent;
    std::unique_ptr<FaultStream> m_faults;
    bool m_isPaused = false;
    bool m_looksAgain = false; ///< soon, whether the system has sent what it took
    bool m_isDetoured = false; ///< paused or with faults: the one question that a delivery asks
};

} // namespace weir::publish
