// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// Publishing by HTTP: with the token what is sent arrives, without it nothing does.
class HttpPublishTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void publishesAsCurlDoes();
    void publishesSeveral();
    void isOffByDefault();
    void refuses_data();
    void refuses();
    void publishesAllOrNothing();
    void asksForTheBodyWhenWanted();
    void doesNotAskForUnwantedBodies_data();
    void doesNotAskForUnwantedBodies();
    void keepsTheConnection();
    void readsChunkedBodies();
    void refusesLongChunkedBodies();
    void allowsPagesThatMayRead();
};

namespace {

PublisherSettings open()
{
    PublisherSettings settings;
    settings.publishToken = "secret-token";
    settings.maxPublishBytes = 1000;
    return settings;
}

const QByteArray authorization = "Authorization: Bearer secret-token\r\n";

QByteArray post(
    const QByteArray &target, const QByteArray &headers, const QByteArray &body, const char *method = "POST")
{
    return method + (' ' + target) +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers +
           "\r\n" + body;
}

QJsonObject answerOf(const RawClient &client)
{
    return QJsonDocument::fromJson(client.body()).object();
}

} // namespace

void HttpPublishTest::publishesAsCurlDoes()
{
    RunningPublisher publisher(open());
    RawClient reader(publisher.port(), get("/events"));
    QTRY_VERIFY(reader.hasHead());
    RawClient sender(publisher.port(),
        post("/events?type=greeting", authorization + "Content-Type: application/x-www-form-urlencoded\r\n", "hello"));
    QTRY_COMPARE(sender.status(), 200);
    QTRY_VERIFY(reader.body().endsWith("event: greeting\ndata: hello\n\n"));
    QCOMPARE(sender.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(answerOf(sender).value("published"_L1).toInt(), 1);
    const QByteArray id = answerOf(sender).value("id"_L1).toString().toUtf8();
    QVERIFY(!id.isEmpty());
    QVERIFY(reader.body().contains("id: " + id + "\n"));

    RawClient byPut(publisher.port(), post("/events", authorization, "again", "PUT"));
    QTRY_COMPARE(byPut.status(), 200);
    QTRY_VERIFY(reader.body().endsWith("data: again\n\n"));
}

void HttpPublishTest::publishesSeveral()
{
    RunningPublisher publisher(open());
    RawClient reader(publisher.port(), get("/events"));
    QTRY_VERIFY(reader.hasHead());
    RawClient sender(publisher.port(), post("/events", authorization + "Content-Type: application/x-ndjson\r\n",
                                           "{\"data\":1,\"id\":\"x\"}\n{\"comment\":\"c\"}\n{\"data\":2}\n"));
    QTRY_COMPARE(sender.status(), 200);
    const QJsonArray ids = answerOf(sender).value("ids"_L1).toArray();
    QCOMPARE(ids.size(), 3);
    QCOMPARE(ids.at(0).toString(), u"x"_s);
    QVERIFY(ids.at(1).isNull());
    QTRY_VERIFY2(reader.body().contains("id: x\ndata: 1\n\n: c\n\nid: "), reader.body().constData());
}

void HttpPublishTest::isOffByDefault()
{
    RunningPublisher publisher;
    RawClient sender(publisher.port(), post("/events", "Authorization: Bearer \r\n", "hello"));
    QTRY_COMPARE(sender.status(), 405);
    QCOMPARE(sender.header("Allow"), QByteArray("GET, HEAD, OPTIONS"));
}

void HttpPublishTest::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    row("no token", post("/events", {}, "x"), 401);
    row("other token", post("/events", "Authorization: Bearer secret-tokem\r\n", "x"), 401);
    row("shorter token", post("/events", "Authorization: Bearer secret\r\n", "x"), 401);
    row("longer token", post("/events", "Authorization: Bearer secret-token2\r\n", "x"), 401);
    row("empty token", post("/events", "Authorization: Bearer \r\n", "x"), 401);
    row("other scheme", post("/events", "Authorization: Basic secret-token\r\n", "x"), 401);
    row("two tokens", post("/events", authorization + authorization, "x"), 401);
    row("token in the query", post("/events?access_token=secret-token", {}, "x"), 401);
    row("unknown path", post("/none", authorization, "x"), 404);
    row("foreign host",
        "POST /events HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1\r\n" + authorization + "\r\nx", 421);
    row("too long", post("/events", authorization, QByteArray(1001, 'x')), 413);
    row("other type", post("/events", authorization + "Content-Type: image/png\r\n", "x"), 415);
    row("compressed", post("/events", authorization + "Content-Encoding: gzip\r\n", "abc"), 415);
    row("bad JSON", post("/events", authorization + "Content-Type: application/json\r\n", "{"), 400);
    row("line break in the type", post("/events?type=a%0Adata:%20b", authorization, "x"), 400);
    row("NUL in the id",
        post("/events", authorization + "Content-Type: application/json\r\n", "{\"data\":1,\"id\":\"\\u0000\"}"), 400);
    row("nothing to send", post("/events", authorization + "Content-Type: application/json\r\n", "{}"), 400);
    row("DELETE", post("/events", authorization, "x", "DELETE"), 405);
}

