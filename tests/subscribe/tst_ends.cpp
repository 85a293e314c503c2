// SPDX-License-Identifier: GPL-3.0-or-later
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

/// Failures, and what the user asks for: C26 to C31, C46, R27 to R37.
class EndsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void refusedConnectionBacksOff();
    void hostNotFound();
    void lostBeforeTheHead_data();
    void lostBeforeTheHead();
    void lostWhileOpen();
    void lostTogetherWithTheData();
    void headerDeadline();
    void invalidSettings_data();
    void invalidSettings();
    void temporaryStatus();
    void finalStatusOnReconnect_data();
    void finalStatusOnReconnect();
    void captivePortal_data();
    void captivePortal();
    void reconnectDisabled();
    void disconnectBeforeTheHead();
    void disconnectWhileOpen();
    void disconnectWhileWaiting();
    void reconnectNowWhileOpen();
    void reconnectNowWhileWaiting();
    void removed();
    void newSettingsAtTheNextAttempt();

private:
    static void passTime()
    {
        const QDeadlineTimer enough(120ms);
        QTRY_VERIFY(enough.hasExpired());
    }
};

void EndsTest::refusedConnectionBacksOff()
{
    FaultServer server;
    const QUrl url = server.url("/");
    server.stopListening();
    Watcher watcher;
    watcher.watch(url);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) >= 6); // C26, R31, R35
    QVERIFY(watcher.states().startsWith("connecting waiting connecting waiting connecting waiting connecting waiting"));
    QList<std::chrono::milliseconds> delays;
    for (const auto &status : watcher.statuses()) {
        if (status.state != ConnectionState::Waiting)
            continue;
        QCOMPARE(status.cause, Cause::ConnectionRefused);
        QCOMPARE(status.attempt, static_cast<std::uint32_t>(delays.size()) + 1); // C46
        QVERIFY(status.retryDelay >= 20ms && status.retryDelay <= 200ms);
        delays.append(status.retryDelay);
    }
    QVERIFY(delays[2] >= 2 * 20ms * 2);
    QVERIFY(delays[5] >= delays[0]);
}

void EndsTest::hostNotFound()
{
    Watcher watcher;
    watcher.watch(QUrl(u"http://no-such-host.invalid/"_s));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::HostNotFound);
}

void EndsTest::lostBeforeTheHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isReset");
    QTest::newRow("FIN") << QByteArray() << false;
    QTest::newRow("RST") << QByteArray() << true;
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nConte") << false;
}

void EndsTest::lostBeforeTheHead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isReset);
    FaultServer server;
    Script script = Script().send(bytes);
    server.on("/", {isReset ? script.reset() : script.finish()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) >= 2);
    QVERIFY(watcher.states().startsWith("connecting waiting connecting waiting"));
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::ConnectionLost);
    QVERIFY2(
        watcher.first(ConnectionState::Waiting).hiddenResends > 0, "the network library sends GET again by itself");
}

void EndsTest::lostWhileOpen()
{
    FaultServer server;
    server.on("/",
        {Script::stream("8\r\ndata: x\n\r\n", "Transfer-Encoding: chunked\r\n").awaitGo().reset(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(server.waitingCount(), 1);
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 1);
    server.go();
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open waiting connecting open")); // R35
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::ConnectionLost);
    QCOMPARE(server.requests().size(), 2);
}

void EndsTest::lostTogetherWithTheData()
{
    FaultServer server;
    server.on("/", {Script::stream("18\r\nid: 7\ndata: x\n\ndata: cut\r\n", "Transfer-Encoding: chunked\r\n").finish(),
                       Script::stream("id: 8\ndata: y\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open waiting connecting open"));
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::ConnectionLost);
    QCOMPARE(watcher.first(ConnectionState::Waiting).hiddenResends, 0);
    // Not the same request again, which would not say where the stream goes on.
    QTRY_COMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests().last().value("Last-Event-ID"), QByteArray("7"));
}

void EndsTest::headerDeadline()
{
    FaultServer server;
    server.on("/", {Script().awaitGo()});
    server.on("/401", {Script().send("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\n\r\nendless").awaitGo()});
    for (const char *path : {"/", "/401"}) {
        Watcher watcher;
        SubscriptionSettings settings = Watcher::quick(server.url(path));
        settings.headerDeadline = 100ms;
        watcher.watch(settings);
        QTRY_VERIFY(watcher.count(ConnectionState::Waiting) >= 2);
        QVERIFY(watcher.states().startsWith("connecting waiting connecting waiting"));
        QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::NoResponseInTime);
    }
    QTRY_COMPARE(server.openCount(), 0);
}

void EndsTest::invalidSettings_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("C27 ftp") << u"ftp://h/"_s << QByteArray();
    QTest::newRow("C27 about") << u"about:blank"_s << QByteArray();
    QTest::newRow("no URL") << QString() << QByteArray();
    QTest::newRow("header injection") << u"http://127.0.0.1:1/"_s << QByteArray("a\r\nInjected: 1");
}

void EndsTest::invalidSettings()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, value);
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(url));
    settings.headers = {{"X-Test", value}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.last().cause, Cause::InvalidSettings);
    QVERIFY(!watcher.last().detail.isEmpty());
}

