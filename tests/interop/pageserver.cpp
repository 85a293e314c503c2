// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/pageserver.h"

#include <QJsonDocument>
#include <QTcpSocket>

#include <memory>

namespace weir::interop {

using namespace Qt::StringLiterals;

namespace {

QByteArray body(const QByteArray &request)
{
    const auto end = request.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : request.mid(end + 4);
}

bool isComplete(const QByteArray &request)
{
    const auto end = request.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const auto field = request.toLower().indexOf("content-length:");
    if (field < 0 || field > end)
        return true;
    const auto length = request.mid(field + 15, request.indexOf('\r', field) - field - 15).trimmed().toInt();
    return request.size() >= end + 4 + length;
}

} // namespace

PageServer::PageServer(QByteArray page, QObject *parent)
    : QTcpServer(parent)
    , m_page(std::move(page))
{
    connect(this, &QTcpServer::newConnection, this, &PageServer::serve);
    listen(QHostAddress::LocalHost);
}

QString PageServer::url() const
{
    return u"http://127.0.0.1:%1/"_s.arg(serverPort());
}

QList<QJsonObject> PageServer::reportsOf(const QString &kind) const
{
    QList<QJsonObject> found;
    for (const auto &report : m_reports) {
        if (report[u"kind"_s].toString() == kind)
            found.append(report);
    }
    return found;
}

void PageServer::serve()
{
    while (auto *socket = nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        const auto request = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, request] {
            *request += socket->readAll();
            if (isComplete(*request))
                answer(socket, *request);
        });
    }
}

void PageServer::answer(QTcpSocket *socket, const QByteArray &request)
{
    const bool isReport = request.startsWith("POST /report");
    if (isReport)
        m_reports.append(QJsonDocument::fromJson(body(request)).object());
    const auto content = request.startsWith("GET / ") ? m_page : QByteArray();
    socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: " +
                  QByteArray::number(content.size()) + "\r\n\r\n" + content);
    socket->disconnectFromHost();
}

} // namespace weir::interop
