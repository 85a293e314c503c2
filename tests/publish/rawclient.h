// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QTcpSocket>

namespace weir::publish {

/// A client that sends exactly the bytes it is told and keeps exactly the bytes it gets.
class RawClient
{
public:
    explicit RawClient(quint16 port, const QByteArray &bytes = {});
    ~RawClient();

    void send(const QByteArray &bytes);
    QTcpSocket &socket() { return m_socket; }
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

    const QByteArray &received() const { return m_received; }
    bool hasHead() const { return m_received.contains("\r\n\r\n"); }
    int status() const;                              ///< of the first answer; 0 so far none
    QByteArray header(const QByteArray &name) const; ///< of the first answer; null if it has none
    QByteArray rawBody() const;                      ///< after the first head, with its framing
    QByteArray body() const;                         ///< without chunk framing
    bool hasEndChunk() const { return m_received.endsWith("\r\n0\r\n\r\n"); }

private:
    QByteArray m_received;
    QTcpSocket m_socket;
};

/// A well-formed GET with `headers` (whole lines).
QByteArray get(const QByteArray &path, const QByteArray &headers = {});

/// The payload of all complete chunks; a null array if the framing is wrong.
QByteArray dechunked(const QByteArray &bytes);

/// A blocking socket of the system that has asked for a stream, for what Qt's sockets do not show; the caller closes
/// it. Negative: no connection.
int askOnPlainSocket(quint16 port, const QByteArray &request);

} // namespace weir::publish
