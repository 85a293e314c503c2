// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/nginx.h"

#include "interop/peers.h"

#include <QFile>
#include <QTcpSocket>
#include <QTest>

namespace weir::interop {

using namespace Qt::StringLiterals;

namespace {

constexpr char nchan[] = R"(;
    location ~ ^/pub/(\w+)$ { nchan_publisher; nchan_channel_id $1; nchan_message_buffer_length 1000; nchan_message_timeout 5m; }
    location ~ ^/sub/(\w+)$ { nchan_subscriber eventsource; nchan_channel_id $1; }
)";

QByteArray configuration(const QByteArray &modules, quint16 port, const QByteArray &server)
{
    return modules + R"(
worker_processes 1;
daemon off;
pid nginx.pid;
error_log stderr;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:)" +
           QByteArray::number(port) + server + "  }\n}\n";
}

} // namespace

Nginx::Nginx()
    : Nginx("load_module " + module().toUtf8() + ";", nchan)
{}

Nginx::Nginx(const QByteArray &server)
    : Nginx(QByteArray(), server)
{}

Nginx::Nginx(const QByteArray &modules, const QByteArray &server)
    : m_port(freePort())
{
    QFile file(m_folder.filePath(u"nginx.conf"_s));
    if (file.open(QIODevice::WriteOnly))
        file.write(configuration(modules, m_port, server));
}

QString Nginx::module()
{
    return u"/usr/lib/nginx/modules/ngx_nchan_module.so"_s;
}

void Nginx::start()
{
    m_program.start(u"/usr/sbin/nginx"_s, {u"-p"_s, m_folder.path(), u"-c"_s, u"nginx.conf"_s});
}

bool Nginx::accepts() const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    return QTest::qWaitFor([&] { return socket.state() != QTcpSocket::ConnectingState; }, 1000) &&
           socket.state() == QTcpSocket::ConnectedState;
}

bool Nginx::publish(const QByteArray &channel, const QByteArray &body) const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    socket.write("POST /pub/" + channel + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " +
                 QByteArray::number(body.size()) + "\r\n\r\n" + body);
    (void)QTest::qWaitFor([&] { return socket.state() == QTcpSocket::UnconnectedState; }, 5000);
    return socket.readAll().startsWith("HTTP/1.1 20");
}

} // namespace weir::interop
