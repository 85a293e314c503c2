// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultconnection.h"

#include <QTcpSocket>

#include <sys/socket.h>

#include <utility>

namespace weir::test {

namespace {

/// Floods keep this much in the socket's own buffer, so that there is always something to send.
constexpr qint64 floodAhead = 256 * 1024;

void resetConnection(QTcpSocket *socket)
{
    const linger immediately{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &immediately, sizeof immediately);
    socket->abort();
}

} // namespace

FaultConnection::FaultConnection(FaultServer &server, QTcpSocket *socket, int number)
    : QObject(&server)
    , m_server(server)
    , m_socket(socket)
    , m_number(number)
{
    socket->setParent(this);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &FaultConnection::resume);
    connect(socket, &QTcpSocket::readyRead, this, &FaultConnection::read);
    connect(socket, &QTcpSocket::bytesWritten, this, [this](qint64 bytes) {
        m_server.m_bytesTaken += bytes;
        feedFlood();
    });
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
}

void FaultConnection::go()
{
    if (std::exchange(m_isWaiting, false))
        resume();
}

void FaultConnection::drop(bool withReset)
{
    m_steps.clear();
    if (withReset)
        resetConnection(m_socket);
    else
        m_socket->disconnectFromHost();
}

void FaultConnection::read()
{
    m_input += m_socket->readAll();
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (m_isPlaying || end < 0)
        return;
    Request request = parse(m_input.left(end + 4));
    const qsizetype bodySize = request.value("Content-Length").toLongLong();
    if (m_input.size() < end + 4 + bodySize)
        return;
    request.body = m_input.mid(end + 4, bodySize);
    m_input.remove(0, end + 4 + bodySize);
    if (const auto *tls = qobject_cast<QSslSocket *>(m_socket); tls && !tls->peerCertificate().isNull())
        request.clientCertificate = tls->peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u' ').toUtf8();
    m_steps = m_server.scriptFor(request.target).m_steps;
    m_isPlaying = true;
    m_server.note(request);
    play();
}

void FaultConnection::play()
{
    while (!m_steps.isEmpty() && !m_isWaiting && !m_pause.isActive() && m_flood.isEmpty())
        perform(m_steps.takeFirst());
    if (m_steps.isEmpty() && !m_isWaiting && !m_pause.isActive())
        m_isPlaying = false;
}

void FaultConnection::perform(const Script::Step &step)
{
    switch (step.action) {
    case Script::Do::Send:
        m_socket->write(step.bytes);
        m_socket->flush();
        break;
    case Script::Do::Pause:
        m_pause.start(step.time);
        break;
    case Script::Do::Await:
        m_isWaiting = true;
        break;
    case Script::Do::Finish:
        m_socket->disconnectFromHost();
        break;
    case Script::Do::Reset:
        resetConnection(m_socket);
        break;
    case Script::Do::Flood:
        m_flood = step.bytes;
        feedFlood();
        break;
    }
}

void FaultConnection::resume()
{
    play();
}

void FaultConnection::feedFlood()
{
    while (!m_flood.isEmpty() && m_socket->isOpen() && m_socket->bytesToWrite() < floodAhead)
        m_socket->write(m_flood);
}

Request FaultConnection::parse(const QByteArray &head) const
{
    Request request;
    request.raw = head;
    request.connection = m_number;
    const QList<QByteArray> lines = head.left(head.size() - 4).split('\n');
    const QList<QByteArray> first = lines.constFirst().trimmed().split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        request.fields.append({lines[i].left(colon), lines[i].mid(colon + 1).trimmed()});
    }
    return request;
}

} // namespace weir::test
