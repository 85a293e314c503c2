// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/streamwriter.h"

#include "publish/socketoptions.h"

#include <QRandomGenerator>
#include <QSslSocket>

#include <algorithm>
#include <cmath>
#include <utility>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Handed to a socket at a time; the rest waits as shared frames.
constexpr qint64 socketQueue = 128 << 10;
/// Between two looks at whether a client that took nothing takes something again: the system does not tell.
constexpr auto slowClientPause = 5ms;

FramePointer retryFrame(std::chrono::milliseconds time)
{
    return Frame::fromBlocks("retry: " + std::to_string(std::max<qint64>(time.count(), 0)) + "\n\n", 0);
}

FramePointer heartbeatFrame()
{
    static const FramePointer frame = Frame::fromBlocks(":\n\n", 0);
    return frame;
}

/// Some old browsers and proxies hold back the first 2 KiB.
FramePointer paddingFrame()
{
    static const FramePointer frame = Frame::fromBlocks(":" + std::string(2048, ' ') + "\n\n", 0);
    return frame;
}

} // namespace

StreamWriter::StreamWriter(QTcpSocket &socket, Channel &channel, const Manner &manner, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_encrypted(qobject_cast<QSslSocket *>(&socket))
    , m_channel(&channel)
    , m_manner(manner)
    , m_outbox(manner.form)
    , m_heartbeat(channel.settings().heartbeat)
{
    m_heartbeatTimer.setSingleShot(true);
    connect(&m_heartbeatTimer, &QTimer::timeout, this, &StreamWriter::beat);
    if (!manner.faults.isEmpty())
        startFaults(manner.faults);
}

StreamWriter::~StreamWriter()
{
    stop();
}

void StreamWriter::start(const QByteArray &lastEventId)
{
    writeFirst();
    if (m_state != State::Open)
        return;
    m_channel->attach(*this, lastEventId);
    if (m_heartbeat > 0ms)
        m_heartbeatTimer.start(m_heartbeat);
    if (m_channel->settings().maxLife > 0ms)
        startLife();
}

void StreamWriter::writeFirst()
{
    const ChannelSettings &settings = m_channel->settings();
    if (const QByteArray begin = m_outbox.bodyBegin(); !begin.isEmpty())
        m_socket.write(begin);
    if (settings.retry)
        deliver(retryFrame(*settings.retry), Outbox::Delivery::Replay);
    deliver(settings.hasPadding ? paddingFrame() : heartbeatFrame(), Outbox::Delivery::Replay);
}

/// A part of the time differs from client to client, so that not all of them come back at once.
void StreamWriter::startLife()
{
    const double part = 0.8 + 0.2 * QRandomGenerator::global()->generateDouble();
    const auto life = static_cast<double>(m_channel->settings().maxLife.count()) * part;
    QTimer::singleShot(std::chrono::milliseconds{static_cast<qint64>(life)}, this, &StreamWriter::ended);
}

void StreamWriter::deliver(const FramePointer &frame, Outbox::Delivery delivery)
{
    if (m_state != State::Open)
        return;
    if (!m_isDetoured && !frame->isApart() && m_outbox.isEmpty() && socketBytes() == 0) {
        write(m_outbox.pass(*frame), frame->eventCount());
        return;
    }
    const qint64 queued = queuedBytes();
    const bool isLive = delivery == Outbox::Delivery::Live;
    if (isLive && queued > 0 && queued + frame->bytes(m_manner.form).size() > m_manner.maxQueuedBytes &&
        !makeRoom(*frame))
        return;
    m_outbox.append(frame, delivery);
    writeQueued();
}

/// The queue has reached its bound. False: the frame has no place.
bool StreamWriter::makeRoom(const Frame &frame)
{
    if (m_manner.slowClients == SlowClients::Disconnect) {
        m_state = State::Stopped;
        Q_EMIT overran();
        return false;
    }
    // Some more than needed, so that not every frame has to do it again.
    const qint64 room = m_manner.maxQueuedBytes - socketBytes() - frame.bytes(m_manner.form).size();
    m_outbox.dropOldest(std::max<qint64>(room - m_manner.maxQueuedBytes / 8, 0));
    if (m_outbox.liveBytes() <= room)
        return true;
    m_outbox.skip(frame);
    return false;
}

qint64 StreamWriter::socketBytes() const
{
    const qint64 plain = m_socket.bytesToWrite();
    return m_encrypted ? plain + m_encrypted->encryptedBytesToWrite() : plain;
}

qint64 StreamWriter::queuedBytes() const
{
    return socketBytes() + m_outbox.liveBytes();
}

qint64 StreamWriter::unsentBytes() const
{
    return socketBytes() + m_outbox.bytes() + (m_faults ? m_faults->pendingBytes() : 0);
}

bool StreamWriter::isDrained() const
{
    return m_outbox.isEmpty() && socketBytes() == 0 && (!m_faults || m_faults->isIdle());
}

void StreamWriter::advance()
{
    if (m_state == State::Stopped)
        return;
    writeQueued();
    // Its last act is for the event loop only, not for a fan-out.
    if (m_faults && m_faults->isOver())
        m_faults->pump();
    if (m_state == State::Ending)
        writeEnd();
    else if (m_channel)
        m_channel->noteProgress();
}

void StreamWriter::writeQueued()
{
    if (m_isDetoured) {
        writeDetoured();
        return;
    }
    while (!m_outbox.isEmpty() && mayWriteNext()) {
        const Outbox::Portion portion = m_outbox.take();
        write(portion.bytes, portion.events);
    }
}

/// What has to arrive apart is not handed over while there is something that the system could join it with.
bool StreamWriter::mayWriteNext()
{
    if (!m_outbox.isNextApart())
        return socketBytes() < socketQueue / 2;
    if (socketBytes() > 0)
        return false;
    if (publish::unsentBytes(m_socket.socketDescriptor()) == 0)
        return true;
    if (!std::exchange(m_looksAgain, true)) {
        QTimer::singleShot(slowClientPause, this, [this] {
            m_looksAgain = false;
            advance();
        });
    }
    return false;
}

/// A client that keeps up, which is nearly every one, gets the bytes straight from the fan-out: through the socket's
/// buffer each delivery would cost a notification and a turn of the event loop.
void StreamWriter::write(const QByteArray &bytes, std::uint32_t events)
{
    const bool isDirect = !m_encrypted && m_socket.bytesToWrite() == 0;
    const qint64 sent = isDirect ? sendAtOnce(m_socket.socketDescriptor(), bytes) : 0;
    if (sent == 0)
        m_socket.write(bytes);
    else if (sent < bytes.size())
        m_socket.write(bytes.sliced(sent));
    m_sent.events += events;
    m_sent.bytes += static_cast<std::uint64_t>(bytes.size());
    m_sent.lastWrite.start();
}

void StreamWriter::writeDetoured()
{
    if (m_faults && m_faults->isOver())
        m_outbox.clear();
    else if (m_faults)
        m_faults->pump();
}

void StreamWriter::setPaused(bool paused)
{
    catchUp();
    if (m_state != State::Open)
        return;
    m_isPaused = paused;
    m_isDetoured = m_isPaused || m_faults;
    if (m_faults)
        m_faults->setHeld(paused);
    writeQueued();
}

void StreamWriter::setFaults(const FaultPlan &plan)
{
    catchUp();
    if (m_faults)
        m_faults->setPlan(plan);
    else if (!plan.isEmpty())
        startFaults(plan);
}

void StreamWriter::startFaults(const FaultPlan &plan)
{
    m_faults = std::make_unique<FaultStream>(m_socket, m_outbox, m_sent, plan, m_manner.form);
    m_faults->setHeld(m_isPaused);
    m_isDetoured = true;
    connect(m_faults.get(), &FaultStream::becamePlain, this, &StreamWriter::endFaults);
}

/// Called by the object that it removes.
void StreamWriter::endFaults()
{
    m_faults.release()->deleteLater();
    m_isDetoured = m_isPaused;
}

/// Who did not differ would come back together, which is what brings a server down that has just come up again.
void StreamWriter::spreadReturn()
{
    const ChannelSettings &settings = m_channel->settings();
    const auto most = static_cast<double>(settings.returnSpread.count());
    const std::chrono::milliseconds more{std::llround(most * QRandomGenerator::global()->generateDouble())};
    deliver(retryFrame(settings.retry.value_or(0ms) + more), Outbox::Delivery::Replay);
}

void StreamWriter::end()
{
    catchUp();
    if (m_state != State::Open)
        return;
    if (m_channel && m_channel->settings().returnSpread > 0ms)
        spreadReturn();
    m_state = State::Ending;
    m_heartbeatTimer.stop();
    m_isPaused = false;
    m_isDetoured = m_faults != nullptr;
    if (m_faults)
        m_faults->finish();
    else
        advance();
}

void StreamWriter::writeEnd()
{
    if (m_faults || !m_outbox.isEmpty() || m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    if (const QByteArray end = m_outbox.bodyEnd(); !end.isEmpty())
        m_socket.write(end);
    m_socket.disconnectFromHost();
}

void StreamWriter::stop()
{
    m_state = State::Stopped;
    m_heartbeatTimer.stop();
    if (m_faults)
        m_faults->setHeld(true);
    if (m_channel)
        m_channel->detach(*this);
}

/// The timer is not moved at each write, which would cost more than the write: it looks back when it fires.
void StreamWriter::beat()
{
    const std::chrono::milliseconds idle{m_sent.lastWrite.elapsed()};
    if (idle < m_heartbeat) {
        m_heartbeatTimer.start(m_heartbeat - idle);
        return;
    }
    const bool isSilent = m_isPaused || (m_channel && m_channel->isSilent());
    if (m_outbox.isEmpty() && !isSilent && !(m_faults && m_faults->plan().has(Fault::NoHeartbeat)))
        deliver(heartbeatFrame(), Outbox::Delivery::Live);
    m_heartbeatTimer.start(m_heartbeat);
}

} // namespace weir::publish
