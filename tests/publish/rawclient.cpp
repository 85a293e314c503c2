// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"

#include <QHostAddress>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace weir::publish {

RawClient::RawClient(quint16 port, const QByteArray &bytes)
{
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { m_received += m_socket.readAll(); });
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!bytes.isEmpty())
        send(bytes);
}

RawClient::~RawClient()
{
    // Closing reads what is left, and tells.
    m_socket.disconnect();
}

void RawClient::send(const QByteArray &bytes)
{
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.write(bytes);
    else
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this, bytes] { m_socket.write(bytes); });
}

int RawClient::status() const
{
    return hasHead() ? m_received.mid(9, 3).toInt() : 0;
}

QByteArray RawClient::header(const QByteArray &name) const
{
    const QByteArray head = m_received.left(m_received.indexOf("\r\n\r\n"));
    for (const QByteArray &line : head.split('\n')) {
        if (line.toLower().startsWith(name.toLower() + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

QByteArray RawClient::rawBody() const
{
    return hasHead() ? m_received.mid(m_received.indexOf("\r\n\r\n") + 4) : QByteArray();
}

QByteArray RawClient::body() const
{
    return header("Transfer-Encoding") == "chunked" ? dechunked(rawBody()) : rawBody();
}

QByteArray get(const QByteArray &path, const QByteArray &headers)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

QByteArray dechunked(const QByteArray &bytes)
{
    QByteArray payload("");
    qsizetype at = 0;
    while (true) {
        const qsizetype lineEnd = bytes.indexOf("\r\n", at);
        if (lineEnd < 0)
            return payload;
        bool isNumber = false;
        const qsizetype size = bytes.mid(at, lineEnd - at).toLongLong(&isNumber, 16);
        if (!isNumber)
            return {};
        if (bytes.size() < lineEnd + 4 + size)
            return payload;
        payload += bytes.mid(lineEnd + 2, size);
        if (bytes.mid(lineEnd + 2 + size, 2) != "\r\n")
            return {};
        at = lineEnd + 4 + size;
    }
}

int askOnPlainSocket(quint16 port, const QByteArray &request)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto *general = reinterpret_cast<const sockaddr *>(&address); // as connect(2) has it
    const bool hasAsked =
        ::connect(descriptor, general, sizeof address) == 0 &&
        ::send(descriptor, request.constData(), static_cast<std::size_t>(request.size()), 0) == request.size();
    if (hasAsked)
        return descriptor;
    ::close(descriptor);
    return -1;
}

} // namespace weir::publish
