// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientconnection.h"

#include "publish/socketoptions.h"

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr qint64 readLimit = 16 << 10;
/// Handed to a socket at a time; the rest waits as shared frames.
constexpr qint64 socketQueue = 128 << 10;
constexpr qint64 maxUnreadAnswers = 64 << 10;
constexpr qint64 maxDiscarded = 64 << 10;
constexpr auto idleDeadline = 15s;
constexpr auto lingerTime = 1s;

FramePointer heartbeatFrame()
{
    static const FramePointer frame = Frame::fromBlocks(":\n\n", 0);
    return frame;
}

} // namespace

ClientConnection::ClientConnection(
    std::uint64_t id, const Responder &responder, const PublisherSettings &settings, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_responder(responder)
    , m_settings(settings)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ClientConnection::expire);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ClientConnection::read);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &ClientConnection::advanceWrites);
    connect(&m_socket, &QTcpSocket::disconnected, this, &ClientConnection::close);
}

ClientConnection::~ClientConnection()
{
    m_socket.disconnect(this);
    if (m_channel)
        m_channel->detach(*this);
}

bool ClientConnection::open(qintptr descriptor)
{
    m_socket.setReadBufferSize(readLimit);
    if (!m_socket.setSocketDescriptor(descriptor))
        return false;
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    detectDeadPeer(m_socket.socketDescriptor(), m_settings.isLossless);
    m_since = QDateTime::currentDateTimeUtc();
    m_timer.start(m_settings.requestDeadline);
    return true;
}

void ClientConnection::read()
{
    if (m_state == State::Reading)
        readRequests();
    else
        discardInput();
}

void ClientConnection::readRequests()
{
    while (m_state == State::Reading && m_socket.bytesToWrite() < maxUnreadAnswers) {
        if (m_input.isEmpty())
            m_input = m_socket.read(readLimit);
        if (m_input.isEmpty())
            return;
        const RequestParser::State state = m_parser.feed(m_input);
        if (state == RequestParser::State::Complete)
            answerRequest(m_parser.takeRequest());
        else if (state == RequestParser::State::Failed)
            sendAndLinger(Responder::failure(m_parser.errorStatus()).bytes);
    }
}

void ClientConnection::answerRequest(const Request &request)
{
    const Answer answer = m_responder.answer(request);
    if (answer.stream) {
        startStream(request, answer);
    } else if (answer.closes) {
        sendAndLinger(answer.bytes);
    } else {
        m_socket.write(answer.bytes);
        m_timer.start(idleDeadline);
    }
}

void ClientConnection::startStream(const Request &request, const Answer &answer)
{
    m_input.clear();
    m_state = State::Streaming;
    m_hasStreamed = true;
    m_framing = answer.framing;
    m_outbox = Outbox(m_framing == Framing::Chunked);
    m_userAgent = request.header("user-agent");
    m_lastEventId = request.lastEventId();
    m_since = QDateTime::currentDateTimeUtc();
    m_channel = answer.stream;
    m_socket.write(answer.bytes);
    if (m_settings.retry) {
        const std::string text = "retry: " + std::to_string(std::max<qint64>(m_settings.retry->count(), 0)) + "\n\n";
        deliver(Frame::fromBlocks(text, 0), Outbox::Delivery::Replay);
    }
    deliver(heartbeatFrame(), Outbox::Delivery::Replay);
    m_channel->attach(*this, m_lastEventId);
    if (m_settings.heartbeat > 0ms)
        m_timer.start(m_settings.heartbeat);
    else
        m_timer.stop();
    Q_EMIT streamStarted();
}

void ClientConnection::sendAndLinger(const QByteArray &bytes)
{
    m_state = State::Lingering;
    m_input.clear();
    m_socket.write(bytes);
    m_timer.start(lingerTime);
    advanceWrites();
    discardInput();
}

/// Nobody waits for what comes here, but leaving it unread would hide that the client is gone, and turn a close into a
/// reset that can destroy the answer.
void ClientConnection::discardInput()
{
    m_discarded += m_socket.readAll().size();
    if (m_discarded > maxDiscarded)
        doom();
}

