// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// What a connected client gets: head, first bytes, framing, events, heartbeats.
class StreamsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void beginsAtOnce();
    void encodes_data();
    void encodes();
    void refuses_data();
    void refuses();
    void framesOneChunkPerEvent();
    void servesHttp10();
    void sendsRetryFirst();
    void beatsWhenIdle();
    void doesNotBeatWhenBusy();
    void tellsIds();
    void namesClients_data();
    void namesClients();
    void serves100ClientsAlike();
    void listensOnIPv6();
};

void StreamsTest::beginsAtOnce()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events", "Accept-Encoding: gzip\r\n"));
    QTRY_COMPARE(client.rawBody(), QByteArray("3\r\n:\n\n\r\n"));
    QVERIFY(client.received().startsWith("HTTP/1.1 200 OK\r\n"));
    QCOMPARE(client.header("Content-Type"), QByteArray("text/event-stream"));
    QCOMPARE(client.header("Cache-Control"), QByteArray("no-cache, no-store, no-transform"));
    QCOMPARE(client.header("X-Accel-Buffering"), QByteArray("no"));
    QCOMPARE(client.header("Transfer-Encoding"), QByteArray("chunked"));
    for (const char *absent : {"Content-Length", "Content-Encoding", "Access-Control-Allow-Origin"})
        QVERIFY2(client.header(absent).isNull(), absent);
    const QRegularExpression date(
        QStringLiteral("^[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT$"));
    QVERIFY(date.match(QString::fromLatin1(client.header("Date"))).hasMatch());
}

void StreamsTest::encodes_data()
{
    QTest::addColumn<Publication>("publication");
    QTest::addColumn<QByteArray>("block");
    const auto row = [](const char *name, const sse::Message &message, bool automaticId, const QByteArray &block) {
        QTest::newRow(name) << Publication{QStringLiteral("/events"), message, automaticId} << block;
    };
    row("type, id, data", {"t", "7", "x", {}, {}}, true, "id: 7\nevent: t\ndata: x\n\n");
    row("line ends", {{}, {}, "several\nlines\rwith\r\neol", {}, {}}, false,
        "data: several\ndata: lines\ndata: with\ndata: eol\n\n");
    row("empty data", {{}, {}, "", {}, {}}, false, "data: \n\n");
    row("empty id", {{}, "", "x", {}, {}}, true, "id: \ndata: x\n\n");
    row("only a comment", {{}, {}, {}, {}, "c"}, true, ": c\n\n");
    row("only retry", {{}, {}, {}, std::chrono::milliseconds(5), {}}, true, "retry: 5\n\n");
}

void StreamsTest::encodes()
{
    QFETCH(Publication, publication);
    QFETCH(QByteArray, block);
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.body(), QByteArray(":\n\n"));
    publisher->publish(publication);
    QTRY_COMPARE(client.body(), ":\n\n" + block);
}

void StreamsTest::refuses_data()
{
    QTest::addColumn<Publication>("publication");
    const auto row = [](const char *name, const sse::Message &message,
                         const QString &path = QStringLiteral("/events")) {
        QTest::newRow(name) << Publication{path, message, true};
    };
    row("line break in the type", {"x\ndata: injected\n\n", {}, "x", {}, {}});
    row("CR in the id", {{}, "1\rdata: injected", "x", {}, {}});
    row("NUL in the id", {{}, std::string("a\0b", 3), "x", {}, {}});
    row("space around the id", {{}, " a", "x", {}, {}});
    row("negative time", {{}, {}, "x", std::chrono::milliseconds(-1), {}});
    row("nothing to send", {});
    row("no path", {{}, {}, "x", {}, {}}, QStringLiteral("events"));
}

void StreamsTest::refuses()
{
    QFETCH(Publication, publication);
    RunningPublisher publisher;
    QSignalSpy refused(&*publisher, &Publisher::refused);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.body(), QByteArray(":\n\n"));
    publisher->publish(publication);
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(!refused.at(0).at(0).toString().isEmpty());
    publisher->publish(Publication{QStringLiteral("/events"), {{}, {}, "next", {}, {}}, false});
    QTRY_COMPARE(client.body(), QByteArray(":\n\ndata: next\n\n"));
}

void StreamsTest::framesOneChunkPerEvent()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.status(), 200);
    for (int i = 0; i < 3; ++i)
        publisher->publish(Publication{QStringLiteral("/events"), {{}, {}, "0123456789", {}, {}}, false});
    QTRY_COMPARE(client.rawBody(), "3\r\n:\n\n\r\n" + QByteArray("12\r\ndata: 0123456789\n\n\r\n").repeated(3));
}

