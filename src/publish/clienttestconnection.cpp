// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestconnection.h"

#include "publish/responsehead.h"
#include "publish/socketoptions.h"

#include <utility>

namespace weir::publish {

namespace {

using namespace std::chrono_literals;

constexpr auto betweenBytes = 2ms;
constexpr auto lastChunk = "0\r\n\r\n";
constexpr qsizetype maxShownHead = 64 << 10;

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
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
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
    const QByteArray bytes = m_socket.readAll();
    m_input += bytes;
    if (m_head.size() < maxShownHead)
        m_head += bytes;
    // While an answer is given, further requests wait.
    if (m_answer >= 0 || m_input.isEmpty())
        return;
    switch (m_parser.feed(m_input)) {
    case RequestParser::State::NeedMore:
        break;
    case RequestParser::State::Continue:
        m_socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        break;
    case RequestParser::State::Failed:
        m_socket.write(encode(errorAnswer(m_parser.errorStatus())));
        m_isDropped = true;
        Q_EMIT malformed(m_head, m_parser.errorStatus());
        m_socket.disconnectFromHost();
        break;
    case RequestParser::State::Complete: {
        const QByteArray head = std::exchange(m_head, m_input);
        Q_EMIT requested(m_parser.takeRequest(), head.first(head.size() - m_input.size()));
        break;
    }
    }
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
