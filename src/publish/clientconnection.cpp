// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientconnection.h"

#include "publish/faultyhead.h"
#include "publish/socketoptions.h"

#include <QSslSocket>

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype maxHead = 48 << 10;
constexpr qint64 readLimit = 16 << 10;
constexpr qint64 maxUnreadAnswers = 64 << 10;
constexpr qint64 maxDiscarded = 64 << 10;
constexpr auto idleDeadline = 15s;
constexpr auto lingerTime = 1s;

} // namespace

ClientConnection::ClientConnection(std::uint64_t id, const ConnectionContext &context, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_context(context)
    , m_socket(context.settings.tls.isNull() ? new QTcpSocket(this) : new QSslSocket(this))
    , m_parser([&context](const Request &request) { return context.responder.planBody(request); },
          context.settings.maxHeadBytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ClientConnection::expire);
    connect(m_socket, &QTcpSocket::readyRead, this, &ClientConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &ClientConnection::advanceWrites);
    connect(m_socket, &QTcpSocket::disconnected, this, &ClientConnection::close);
    if (auto *encrypted = qobject_cast<QSslSocket *>(m_socket)) {
        connect(encrypted, &QSslSocket::encryptedBytesWritten, this, &ClientConnection::advanceWrites);
        connect(encrypted, &QSslSocket::errorOccurred, this, &ClientConnection::endBroken);
    }
}

ClientConnection::~ClientConnection()
{
    m_socket->disconnect(this);
}

/// Of answers, in whatever layer of the socket they are.
qint64 ClientConnection::unsentBytes() const
{
    const auto *encrypted = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (encrypted ? encrypted->encryptedBytesToWrite() : 0);
}

bool ClientConnection::isEncrypted() const
{
    return !m_context.settings.tls.isNull();
}

bool ClientConnection::open(qintptr descriptor)
{
    m_socket->setReadBufferSize(readLimit);
    if (!m_socket->setSocketDescriptor(descriptor))
        return false;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    detectDeadPeer(m_socket->socketDescriptor(), m_context.settings.isLossless);
    m_since = QDateTime::currentDateTimeUtc();
    m_requestTime.start();
    m_timer.start(m_context.settings.requestDeadline);
    if (auto *encrypted = qobject_cast<QSslSocket *>(m_socket)) {
        encrypted->setSslConfiguration(m_context.settings.tls.configuration());
        encrypted->startServerEncryption();
    }
    return true;
}

bool ClientConnection::hasUnreadBytes() const
{
    // What comes after so many answers that the client does not take is not looked at, maybe ever.
    if (unsentBytes() >= maxUnreadAnswers)
        return false;
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
    while (m_state == State::Reading && unsentBytes() < maxUnreadAnswers) {
        if (m_input.isEmpty())
            m_input = m_socket->read(readLimit);
        if (m_input.isEmpty())
            return;
        if (!m_parser.hasBegun())
            beginRequest();
        if (m_head.size() < maxHead)
            m_head += m_input;
        const RequestParser::State state = m_parser.feed(m_input);
        m_head.chop(std::min(m_input.size(), m_head.size()));
        if (state == RequestParser::State::Complete)
            answerRequest(m_parser.takeRequest());
        else if (state == RequestParser::State::Continue)
            m_socket->write(continueAnswer());
        else if (state == RequestParser::State::Failed)
            refuseRequest(m_parser.errorStatus());
    }
}

void ClientConnection::beginRequest()
{
    m_requestTime.start();
    m_head.clear();
    // The time of the first one counts from connecting.
    if (std::exchange(m_hasAsked, true))
        m_timer.start(m_context.settings.requestDeadline);
}

void ClientConnection::answerRequest(const Request &request)
{
    const Answer answer = m_context.responder.answer(request);
    if (answer.stream) {
        beginStream(request, answer);
        return;
    }
    note(&request, answer);
    answerPlainly(answer);
}

void ClientConnection::refuseRequest(int status)
{
    const Answer answer = Responder::failure(status);
    note(nullptr, answer,
        status == 408 ? tr("the request did not arrive in time") : tr("could not be read as a request"));
    sendAndLinger(answer.bytes);
}

void ClientConnection::answerPlainly(const Answer &answer)
{
    if (answer.closes) {
        sendAndLinger(answer.bytes);
    } else {
        // Past the socket's buffer, which would hold it back until after the fan-out of what was published. Of several
        // requests that came together the answers leave together.
        const bool isDirect = !isEncrypted() && m_input.isEmpty() && m_socket->bytesToWrite() == 0;
        const qint64 sent = isDirect ? sendAtOnce(m_socket->socketDescriptor(), answer.bytes) : 0;
        if (sent < answer.bytes.size())
            m_socket->write(answer.bytes.sliced(sent));
        m_timer.start(idleDeadline);
    }
}