void StreamsTest::servesHttp10()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), "GET /events HTTP/1.0\r\n\r\n");
    QTRY_COMPARE(client.rawBody(), QByteArray(":\n\n"));
    QVERIFY(client.header("Transfer-Encoding").isNull());
    QCOMPARE(client.header("Connection"), QByteArray("close"));
    publisher->publish(Publication{QStringLiteral("/events"), {{}, {}, "x", {}, {}}, false});
    QTRY_COMPARE(client.rawBody(), QByteArray(":\n\ndata: x\n\n"));
    publisher->stop();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.rawBody(), QByteArray(":\n\ndata: x\n\n"));
}

void StreamsTest::sendsRetryFirst()
{
    PublisherSettings settings;
    settings.retry = std::chrono::milliseconds(1500);
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.body(), QByteArray("retry: 1500\n\n:\n\n"));
}

void StreamsTest::beatsWhenIdle()
{
    PublisherSettings settings;
    settings.heartbeat = std::chrono::milliseconds(30);
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.body().size() >= 15);
    QCOMPARE(client.body(), QByteArray(":\n\n").repeated(client.body().size() / 3));
}

void StreamsTest::doesNotBeatWhenBusy()
{
    PublisherSettings settings;
    settings.heartbeat = std::chrono::milliseconds(2000);
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.status(), 200);
    Publisher::GeneratorSettings generator;
    generator.eventsPerSecond = 50;
    generator.count = 140;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator(generator);
    QVERIFY(finished.wait()); // longer than the interval
    QTRY_COMPARE(client.body().count("data: "), 140);
    QCOMPARE(client.body().count(":\n\n"), 1);
}

void StreamsTest::tellsIds()
{
    RunningPublisher publisher;
    RawClient first(publisher.port(), get("/events"));
    RawClient second(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    const QByteArray id = publisher.publish("x");
    QVERIFY(QRegularExpression(QStringLiteral("^[0-9a-f]{6}-1$")).match(QString::fromLatin1(id)).hasMatch());
    QTRY_VERIFY(first.body().contains("id: " + id + "\ndata: x\n\n"));
    QTRY_COMPARE(second.body(), first.body());
    QTRY_COMPARE(publisher.clients().at(0).eventsSent, 1u);
    const ClientStatus status = publisher.clients().at(0);
    QCOMPARE(status.path, QStringLiteral("/events"));
    QVERIFY(status.address.startsWith(u"127.0.0.1:"));
    QVERIFY(status.bytesSent > 0 && status.bytesQueued == 0 && status.since.isValid());
}

void StreamsTest::namesClients_data()
{
    QTest::addColumn<QHostAddress>("server");
    QTest::addColumn<QHostAddress>("client");
    QTest::addColumn<QString>("name");
    const QHostAddress ipv4(QHostAddress::LocalHost);
    const QHostAddress ipv6(QHostAddress::LocalHostIPv6);
    const QHostAddress all(QHostAddress::Any);
    QTest::newRow("IPv4") << ipv4 << ipv4 << QStringLiteral("127.0.0.1:%1");
    QTest::newRow("IPv4 by a socket for both") << all << ipv4 << QStringLiteral("127.0.0.1:%1");
    QTest::newRow("IPv6") << ipv6 << ipv6 << QStringLiteral("[::1]:%1");
}

void StreamsTest::namesClients()
{
    QFETCH(QHostAddress, server);
    QFETCH(QHostAddress, client);
    QFETCH(QString, name);
    PublisherSettings settings;
    settings.address = server;
    RunningPublisher publisher(settings);
    QTcpSocket socket;
    socket.connectToHost(client, publisher.port());
    socket.write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(publisher.clientCount(), 1);
    QCOMPARE(publisher.clients().at(0).address, name.arg(socket.localPort()));
}

void StreamsTest::serves100ClientsAlike()
{
    RunningPublisher publisher;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i)
        clients.push_back(std::make_unique<RawClient>(publisher.port(), get("/events")));
    QTRY_COMPARE(publisher.clientCount(), 100);
    const QByteArray data(1024, 'x');
    const QByteArray id = publisher.publish(data);
    const QByteArray expected = ":\n\nid: " + id + "\ndata: " + data + "\n\n";
    for (const auto &client : clients)
        QTRY_COMPARE(client->body(), expected);
}

void StreamsTest::listensOnIPv6()
{
    RunningPublisher publisher;
    QTcpSocket socket;
    QSignalSpy connected(&socket, &QTcpSocket::connected);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), publisher.port());
    QTRY_VERIFY(connected.size() == 1 || socket.state() == QAbstractSocket::UnconnectedState);
    if (socket.error() == QAbstractSocket::NetworkError ||
        socket.error() == QAbstractSocket::UnsupportedSocketOperationError)
        QSKIP("no IPv6 here");
    QCOMPARE(connected.size(), 1);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::StreamsTest)
#include "tst_streams.moc"
