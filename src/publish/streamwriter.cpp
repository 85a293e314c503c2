// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/streamwriter.h"

#include "publish/socketoptions.h"

#include <QTcpSocket>

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Handed to a socket at a time; the rest waits as shared frames.
constexpr qint64 socketQueue = 128 << 10;

FramePointer heartbeatFrame()
{
    static const FramePointer frame = Frame::fromBlocks(":\n\n", 0);
    return frame;
}

} // namespace

StreamWriter::StreamWriter(QTcpSocket &socket, Channel &channel, const Manner &manner, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_channel(&channel)
    , m_manner(manner)
    , m_outbox(manner.framing == Framing::Chunked)
{
    m_heartbeatTimer.setSingleShot(true);
    connect(&m_heartbeatTimer, &QTimer::timeout, this, &StreamWriter::beat);
}

StreamWriter::~StreamWriter()
{
    stop();
}

void StreamWriter::start(const QByteArray &lastEventId)
{
    if (m_manner.retry) {
        const std::string text = "retry: " + std::to_string(std::max<qint64>(m_manner.retry->count(), 0)) + "\n\n";
        deliver(Frame::fromBlocks(text, 0), Outbox::Delivery::Replay);
    }
    deliver(heartbeatFrame(), Outbox::Delivery::Replay);
    m_channel->attach(*this, lastEventId);
    if (m_manner.heartbeat > 0ms)
        m_heartbeatTimer.start(m_manner.heartbeat);
}

void StreamWriter::deliver(const FramePointer &frame, Outbox::Delivery delivery)
{
    if (m_state != State::Open)
        return;
    if (isDrained()) {
        write(m_outbox.bytesOf(*frame), frame->eventCount());
        return;
    }
    const qint64 queued = queuedBytes();
    const bool isLive = delivery == Outbox::Delivery::Live;
    if (isLive && queued > 0 && queued + frame->chunk().size() > m_manner.maxQueuedBytes) {
        m_state = State::Stopped;
        Q_EMIT overran();
        return;
    }
    m_outbox.append(frame, delivery);
    writeQueued();
}

qint64 StreamWriter::queuedBytes() const
{
    return m_socket.bytesToWrite() + m_outbox.liveBytes();
}

qint64 StreamWriter::unsentBytes() const
{
    return m_socket.bytesToWrite() + m_outbox.bytes();
}

bool StreamWriter::isDrained() const
{
    return m_outbox.isEmpty() && m_socket.bytesToWrite() == 0;
}

void StreamWriter::advance()
{
    if (m_state == State::Stopped)
        return;
    writeQueued();
    if (m_state == State::Ending)
        writeEnd();
    else if (m_channel)
        m_channel->noteProgress();
}

void StreamWriter::writeQueued()
{
    while (!m_outbox.isEmpty() && m_socket.bytesToWrite() < socketQueue / 2) {
        const Outbox::Portion portion = m_outbox.take();
        write(portion.bytes, portion.events);
    }
}

/// A client that keeps up, which is nearly every one, gets the bytes straight from the fan-out: through the socket's
/// buffer each delivery would cost a notification and a turn of the event loop.
void StreamWriter::write(const QByteArray &bytes, std::uint32_t events)
{
    const qint64 sent = m_socket.bytesToWrite() == 0 ? sendAtOnce(m_socket.socketDescriptor(), bytes) : 0;
    if (sent == 0)
        m_socket.write(bytes);
    else if (sent < bytes.size())
        m_socket.write(bytes.sliced(sent));
    m_eventsSent += events;
    m_bytesSent += static_cast<std::uint64_t>(bytes.size());
    m_lastWrite.start();
}

void StreamWriter::end()
{
    if (m_state != State::Open)
        return;
    m_state = State::Ending;
    m_heartbeatTimer.stop();
    writeEnd();
}

void StreamWriter::writeEnd()
{
    if (!m_outbox.isEmpty() || m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    if (m_manner.framing == Framing::Chunked)
        m_socket.write("0\r\n\r\n");
    m_socket.disconnectFromHost();
}

void StreamWriter::stop()
{
    m_state = State::Stopped;
    m_heartbeatTimer.stop();
    if (m_channel)
        m_channel->detach(*this);
}

/// The timer is not moved at each write, which would cost more than the write: it looks back when it fires.
void StreamWriter::beat()
{
    const std::chrono::milliseconds idle{m_lastWrite.elapsed()};
    if (idle < m_manner.heartbeat) {
        m_heartbeatTimer.start(m_manner.heartbeat - idle);
        return;
    }
    if (m_outbox.isEmpty())
        deliver(heartbeatFrame(), Outbox::Delivery::Live);
    m_heartbeatTimer.start(m_manner.heartbeat);
}

} // namespace weir::publish
