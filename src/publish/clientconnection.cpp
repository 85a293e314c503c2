// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientconnection.h"

#include "publish/socketoptions.h"

#include <QSslSocket>

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr qint64 readLimit = 16 << 10;
constexpr qint64 maxUnreadAnswers = 64 << 10;
constexpr qint64 maxDiscarded = 64 << 10;
constexpr auto idleDeadline = 15s;
constexpr auto lingerTime = 1s;

} // namespace

ClientConnection::ClientConnection(
    std::uint64_t id, const Responder &responder, const PublisherSettings &settings, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_responder(responder)
    , m_settings(settings)
    , m_socket(settings.tls.isNull() ? new QTcpSocket(this) : new QSslSocket(this))
    , m_parser([&responder](const Request &request) { return responder.planBody(request); }, settings.maxHeadBytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ClientConnection::expire);
    connect(m_socket, &QTcpSocket::readyRead, this, &ClientConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &ClientConnection::advanceWrites);
    connect(m_socket, &QTcpSocket::disconnected, this, &ClientConnection::close);
    if (auto *encrypted = qobject_cast<QSslSocket *>(m_socket))
        connect(encrypted, &QSslSocket::encryptedBytesWritten, this, &ClientConnection::advanceWrites);
}

ClientConnection::~ClientConnection()
{
    m_socket->disconnect(this);
}

bool ClientConnection::isEncrypted() const
{
    return !m_settings.tls.isNull();
}

bool ClientConnection::open(qintptr descriptor)
{
    m_socket->setReadBufferSize(readLimit);
    if (!m_socket->setSocketDescriptor(descriptor))
        return false;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    detectDeadPeer(m_socket->socketDescriptor(), m_settings.isLossless);
    m_since = QDateTime::currentDateTimeUtc();
    m_timer.start(m_settings.requestDeadline);
    if (auto *encrypted = qobject_cast<QSslSocket *>(m_socket)) {
        encrypted->setSslConfiguration(m_settings.tls.configuration());
        encrypted->startServerEncryption();
    }
    return true;
}

bool ClientConnection::hasUnreadBytes() const
{
    return m_socket->bytesAvailable() > 0 || publish::hasUnreadBytes(m_socket->socketDescriptor());
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
    while (m_state == State::Reading && m_socket->bytesToWrite() < maxUnreadAnswers) {
        if (m_input.isEmpty())
            m_input = m_socket->read(readLimit);
        if (m_input.isEmpty())
            return;
        const RequestParser::State state = m_parser.feed(m_input);
        if (state == RequestParser::State::Complete)
            answerRequest(m_parser.takeRequest());
        else if (state == RequestParser::State::Continue)
            m_socket->write(continueAnswer());
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
        m_socket->write(answer.bytes);
        m_timer.start(idleDeadline);
    }
}

void ClientConnection::startStream(const Request &request, const Answer &answer)
{
    m_input.clear();
    m_timer.stop();
    m_state = State::Streaming;
    m_hasStreamed = true;
    m_userAgent = request.header("user-agent");
    m_lastEventId = request.lastEventId();
    m_since = QDateTime::currentDateTimeUtc();
    m_socket->write(answer.bytes);
    const StreamWriter::Manner manner{answer.form, m_settings.maxQueuedBytesPerClient};
    m_stream = std::make_unique<StreamWriter>(*m_socket, *answer.stream, manner);
    connect(m_stream.get(), &StreamWriter::overran, this, &ClientConnection::doom);
    connect(m_stream.get(), &StreamWriter::ended, this, &ClientConnection::end);
    m_stream->start(m_lastEventId);
    Q_EMIT streamStarted();
}

void ClientConnection::sendAndLinger(const QByteArray &bytes)
{
    m_state = State::Lingering;
    m_input.clear();
    m_socket->write(bytes);
    m_timer.start(lingerTime);
    advanceWrites();
    discardInput();
}

/// Nobody waits for what comes here, but leaving it unread would hide that the client is gone, and turn a close into a
/// reset that can destroy the answer.
void ClientConnection::discardInput()
{
    m_discarded += m_socket->readAll().size();
    if (m_discarded > maxDiscarded)
        doom();
}

void ClientConnection::advanceWrites()
{
    switch (m_state) {
    case State::Reading:
        readRequests();
        break;
    case State::Streaming:
    case State::Ending:
        m_stream->advance();
        break;
    case State::Lingering:
        // Half of a TLS connection cannot be closed; there the length of the answer has to do.
        if (!isEncrypted() && m_socket->bytesToWrite() == 0 && !std::exchange(m_hasShutDown, true))
            shutDownSending(m_socket->socketDescriptor());
        break;
    case State::Closed:
        break;
    }
}

void ClientConnection::end()
{
    if (m_state == State::Streaming && !m_isDoomed) {
        m_state = State::Ending;
        m_stream->end();
    } else if (m_state != State::Ending && m_state != State::Closed) {
        m_socket->abort();
        close();
    }
}

void ClientConnection::endNow()
{
    end();
    if (m_state == State::Closed)
        return;
    m_socket->flush();
    m_socket->abort();
    close();
}

void ClientConnection::expire()
{
    if (m_state == State::Reading && m_parser.hasBegun())
        sendAndLinger(Responder::failure(408).bytes);
    else if (m_state == State::Lingering && isEncrypted())
        m_socket->disconnectFromHost();
    else
        doom();
}

/// Cuts the connection off as soon as the event loop runs: callers may be in the middle of a channel's clients.
void ClientConnection::doom()
{
    if (std::exchange(m_isDoomed, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_socket->abort();
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
    if (m_stream)
        m_stream->stop();
    Q_EMIT closed();
}

ClientStatus ClientConnection::status() const
{
    ClientStatus status;
    status.id = m_id;
    status.address =
        QStringLiteral("%1:%2").arg(m_socket->peerAddress().toString(), QString::number(m_socket->peerPort()));
    status.userAgent = m_userAgent;
    status.lastEventId = m_lastEventId;
    status.since = m_since;
    if (m_stream) {
        status.path = QString::fromUtf8(m_stream->path());
        status.eventsSent = m_stream->eventsSent();
        status.bytesSent = m_stream->bytesSent();
        status.bytesQueued = m_stream->unsentBytes();
    }
    return status;
}

} // namespace weir::publish
