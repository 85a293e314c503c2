// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// Methods, paths, negotiation, order of answers: everything about HTTP that is not a stream's content.
class ResponsesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void answers_data();
    void answers();
    void keepsConnections_data();
    void keepsConnections();
    void answersInOrder();
    void neverStartsASecondStream();
    void servesOneByteAtATime();
    void servesOwnPaths();
    void showsALandingPage();
    void streamsFromTheRoot();
};

void ResponsesTest::answers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    const QByteArray none;
    QTest::newRow("GET") << QByteArray("GET") << QByteArray("/events") << none << 200;
    QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray("/events") << none << 200;
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << QByteArray("/events") << none << 204;
    for (const char *method : {"POST", "PUT", "DELETE", "PATCH", "TRACE"})
        QTest::addRow("%s", method) << QByteArray(method) << QByteArray("/events") << none << 405;
    QTest::newRow("unknown path") << QByteArray("GET") << QByteArray("/none") << none << 404;
    QTest::newRow("HEAD unknown path") << QByteArray("HEAD") << QByteArray("/none") << none << 404;
    QTest::newRow("Accept") << QByteArray("GET") << QByteArray("/events") << QByteArray("Accept: text/*\r\n") << 200;
    QTest::newRow("Accept of something else")
        << QByteArray("GET") << QByteArray("/events") << QByteArray("Accept: application/json\r\n") << 406;
    QTest::newRow("long id") << QByteArray("GET") << QByteArray("/events")
                             << "Last-Event-ID: " + QByteArray(10'000, 'x') + "\r\n"
                             << 200;
    QTest::newRow("absolute form") << QByteArray("GET") << QByteArray("http://localhost:1/events") << none << 200;
    QTest::newRow("OPTIONS *") << QByteArray("OPTIONS") << QByteArray("*") << none << 204;
    QTest::newRow("dots") << QByteArray("GET") << QByteArray("/events/../events") << none << 404;
    QTest::newRow("two slashes") << QByteArray("GET") << QByteArray("//events") << none << 404;
    QTest::newRow("escaped") << QByteArray("GET") << QByteArray("/%65vents") << none << 200;
    QTest::newRow("8000 bytes") << QByteArray("GET") << "/" + QByteArray(7999, 'x') << none << 404;
    QTest::newRow("expectation") << QByteArray("GET") << QByteArray("/events") << QByteArray("Expect: tea\r\n") << 417;
    QTest::newRow("unwanted body") << QByteArray("POST") << QByteArray("/events")
                                   << QByteArray("Expect: 100-continue\r\n") << 405;
    QTest::newRow("upgrade") << QByteArray("GET") << QByteArray("/events")
                             << QByteArray("Connection: Upgrade\r\nUpgrade: websocket\r\n") << 200;
    QTest::newRow("query") << QByteArray("GET") << QByteArray("/events?a=b") << none << 200;
}

void ResponsesTest::answers()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    RunningPublisher publisher;
    RawClient client(publisher.port(), method + get(path, headers).mid(3));
    QTRY_COMPARE(client.status(), status);
    QVERIFY(!client.header("Date").isEmpty());
    if (status == 405 || status == 204)
        QCOMPARE(client.header("Allow"), QByteArray("GET, HEAD, OPTIONS"));
    if (status >= 400) {
        QVERIFY(client.header("Content-Type").startsWith("text/plain"));
        QVERIFY(client.header("Content-Length").toInt() > 0);
        if (method != "HEAD")
            QTRY_COMPARE(client.rawBody().size(), client.header("Content-Length").toInt());
    }
    if (method == "HEAD" || status == 204)
        QVERIFY(client.rawBody().isEmpty());
}

void ResponsesTest::keepsConnections_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("stays");
    const QByteArray head = "HEAD /events HTTP/1.1\r\nHost: localhost\r\n";
    QTest::newRow("HEAD") << head + "\r\n" << true;
    QTest::newRow("404") << get("/none") << true;
    QTest::newRow("a body is dropped") << get("/none", "Content-Length: 5\r\n") + "GET /" << true;
    QTest::newRow("HEAD, close") << head + "Connection: close\r\n\r\n" << false;
    QTest::newRow("404, close") << get("/none", "Connection: close\r\n") << false;
    QTest::newRow("1.0") << QByteArray("GET /none HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0, keep-alive") << QByteArray("GET /none HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
    QTest::newRow("after Expect") << get("/none", "Expect: 100-continue\r\n") << false;
}