void HttpPublishTest::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RunningPublisher publisher(open());
    RawClient reader(publisher.port(), get("/events"));
    QTRY_VERIFY(reader.hasHead());
    RawClient sender(publisher.port(), request);
    QTRY_COMPARE(sender.status(), status);
    QTRY_COMPARE(sender.body().size(), sender.header("Content-Length").toInt());
    QVERIFY(sender.body().size() > 10); // says why
    QCOMPARE(sender.header("WWW-Authenticate").isNull(), status != 401);
    QCOMPARE(sender.header("Allow").isNull(), status != 405);
    publisher.publish("end");
    QTRY_VERIFY(reader.body().endsWith("data: end\n\n"));
    QCOMPARE(reader.body().count("data: "), 1);
    QVERIFY(!sender.received().contains("secret"));
}

void HttpPublishTest::publishesAllOrNothing()
{
    RunningPublisher publisher(open());
    RawClient reader(publisher.port(), get("/events"));
    QTRY_VERIFY(reader.hasHead());
    RawClient sender(publisher.port(), post("/events", authorization + "Content-Type: application/x-ndjson\r\n",
                                           "{\"data\":1}\n{\"data\":2,\"id\":\" x\"}\n"));
    QTRY_COMPARE(sender.status(), 400);
    QTRY_VERIFY2(sender.body().startsWith("message 2: "), sender.body().constData());
    publisher.publish("end");
    QTRY_VERIFY(reader.body().endsWith("data: end\n\n"));
    QCOMPARE(reader.body().count("data: "), 1);
}

void HttpPublishTest::asksForTheBodyWhenWanted()
{
    RunningPublisher publisher(open());
    RawClient sender(publisher.port(), post("/events", authorization + "Expect: 100-continue\r\n", "hello").chopped(5));
    QTRY_COMPARE(sender.received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    sender.send("hello");
    QTRY_VERIFY(sender.received().contains("\r\n\r\nHTTP/1.1 200 OK\r\n"));

    // Whoever sends the body at once does not wait for anything.
    RawClient eager(publisher.port(), post("/events", authorization + "Expect: 100-continue\r\n", "hello"));
    QTRY_COMPARE(eager.status(), 200);
}

void HttpPublishTest::doesNotAskForUnwantedBodies_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request.chopped(5) << status;
    };
    const QByteArray expect = "Expect: 100-continue\r\n";
    row("no token", post("/events", expect, "hello"), 401);
    row("unknown path", post("/none", authorization + expect, "hello"), 404);
    row("a stream", post("/events", expect, "hello", "DELETE"), 405);
    QTest::newRow("too long") << "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n" +
                                     authorization + expect + "\r\n"
                              << 413;
    QTest::newRow("unknown expectation") << "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n" +
                                                authorization + "Expect: the-unexpected\r\n\r\n"
                                         << 417;
}

void HttpPublishTest::doesNotAskForUnwantedBodies()
{
    QFETCH(QByteArray, head);
    QFETCH(int, status);
    RunningPublisher publisher(open());
    RawClient sender(publisher.port(), head);
    QTRY_COMPARE(sender.status(), status);
    QCOMPARE(sender.header("Connection"), QByteArray("close"));
    QTRY_VERIFY(sender.isClosed());
}

void HttpPublishTest::keepsTheConnection()
{
    RunningPublisher publisher(open());
    RawClient sender(publisher.port(), post("/events", authorization, "a") + post("/events", authorization, "b"));
    QTRY_COMPARE(sender.received().count("HTTP/1.1 200 OK"), 2);
    QVERIFY(!sender.isClosed());
}

void HttpPublishTest::readsChunkedBodies()
{
    RunningPublisher publisher(open());
    RawClient reader(publisher.port(), get("/events"));
    QTRY_VERIFY(reader.hasHead());
    RawClient sender(publisher.port());
    sender.send("POST /events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + authorization +
                "\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: t\r\n\r\n");
    QTRY_COMPARE(sender.status(), 200);
    QTRY_VERIFY(reader.body().endsWith("data: hello\n\n"));
}

void HttpPublishTest::refusesLongChunkedBodies()
{
    RunningPublisher publisher(open());
    RawClient sender(publisher.port());
    sender.send("POST /events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + authorization +
                "\r\n3e9\r\n" + QByteArray(1001, 'x'));
    QTRY_COMPARE(sender.status(), 413);
    QTRY_VERIFY(sender.isClosed());
}

void HttpPublishTest::allowsPagesThatMayRead()
{
    RunningPublisher publisher(open());
    const QByteArray ask = "OPTIONS /events HTTP/1.1\r\nHost: localhost\r\nAccess-Control-Request-Method: POST\r\n"
                           "Access-Control-Request-Headers: authorization,content-type\r\nOrigin: ";
    RawClient local(publisher.port(), ask + "http://localhost:9\r\n\r\n");
    QTRY_COMPARE(local.status(), 204);
    QVERIFY(local.header("Access-Control-Allow-Methods").contains("POST"));
    QVERIFY(local.header("Access-Control-Allow-Headers").contains("content-type"));
    RawClient foreign(publisher.port(), ask + "http://evil.example\r\n\r\n");
    QTRY_COMPARE(foreign.status(), 204);
    QVERIFY(foreign.header("Access-Control-Allow-Methods").isNull());
    // What a page may send without asking first lacks the token.
    RawClient simple(
        publisher.port(), post("/events", "Origin: http://localhost:9\r\nContent-Type: text/plain\r\n", "x"));
    QTRY_COMPARE(simple.status(), 401);
    QCOMPARE(simple.header("Access-Control-Allow-Origin"), QByteArray("http://localhost:9"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::HttpPublishTest)
#include "tst_httppublish.moc"