void ClientConnection::deliver(const FramePointer &frame, Outbox::Delivery delivery)
{
    if (m_state != State::Streaming || m_isDoomed)
        return;
    const qint64 queued = queuedBytes();
    const bool isLive = delivery == Outbox::Delivery::Live;
    if (isLive && queued > 0 && queued + frame->chunk().size() > m_settings.maxQueuedBytesPerClient) {
        doom();
        return;
    }
    m_outbox.append(frame, delivery);
    writeQueued();
}

qint64 ClientConnection::queuedBytes() const
{
    return m_socket.bytesToWrite() + m_outbox.liveBytes();
}

bool ClientConnection::isDrained() const
{
    return m_outbox.isEmpty() && m_socket.bytesToWrite() == 0;
}

void ClientConnection::advanceWrites()
{
    switch (m_state) {
    case State::Reading:
        readRequests();
        break;
    case State::Streaming:
        writeQueued();
        if (m_channel)
            m_channel->noteProgress();
        break;
    case State::Ending:
        writeQueued();
        writeEnd();
        break;
    case State::Lingering:
        if (m_socket.bytesToWrite() == 0 && !std::exchange(m_hasShutDown, true))
            shutDownSending(m_socket.socketDescriptor());
        break;
    case State::Closed:
        break;
    }
}

void ClientConnection::writeQueued()
{
    while (!m_outbox.isEmpty() && m_socket.bytesToWrite() < socketQueue / 2) {
        const Outbox::Portion portion = m_outbox.take();
        m_socket.write(portion.bytes);
        m_eventsSent += portion.events;
        m_bytesSent += static_cast<std::uint64_t>(portion.bytes.size());
        m_lastWrite.start();
    }
}

void ClientConnection::end()
{
    if (m_state == State::Streaming && !m_isDoomed) {
        m_state = State::Ending;
        m_timer.stop();
        writeEnd();
    } else if (m_state != State::Ending && m_state != State::Closed) {
        m_socket.abort();
        close();
    }
}

void ClientConnection::writeEnd()
{
    if (!m_outbox.isEmpty() || m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    if (m_framing == Framing::Chunked)
        m_socket.write("0\r\n\r\n");
    m_socket.disconnectFromHost();
}

void ClientConnection::endNow()
{
    end();
    if (m_state == State::Closed)
        return;
    m_socket.flush();
    m_socket.abort();
    close();
}

void ClientConnection::expire()
{
    if (m_state == State::Streaming)
        beat();
    else if (m_state == State::Reading && m_parser.hasBegun())
        sendAndLinger(Responder::failure(408).bytes);
    else
        doom();
}

/// The timer is not moved at each write, which would cost more than the write: it looks back when it fires.
void ClientConnection::beat()
{
    const std::chrono::milliseconds idle{m_lastWrite.elapsed()};
    if (idle < m_settings.heartbeat) {
        m_timer.start(m_settings.heartbeat - idle);
        return;
    }
    if (m_outbox.isEmpty())
        deliver(heartbeatFrame(), Outbox::Delivery::Live);
    m_timer.start(m_settings.heartbeat);
}

/// Cuts the connection off as soon as the event loop runs: callers may be in the middle of a channel's clients.
void ClientConnection::doom()
{
    if (std::exchange(m_isDoomed, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_socket.abort();
            close();
        },
        Qt::QueuedConnection);
}

void ClientConnection::close()
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    m_timer.stop();
    if (m_channel)
        m_channel->detach(*this);
    Q_EMIT closed();
}

ClientStatus ClientConnection::status() const
{
    ClientStatus status;
    status.id = m_id;
    status.address =
        QStringLiteral("%1:%2").arg(m_socket.peerAddress().toString(), QString::number(m_socket.peerPort()));
    status.path = m_channel ? QString::fromUtf8(m_channel->path()) : QString();
    status.userAgent = m_userAgent;
    status.lastEventId = m_lastEventId;
    status.since = m_since;
    status.eventsSent = m_eventsSent;
    status.bytesSent = m_bytesSent;
    status.bytesQueued = m_socket.bytesToWrite() + m_outbox.bytes();
    return status;
}

} // namespace weir::publish
