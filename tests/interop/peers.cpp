// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/peers.h"

#include "support/testcertificate.h"

#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <numeric>

namespace weir::interop {

using namespace Qt::StringLiterals;

namespace {

QList<QJsonObject> objects(const QList<QByteArray> &lines, qsizetype from = 0)
{
    QList<QJsonObject> result;
    for (const auto &line : lines)
        result.append(QJsonDocument::fromJson(line.mid(from)).object());
    return result;
}

void writeFile(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

} // namespace

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool isServed(quint16 port)
{
    return QTest::qWaitFor(
        [port] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
            (void)QTest::qWaitFor([&] { return socket.state() != QTcpSocket::ConnectingState; }, 1000);
            return socket.state() == QTcpSocket::ConnectedState;
        },
        20000);
}

QString peerFile(const QString &name)
{
    return QStringLiteral(WEIR_PEER_FILES "/") + name;
}

QString python()
{
    return u"/usr/bin/python3"_s;
}

QString lackingModules(const QStringList &modules)
{
    if (const auto missing = lacking({python()}, false); !missing.isEmpty())
        return missing;
    Program probe;
    probe.start(python(), {u"-c"_s, u"import "_s + modules.join(u", "_s)});
    (void)QTest::qWaitFor([&] { return probe.hasEnded(); }, 20000);
    return probe.exitStatus() == 0 ? QString()
                                   : u"lacks Python's %1: run tests/run --interop"_s.arg(modules.join(u" or "_s));
}

bool Server::serve(const QString &program, const QStringList &arguments)
{
    start(program, arguments);
    if (!QTest::qWaitFor([this] { return hasEnded() || !linesWith("port ").isEmpty(); }, 20000) || hasEnded())
        return false;
    m_port = linesWith("port ").first().mid(5).trimmed().toUShort();
    return m_port != 0;
}

QString Server::url(const QString &pathAndQuery, const QString &scheme) const
{
    return u"%1://127.0.0.1:%2%3"_s.arg(scheme).arg(m_port).arg(pathAndQuery);
}

QList<QJsonObject> Server::requests() const
{
    return objects(linesWith("request "), 8);
}

CertificateFiles::CertificateFiles()
{
    writeFile(certificate(), test::testCertificate().toPem());
    writeFile(key(), test::testKey().toPem());
}

void Watch::watch(const QStringList &arguments)
{
    start(QStringLiteral(WEIR_PROGRAM), QStringList(u"watch"_s) + arguments);
}

QList<QJsonObject> Watch::events() const
{
    return objects(linesWith("\"kind\":\"event\""));
}

QList<QJsonObject> Watch::states() const
{
    return objects(linesWith("\"state\":\""));
}

QList<int> Watch::numbers() const
{
    QList<int> numbers;
    for (const auto &event : events())
        numbers.append(QJsonDocument::fromJson(event[u"data"_s].toString().toUtf8()).object()[u"n"_s].toInt());
    return numbers;
}

qsizetype Watch::arrivals() const
{
    QSet<QString> times;
    for (const auto &event : events())
        times.insert(event[u"time"_s].toString());
    return times.size();
}

QByteArray Watch::said() const
{
    return errors() + lines().join('\n');
}

QList<int> upTo(int count)
{
    QList<int> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

} // namespace weir::interop
