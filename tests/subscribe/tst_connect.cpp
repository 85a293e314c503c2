// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers C01 … C48 name the rules for a connection. Elsewhere: C18 to C25 in tst_redirect, C26 to C31 in tst_ends
// and tst_routes, C32 to C37, C39, C44 and C47 in tst_body, C38 in tst_codings, C40 and C48 in tst_many, C43 in
// tst_requests, C46 in tst_attempts, C27 and C28 also in tst_settings.
#include "subscribe/watcher.h"

#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

/// The request that goes out, and which responses are taken for a stream.
class ConnectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void request();
    void userHeaders();
    void userLastEventId();
    void credentials();
    void openBeforeTheFirstByte();
    void openThenEvent();
    void headInPieces();
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void lastContentTypeCounts();
    void keepsTheBodysBeginning();
    void endlessRefusal();
    void noContentStops();
    void interimResponses();
    void defaultIdleTimeoutIsOff();
};

void ConnectTest::request()
{
    FaultServer server;
    server.on("/p", {Script::stream("data: x\n\n").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/p?q=1#f"));
    QTRY_COMPARE(server.requests().size(), 2);
    for (const Request &request : server.requests()) {
        QVERIFY2(request.raw.startsWith("GET /p?q=1 HTTP/1.1\r\n"), "C01");
        QCOMPARE(request.value("Host"), "127.0.0.1:" + QByteArray::number(server.serverPort()));
        QCOMPARE(request.values("Accept"), QList<QByteArray>{"text/event-stream"}); // C02
        QCOMPARE(request.values("Cache-Control"), QList<QByteArray>{"no-cache"});   // C03
        QVERIFY2(!request.has("Last-Event-ID"), "C04");
        QCOMPARE(request.values("Accept-Encoding"), QList<QByteArray>{"identity"}); // C05
        QVERIFY(request.value("User-Agent").startsWith("Weir/"));
        QVERIFY(!request.has("Authorization"));
    }
}

void ConnectTest::userHeaders()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n").finish(), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.headers = {
        {"X-One", "1"}, {"accept", "*/*"}, {"Cookie", "a=b"}, {"Cookie", "c=d"}, {"X-Two", "a"}, {"x-two", "b"}};
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 2);
    for (const Request &request : server.requests()) { // C41
        QCOMPARE(request.values("X-One"), QList<QByteArray>{"1"});
        QCOMPARE(request.values("Accept"), QList<QByteArray>{"*/*"});
        QCOMPARE(request.values("Cookie"), QList<QByteArray>{"a=b; c=d"});
        QCOMPARE(request.values("X-Two"), QList<QByteArray>{"a, b"});
    }
}

void ConnectTest::userLastEventId()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.lastEventId = "abc";
    watcher.watch(settings);
    QTRY_COMPARE(watcher.events().size(), 1);
    QCOMPARE(server.requests().first().value("Last-Event-ID"), QByteArray("abc")); // C42
    QCOMPARE(watcher.events().first().id, QByteArray("abc"));
}

void ConnectTest::credentials()
{
    FaultServer server;
    server.on("/", {Script::stream()});
    Watcher watcher;
    QUrl url = server.url("/");
    url.setUserName(u"user"_s);
    url.setPassword(u"pa ss"_s);
    watcher.watch(url);
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 1);
    const Request request = server.requests().first(); // C29
    QCOMPARE(request.value("Authorization"), "Basic " + QByteArray("user:pa ss").toBase64());
    QCOMPARE(request.target, QByteArray("/"));
    QVERIFY(!request.value("Host").contains("user"));
    for (const auto &status : watcher.statuses())
        QVERIFY(status.finalUrl.userInfo().isEmpty());
}

void ConnectTest::openBeforeTheFirstByte()
{
    FaultServer server;
    server.on("/", {Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open")); // C06
    QCOMPARE(watcher.last().cause, Cause::Accepted);
    QCOMPARE(watcher.last().httpStatus, 200);
    QCOMPARE(watcher.last().attempt, 1U);
    QCOMPARE(watcher.last().contentType, QByteArray("text/event-stream"));
    QCOMPARE(watcher.events().size(), 0);
}

void ConnectTest::openThenEvent()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"}); // C07
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open"));
    const store::Snapshot snapshot = watcher.log().snapshot();
    QCOMPARE(snapshot.at({2}).kind(), store::Kind::Connection);
    QCOMPARE(snapshot.at({2}).connection().state, ConnectionState::Open);
    QCOMPARE(snapshot.at({3}).kind(), store::Kind::Event);
}

void ConnectTest::headInPieces()
{
    FaultServer server;
    const QByteArray response = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n";
    server.on("/", {Script().sendInPieces(response)});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"}); // C08
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open"));
}

void ConnectTest::accepts_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type : {"text/event-stream;charset=utf-8", "Text/Event-Stream", "text/event-stream;",
             " text/event-stream ; x=y", "text/event-stream;charset=windows-1252"})
        QTest::newRow(type) << QByteArray(type);
}

