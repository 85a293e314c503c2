// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/frameserver.h"

#include <QTcpSocket>

#include <memory>

namespace weir::interop {

using namespace Qt::StringLiterals;

namespace {

constexpr auto framesPage = R"(<!doctype html><meta charset="utf-8"><title>Frames</title><script>
const told = new EventSource('/told');
told.addEventListener('show', e => {
  const [number, page] = e.data.split(' ');
  const frame = document.createElement('iframe');
  frame.id = 'f' + number;
  frame.src = page;
  document.body.append(frame);
});
told.addEventListener('remove', e => {
  document.getElementById('f' + e.data)?.remove();
  setTimeout(() => fetch('/removed?' + e.data));
});
</script><body></body>)";

QByteArray head(const QByteArray &type)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n";
}

} // namespace

FrameServer::FrameServer(QObject *parent)
    : QTcpServer(parent)
{
    connect(this, &QTcpServer::newConnection, this, &FrameServer::serve);
    listen(QHostAddress::LocalHost);
}

QString FrameServer::url() const
{
    return u"http://127.0.0.1:%1/"_s.arg(serverPort());
}

QString FrameServer::command(const QString &page) const
{
    return u"sh \"%1/frame.sh\" %2 %3"_s.arg(QStringLiteral(WEIR_PEER_FILES), url(), page);
}

void FrameServer::serve()
{
    while (auto *socket = nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        const auto request = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, request] {
            const bool isAnswered = request->contains("\r\n\r\n");
            *request += socket->readAll();
            if (!isAnswered && request->contains("\r\n\r\n"))
                answer(socket, request->split(' ').value(1));
        });
    }
}

void FrameServer::answer(QTcpSocket *socket, const QByteArray &target)
{
    if (target.startsWith("/frame?")) {
        show(socket, target.mid(7));
    } else if (target == "/told") {
        m_browser = socket;
        connect(socket, &QObject::destroyed, this, [this, socket] {
            if (m_browser == socket)
                m_browser = nullptr;
        });
        socket->write(head("text/event-stream") + ": ready\n\n");
    } else if (target == "/settled") {
        m_waiting.append(socket);
        noteRemoved({});
    } else {
        if (target.startsWith("/removed?"))
            noteRemoved(target.mid(9));
        socket->write(head("text/html; charset=utf-8") + (target == "/" ? framesPage : ""));
        socket->disconnectFromHost();
    }
}

void FrameServer::show(QTcpSocket *request, const QByteArray &page)
{
    const auto number = QByteArray::number(++m_lastFrame);
    request->write(head("text/plain"));
    tell("show", number + ' ' + page);
    connect(request, &QTcpSocket::disconnected, this, [this, number] { remove(number); });
}

void FrameServer::remove(const QByteArray &number)
{
    m_leaving.insert(number);
    tell("remove", number);
}

void FrameServer::noteRemoved(const QByteArray &number)
{
    m_leaving.remove(number);
    if (!m_leaving.isEmpty())
        return;
    for (const auto &socket : std::as_const(m_waiting)) {
        if (!socket)
            continue;
        socket->write(head("text/plain"));
        socket->disconnectFromHost();
    }
    m_waiting.clear();
}

void FrameServer::tell(const QByteArray &type, const QByteArray &data)
{
    if (m_browser)
        m_browser->write("event: " + type + "\ndata: " + data + "\n\n");
}

} // namespace weir::interop