void ResponsesTest::keepsConnections()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, stays);
    RunningPublisher publisher;
    RawClient client(publisher.port(), request);
    QTRY_VERIFY(client.hasHead());
    QCOMPARE(client.header("Connection") == "close", !stays);
    if (stays) {
        client.send("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_VERIFY(client.received().contains("HTTP/1.1 204 No Content"));
    } else {
        QTRY_VERIFY(client.isClosed());
    }
}

void ResponsesTest::answersInOrder()
{
    RunningPublisher publisher;
    const QByteArray host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    RawClient client(
        publisher.port(), "HEAD /events" + host + "OPTIONS /events" + host + "GET /none" + host + "GET /events" + host);
    QTRY_VERIFY(client.received().endsWith("3\r\n:\n\n\r\n"));
    QList<int> statuses;
    const QRegularExpression statusLine(QStringLiteral("HTTP/1\\.1 (\\d{3}) "));
    for (auto match = statusLine.globalMatch(QString::fromLatin1(client.received())); match.hasNext();)
        statuses.append(match.next().captured(1).toInt());
    QCOMPARE(statuses, (QList<int>{200, 204, 404, 200}));
    QTRY_COMPARE(publisher.clientCount(), 1);
}

void ResponsesTest::neverStartsASecondStream()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events") + get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    publisher.publish("x");
    QTRY_VERIFY(client.received().contains("data: x"));
    QCOMPARE(client.received().count("HTTP/1.1 200"), 1);
    QCOMPARE(client.received().count("data: x"), 1);
}

void ResponsesTest::servesOneByteAtATime()
{
    RunningPublisher publisher;
    RawClient client(publisher.port());
    client.socket().setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QTRY_COMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
    for (const char byte : get("/events")) {
        client.send(QByteArray(1, byte));
        client.socket().flush();
    }
    QTRY_COMPARE(client.status(), 200);
}

void ResponsesTest::servesOwnPaths()
{
    RunningPublisher publisher;
    QSignalSpy refused(&*publisher, &Publisher::refused);
    publisher->addChannel(QStringLiteral("/own/é"));
    for (const auto &path : {QStringLiteral("own"), QStringLiteral(""), QStringLiteral("//a"), QStringLiteral("/a?b"),
             QStringLiteral("/a b"), QStringLiteral("/a\r\nb")})
        publisher->addChannel(path);
    RawClient client(publisher.port(), get("/own/%C3%A9"));
    QTRY_COMPARE(client.status(), 200);
    QTRY_COMPARE(refused.size(), 6);
}

void ResponsesTest::showsALandingPage()
{
    RunningPublisher publisher;
    publisher->addChannel(QStringLiteral("/<i>&\""));
    RawClient client(publisher.port(), get("/", "Accept: text/html,*/*;q=0.8\r\n"));
    QTRY_VERIFY(client.received().contains("</html>"));
    QCOMPARE(client.status(), 200);
    QVERIFY(client.header("Content-Type").startsWith("text/html"));
    const QByteArray page = client.body();
    QVERIFY(page.contains("<option value=\"/events\">/events</option>"));
    QVERIFY(page.contains("/&lt;i&gt;&amp;&quot;"));
    QVERIFY(!page.contains("<i>"));
    QVERIFY(!page.contains("http://") && !page.contains("https://"));
    const QByteArray policy = client.header("Content-Security-Policy");
    QVERIFY(policy.startsWith("default-src 'none';") && !policy.contains("unsafe"));
    const qsizetype start = page.indexOf("<script>") + 8;
    const QByteArray script = page.mid(start, page.indexOf("</script>") - start);
    const QByteArray hash = QCryptographicHash::hash(script, QCryptographicHash::Sha256).toBase64();
    QVERIFY(script.contains("new EventSource") && policy.contains("'sha256-" + hash + "'"));
}

void ResponsesTest::streamsFromTheRoot()
{
    PublisherSettings settings;
    settings.paths = QStringList{QStringLiteral("/")};
    RunningPublisher publisher(settings);
    RawClient stream(publisher.port(), get("/", "Accept: text/event-stream\r\n"));
    RawClient page(publisher.port(), get("/", "Accept: text/html,*/*\r\n"));
    QTRY_COMPARE(stream.header("Content-Type"), QByteArray("text/event-stream"));
    QTRY_VERIFY(page.header("Content-Type").startsWith("text/html"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ResponsesTest)
#include "tst_responses.moc"
