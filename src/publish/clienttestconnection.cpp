// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestconnection.h"

#include "publish/responsehead.h"
#include "publish/socketoptions.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

namespace {

using namespace std::chrono_literals;

constexpr auto betweenBytes = 2ms;
constexpr auto lastChunk = "0\r\n\r\n";
constexpr qsizetype maxShownHead = 64 << 10;
constexpr qint64 mostReadAtOnce = 64 << 10;
constexpr qsizetype maxWaitingInput = 256 << 10;

} // namespace

ClientTestConnection::ClientTestConnection(qintptr descriptor, QObject *parent)
    : QObject(parent)
    , m_socket(this)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &ClientTestConnection::playOn);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ClientTestConnection::read);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &ClientTestConnection::noteWritten);
    connect(&m_socket, &QTcpSocket::disconnected, this, &ClientTestConnection::noteDisconnected);
    m_socket.setReadBufferSize(mostReadAtOnce);
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

ClientTestConnection::~ClientTestConnection()
{
    // It tells of its end when it is destroyed, which is after most members.
    m_socket.disconnect(this);
}

void ClientTestConnection::drop()
{
    m_isDropped = true;
    m_steps.clear();
    m_pause.stop();
    m_socket.abort();
    deleteLater();
}

void ClientTestConnection::read()
{
    m_input += m_socket.readAll();
    if (m_input.size() > maxWaitingInput) {
        drop();
        Q_EMIT flooded(m_input.size());
        return;
    }
    // While an answer is given, further requests wait.
    if (m_answer < 0 && !m_input.isEmpty())
        readRequest();
}

void ClientTestConnection::readRequest()
{
    const qsizetype shown = m_head.size();
    const qsizetype waiting = m_input.size();
    m_head += m_input.left(std::max<qsizetype>(maxShownHead - shown, 0));
    const RequestParser::State state = m_parser.feed(m_input);
    if (state == RequestParser::State::Failed) {
        m_socket.write(encode(errorAnswer(m_parser.errorStatus())));
        m_isDropped = true;
        Q_EMIT malformed(m_head, m_parser.errorStatus());
        m_socket.disconnectFromHost();
        return;
    }
    // What follows is of the next request.
    m_head.truncate(shown + waiting - m_input.size());
    if (state == RequestParser::State::Continue)
        m_socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    else if (state == RequestParser::State::Complete)
        Q_EMIT requested(m_parser.takeRequest(), std::exchange(m_head, {}));
}

void ClientTestConnection::play(
    int answer, const ClientTestScript &script, AnswerEnd usualEnd, const QByteArray &moreFields)
{
    m_answer = answer;
    m_end = script.ending() == AnswerEnd::Usual ? usualEnd : script.ending();
    m_isByteByByte = script.isByteByByte();
    m_isEnding = false;
    m_steps = script.steps();
    for (auto &step : m_steps) {
        if (step.isHead)
            step.bytes += moreFields + "\r\n";
    }
    if (script.isChunked() && m_end == AnswerEnd::Clean)
        m_steps.append({.bytes = lastChunk});
    playOn();
}

void ClientTestConnection::playOn()
{
    while (!m_steps.isEmpty() && !m_pause.isActive()) {
        auto step = m_steps.takeFirst();
        const bool isRest = m_isByteByByte && step.bytes.size() > 1;
        send(isRest ? step.bytes.first(1) : step.bytes);
        // Writing can be what finds the connection gone.
        if (m_answer < 0)
            return;
        if (isRest) {
            step.bytes.remove(0, 1);
            m_steps.prepend(step);
            m_pause.start(betweenBytes);
        } else if (step.pause > 0ms || m_isByteByByte) {
            m_pause.start(step.pause > 0ms ? step.pause : std::chrono::milliseconds(betweenBytes));
        }
    }
    if (m_steps.isEmpty() && !m_pause.isActive())
        finish();
}

void ClientTestConnection::send(const QByteArray &bytes)
{
    if (bytes.isEmpty() || m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    m_socket.write(bytes);
    // Told before the flush, which can find the connection gone and end the answer.
    Q_EMIT sent(m_answer, bytes);
    m_socket.flush();
}

void ClientTestConnection::finish()
{
    if (m_isEnding || m_answer < 0)
        return;
    m_isEnding = true;
    switch (m_end) {
    case AnswerEnd::Reset:
        resetOnClose(m_socket.socketDescriptor());
        m_socket.abort();
        return;
    case AnswerEnd::KeptAlive:
        noteWritten();
        return;
    default:
        m_socket.disconnectFromHost();
    }
}

void ClientTestConnection::noteWritten()
{
    if (!m_isEnding || m_end != AnswerEnd::KeptAlive || m_socket.bytesToWrite() > 0)
        return;
    m_isEnding = false;
    Q_EMIT answerEnded(std::exchange(m_answer, -1), m_end);
    // A request may have come in the meantime.
    QMetaObject::invokeMethod(this, &ClientTestConnection::read, Qt::QueuedConnection);
}

void ClientTestConnection::noteDisconnected()
{
    if (m_isDropped) {
        deleteLater();
        return;
    }
    m_pause.stop();
    m_steps.clear();
    const int answer = std::exchange(m_answer, -1);
    deleteLater();
    if (m_isEnding && answer >= 0)
        Q_EMIT answerEnded(answer, m_end);
    else
        Q_EMIT closedByClient(answer);
}

} // namespace weir::publish