void EndsTest::temporaryStatus()
{
    FaultServer server;
    server.on("/", {Script::response("503 Busy", "Retry-After: 1\r\n", "<h1>later</h1>"), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0); // R29
    const auto waiting = watcher.first(ConnectionState::Waiting);
    QCOMPARE(waiting.cause, Cause::StatusTemporary);
    QCOMPARE(waiting.retryDelay, 1000ms);
    QCOMPARE(waiting.bodyExcerpt, QByteArray("<h1>later</h1>"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 1);
    QVERIFY(server.requests()[1].arrivalMs - server.requests()[0].arrivalMs >= 998);
}

void EndsTest::finalStatusOnReconnect_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("isStrict");
    for (const char *status : {"204 No Content", "404 Not Found", "410 Gone"}) {
        QTest::addRow("R27 R28 %s", status) << QByteArray(status) << false;
        QTest::addRow("R27 R28 strict %s", status) << QByteArray(status) << true;
    }
    QTest::newRow("R29 strict 503") << QByteArray("503 Busy") << true;
}

void EndsTest::finalStatusOnReconnect()
{
    QFETCH(QByteArray, status);
    QFETCH(bool, isStrict);
    FaultServer server;
    server.on("/", {Script::stream("data: opened\n\n").finish(), Script::stream("data: reconnected\n\n").finish(),
                       Script().send("HTTP/1.1 " + status + "\r\n\r\n").finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isStrict = isStrict;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.states(), QByteArray("connecting open waiting connecting open waiting connecting closed"));
    QCOMPARE(watcher.data(), (QList<QByteArray>{"opened", "reconnected"}));
    passTime();
    QCOMPARE(server.requests().size(), 3);
}

void EndsTest::captivePortal_data()
{
    QTest::addColumn<bool>("isStrict");
    QTest::addColumn<ConnectionState>("state");
    QTest::newRow("R30 strict") << true << ConnectionState::Closed;
    QTest::newRow("R30 persistent") << false << ConnectionState::Open;
}

void EndsTest::captivePortal()
{
    QFETCH(bool, isStrict);
    QFETCH(ConnectionState, state);
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n").finish(),
                       Script::response("200 OK", "Content-Type: text/html\r\n", "log in"), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isStrict = isStrict;
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Connecting) >= 2 && watcher.last().state == state);
    QCOMPARE(server.requests().size(), isStrict ? 2 : 3);
}

void EndsTest::reconnectDisabled()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n").finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isEnabled = false;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open closed")); // D5
    QCOMPARE(watcher.last().cause, Cause::ReconnectDisabled);
    passTime();
    QCOMPARE(server.requests().size(), 1);
}

void EndsTest::disconnectBeforeTheHead()
{
    FaultServer server;
    server.on("/", {Script().awaitGo().send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(server.waitingCount(), 1);
    watcher.ingest().disconnectNow(id);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed")); // C30, C31
    QCOMPARE(watcher.last().cause, Cause::AskedByUser);
    server.go();
    QTRY_COMPARE(server.openCount(), 0);
    passTime();
    QCOMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.events().size(), 0);
}

void EndsTest::disconnectWhileOpen()
{
    FaultServer server;
    server.on("/", {Script::stream("id: 4\ndata: x\n\ndata: half")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events().size(), 1);
    watcher.ingest().disconnectNow(id);
    QTRY_COMPARE(server.openCount(), 0);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open closed"));
    watcher.ingest().disconnectNow(id);
    watcher.ingest().connectNow(id);
    watcher.ingest().connectNow(id);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open closed connecting open"));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests()[1].value("Last-Event-ID"), QByteArray("4"));
}

void EndsTest::disconnectWhileWaiting()
{
    FaultServer server;
    server.on("/", {Script::stream("retry: 100\ndata: x\n\n").finish()});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.last().state == ConnectionState::Waiting);
    watcher.ingest().disconnectNow(id);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QTRY_COMPARE(server.openCount(), 0);
    const auto requests = server.requests().size();
    passTime();
    QCOMPARE(server.requests().size(), requests); // R36
    QCOMPARE(watcher.last().state, ConnectionState::Closed);
}

void EndsTest::reconnectNowWhileOpen()
{
    FaultServer server;
    server.on("/", {Script::stream("id: 4\ndata: x\n\n")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events().size(), 1);
    watcher.ingest().reconnectNow(id);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open connecting open")); // R37
    QCOMPARE(server.requests()[1].value("Last-Event-ID"), QByteArray("4"));
    QTRY_COMPARE(server.openCount(), 1);
}

void EndsTest::reconnectNowWhileWaiting()
{
    FaultServer server;
    server.on("/", {Script::stream("retry: 60000\nid: 4\ndata: x\n\n").finish(), Script::stream()});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Waiting), 1);
    watcher.ingest().reconnectNow(id);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open waiting connecting open")); // R37
    QCOMPARE(server.requests()[1].value("Last-Event-ID"), QByteArray("4"));
    QCOMPARE(server.openCount(), 1);
}

void EndsTest::removed()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events().size(), 1);
    watcher.ingest().remove(id);
    watcher.ingest().connectNow(id);
    QTRY_COMPARE(server.openCount(), 0);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open closed"));
    QCOMPARE(watcher.events().size(), 1);
    QVERIFY(watcher.watch(server.url("/")) > id);
}

void EndsTest::newSettingsAtTheNextAttempt()
{
    FaultServer server;
    server.on("/a", {Script::stream("id: 1\ndata: x\n\n")});
    server.on("/b", {Script::stream()});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/a"));
    QTRY_COMPARE(watcher.events().size(), 1);
    SubscriptionSettings settings = Watcher::quick(server.url("/b"));
    settings.headers = {{"X-New", "1"}};
    watcher.ingest().setSettings(id, settings);
    watcher.ingest().reconnectNow(id);
    QTRY_COMPARE(server.requestCount("/b"), 1);
    QCOMPARE(server.requests().last().value("X-New"), QByteArray("1"));
    QVERIFY2(!server.requests().last().has("Last-Event-ID"), "an id means nothing to another source");
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::EndsTest)
#include "tst_ends.moc"