void ConnectTest::accepts()
{
    QFETCH(QByteArray, type);
    FaultServer server;
    server.on("/", {Script().send("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\ndata:ok\xe2\x80\xa6\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"ok\xe2\x80\xa6"}); // C09, C10
}

void ConnectTest::refuses_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isStrict");
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<QString>("words");
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: ";
    for (const char *type : {"x bogus", "text/x-bogus", "text/plain", "application/json", "text/event-streamx",
             "application/x-text/event-stream", "application/json; note=\"text/event-stream\""})
        QTest::addRow("C11 C12 %s", type) << ok + type + "\r\n"
                                          << false << Cause::WrongContentType << QString::fromLatin1(type);
    QTest::newRow("C11 empty") << ok + "\r\n" << false << Cause::MissingContentType << u"content type"_s;
    QTest::newRow("C11 absent") << QByteArray("HTTP/1.1 200 OK\r\n") << false << Cause::MissingContentType
                                << u"content type"_s;
    QTest::newRow("C38 compress") << ok + "text/event-stream\r\nContent-Encoding: compress\r\n"
                                  << false << Cause::ContentEncodingUnsupported << u"compress"_s;
    const QByteArray type = "\r\nContent-Type: text/event-stream\r\n";
    for (const char *status : {"201 Created", "202 Accepted", "203 Odd", "205 Reset", "206 Partial", "210 Odd",
             "299 Odd", "300 Choose", "401 No", "403 Never", "404 Not Found", "410 Gone"})
        QTest::addRow("C14 C15 C16 %s", status) << "HTTP/1.1 " + QByteArray(status) + type << false
                                                << Cause::StatusRefused << u"status "_s + QString::fromLatin1(status);
    QTest::newRow("C16 407 Proxy") << "HTTP/1.1 407 Proxy" + type << false << Cause::ProxyAuthentication << u"proxy"_s;
    for (const char *status : {"408 Slow", "425 Early", "429 Many", "500 Broken", "502 Bad", "503 Busy", "504 Late"})
        QTest::addRow("D4 strict %s", status) << "HTTP/1.1 " + QByteArray(status) + type << true
                                              << Cause::StatusTemporary << u"status "_s + QString::fromLatin1(status);
}

void ConnectTest::refuses()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, isStrict);
    QFETCH(Cause, cause);
    QFETCH(QString, words);
    FaultServer server;
    server.on("/", {Script().send(head + "\r\ndata: data\n\n").finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isStrict = isStrict;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.last().cause, cause);
    QVERIFY2(subscribe::text(watcher.last()).contains(words), qPrintable(subscribe::text(watcher.last())));
    const QDeadlineTimer longEnough(60ms);
    QTRY_VERIFY(longEnough.hasExpired());
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(watcher.events().size(), 0);
    QCOMPARE(watcher.count(ConnectionState::Closed), 1);
}

void ConnectTest::lastContentTypeCounts()
{
    FaultServer server;
    const auto twoTypes = [](const QByteArray &first, const QByteArray &second) {
        return Script().send("HTTP/1.1 200 OK\r\nContent-Type: " + first + "\r\nContent-Type: " + second + "\r\n\r\n");
    };
    server.on("/good", {twoTypes("text/plain", "text/event-stream")});
    server.on("/bad", {twoTypes("text/event-stream", "text/plain").finish()});
    Watcher good;
    good.watch(server.url("/good"));
    QTRY_COMPARE(good.states(), QByteArray("connecting open")); // C13
    Watcher bad;
    bad.watch(server.url("/bad"));
    QTRY_COMPARE(bad.states(), QByteArray("connecting closed"));
}

void ConnectTest::keepsTheBodysBeginning()
{
    FaultServer server;
    const QByteArray page = "<h1>No</h1>" + QByteArray(100000, 'x');
    server.on("/", {Script::response("403 Forbidden", "Content-Type: text/html\r\n", page)});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().bodyExcerpt, page.left(64 * 1024)); // C16
    QCOMPARE(watcher.log().ledger().bytesReceived, 0U);
}

void ConnectTest::endlessRefusal()
{
    FaultServer server;
    server.on("/", {Script().send("HTTP/1.1 404 No\r\n\r\n").send("it says").awaitGo()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().bodyExcerpt, QByteArray("it says"));
    QTRY_COMPARE(server.openCount(), 0);
}

void ConnectTest::noContentStops()
{
    FaultServer server;
    server.on("/", {Script().send("HTTP/1.1 204 No Content\r\n\r\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.last().cause, Cause::StatusNoContent);
    const QDeadlineTimer longEnough(100ms);
    QTRY_VERIFY(longEnough.hasExpired());
    QCOMPARE(server.requests().size(), 1); // C17
}

void ConnectTest::interimResponses()
{
    FaultServer server;
    const QByteArray good = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    server.on("/100", {Script().send("HTTP/1.1 100 Continue\r\n\r\n" + good)});
    server.on("/103", {Script().send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + good), Script::stream()});
    Watcher hundred;
    hundred.watch(server.url("/100"));
    QTRY_COMPARE(hundred.states(), QByteArray("connecting open")); // C37
    Watcher early;
    early.watch(server.url("/103"));
    QTRY_COMPARE(early.last().state, ConnectionState::Open);
#if QT_VERSION < QT_VERSION_CHECK(6, 7, 0)
    QCOMPARE(early.states(), QByteArray("connecting waiting connecting open"));
    QCOMPARE(early.first(ConnectionState::Waiting).cause, Cause::InterimResponse);
#endif
}

void ConnectTest::defaultIdleTimeoutIsOff()
{
    QCOMPARE(SubscriptionSettings().idleTimeout, 0ms); // C45
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ConnectTest)
#include "tst_connect.moc"