void ClientConnection::beginStream(const Request &request, Answer answer)
{
    Start start;
    if (!m_context.faults.isEmpty()) [[unlikely]] {
        if (const auto faults = m_context.faults.take(request)) {
            start.faults = faults->plan;
            answer = withHeadFaults(*faults, request, answer);
        }
    }
    note(&request, answer, start.faults.isEmpty() ? QString() : tr("faults: %1").arg(start.faults.summary()));
    start.answer = answer;
    start.lastEventId = request.lastEventId();
    if (answer.stream) {
        m_userAgent = request.header("user-agent");
        m_path = QString::fromUtf8(request.path);
        m_head = m_head.trimmed();
    }
    if (start.faults.has(Fault::HeadDelay))
        delayStream(start);
    else if (answer.stream)
        startStream(start);
    else
        answerPlainly(answer);
}

void ClientConnection::delayStream(const Start &start)
{
    m_state = State::Delaying;
    m_input.clear();
    m_delayed = std::make_unique<Start>(start);
    m_timer.start(static_cast<int>(start.faults.number(Fault::HeadDelay, "ms")));
    if (!start.answer.stream)
        return;
    m_hasStreamed = true;
    m_since = QDateTime::currentDateTimeUtc();
    m_lastEventId = start.lastEventId;
    Q_EMIT streamStarted();
}

void ClientConnection::startStream(const Start &start)
{
    m_input.clear();
    m_timer.stop();
    m_state = State::Streaming;
    m_lastEventId = start.lastEventId;
    m_since = QDateTime::currentDateTimeUtc();
    m_socket->write(start.answer.bytes);
    const PublisherSettings &settings = m_context.settings;
    const StreamWriter::Manner manner{
        start.answer.form, settings.maxQueuedBytesPerClient, settings.slowClients, start.faults};
    m_stream = std::make_unique<StreamWriter>(*m_socket, *start.answer.stream, manner);
    connect(m_stream.get(), &StreamWriter::overran, this, [this] {
        m_ending = tr("cut off: too slow, its queue reached the bound");
        doom();
    });
    connect(m_stream.get(), &StreamWriter::ended, this, &ClientConnection::end);
    // Before anything is written, so that who counts streams has heard of each one that ends.
    if (!std::exchange(m_hasStreamed, true))
        Q_EMIT streamStarted();
    m_stream->start(m_lastEventId);
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
    if (m_discarded <= maxDiscarded)
        return;
    m_ending = tr("cut off: sent more than %1 KiB after its request").arg(maxDiscarded >> 10);
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
    case State::Delaying:
    case State::Closed:
        break;
    }
}

void ClientConnection::end()
{
    if (m_state == State::Streaming && !m_isDoomed) {
        m_state = State::Ending;
        m_ending = tr("ended by the server");
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

void ClientConnection::reset()
{
    if (m_state == State::Closed)
        return;
    if (m_stream)
        m_stream->catchUp();
    m_ending = tr("reset by the server");
    resetOnClose(m_socket->socketDescriptor());
    m_socket->abort();
    close();
}

void ClientConnection::expire()
{
    if (m_state == State::Delaying)
        goOn();
    else if (m_state == State::Reading && m_parser.hasBegun())
        refuseRequest(408);
    else if (m_state == State::Lingering && isEncrypted())
        m_socket->disconnectFromHost();
    else
        doom();
}

/// A socket whose TLS has failed stays open and silent, which would look like a healthy stream.
void ClientConnection::endBroken(QAbstractSocket::SocketError error)
{
    if (error != QAbstractSocket::SslInternalError && error != QAbstractSocket::SslHandshakeFailedError &&
        error != QAbstractSocket::SslInvalidUserDataError)
        return;
    m_ending = tr("TLS failed: %1").arg(m_socket->errorString());
    // What OpenSSL calls it when it sees a request in plain HTTP, whose sender would not know why nothing comes.
    if (m_socket->errorString().contains(u"http request")) {
        PlainAnswer answer = errorAnswer(400);
        answer.body = "This port speaks TLS: use https.\n";
        sendAtOnce(m_socket->socketDescriptor(), encode(answer));
    }
    doom();
}

/// The delay of a head is over.
void ClientConnection::goOn()
{
    const std::unique_ptr<Start> start = std::move(m_delayed);
    if (start->answer.stream && !start->answer.stream->isOpen()) {
        m_ending = tr("cut off: its channel has gone meanwhile");
        return doom();
    }
    m_state = State::Reading;
    if (start->answer.stream)
        startStream(*start);
    else
        answerPlainly(start->answer);
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
    noteEnd();
    m_state = State::Closed;
    m_timer.stop();
    if (m_stream)
        m_stream->stop();
    Q_EMIT closed();
}

} // namespace weir::publish
