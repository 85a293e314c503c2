// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/cuttingproxy.h"

#include <QTcpSocket>

#include <memory>

namespace weir::interop {

CuttingProxy::CuttingProxy(quint16 target, QObject *parent)
    : QTcpServer(parent)
    , m_target(target)
{
    connect(this, &QTcpServer::newConnection, this, &CuttingProxy::relay);
    listen(QHostAddress::LocalHost);
}

void CuttingProxy::cut()
{
    m_isCut = true;
    Q_EMIT cutNow();
}

void CuttingProxy::relay()
{
    while (auto *client = nextPendingConnection()) {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        if (m_isCut)
            client->abort();
        else
            connectPair(client);
    }
}

void CuttingProxy::connectPair(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
    connect(this, &CuttingProxy::cutNow, client, &QTcpSocket::abort);
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(server, &QTcpSocket::readyRead, client, [server, client] { client->write(server->readAll()); });
    const auto head = std::make_shared<QByteArray>();
    connect(client, &QTcpSocket::readyRead, server, [this, client, server, head] {
        *head += client->readAll();
        if (!head->contains("\r\n\r\n"))
            return;
        m_requests.append(*head);
        head->replace(":" + QByteArray::number(serverPort()) + "\r\n", ":" + QByteArray::number(m_target) + "\r\n");
        server->write(*head);
        head->clear();
    });
}

} // namespace weir::interop
