// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::BodyFormat;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

/// What the settings of a subscription decide about its life, and what they let pass. D4, D5, R39.
class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void attemptsAreLimited();
    void anEventStartsTheCountAnew();
    void endOfBodyFinishes();
    void cutDoesNotFinish();
    void rulesAreNamed_data();
    void rulesAreNamed();
    void backOffIsNamed();
    void idleTimeoutNamesItself();
    void anyContentType_data();
    void anyContentType();
    void jsonLines();
    void cutJsonLineIsNoEvent();
    void brokenOffEventIsTold();
    void networkDownAndUp();
    void networkDownIsNoConcernOfThisMachine();
    void resumed();

private:
    /// An address that leads to this machine but does not say so.
    static QUrl distant(const FaultServer &server)
    {
        QUrl url = server.url("/");
        url.setHost(u"0.0.0.0"_s);
        return url;
    }
};

void PolicyTest::attemptsAreLimited()
{
    FaultServer server;
    server.on("/", {Script::response("503 Busy")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.maxAttempts = 3;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().cause, Cause::TooManyAttempts);
    QVERIFY2(watcher.last().detail.contains(u"503"_s), qPrintable(watcher.last().detail));
    QVERIFY2(watcher.last().rule.contains(u"event: 3"_s), qPrintable(watcher.last().rule));
    QCOMPARE(server.requests().size(), 3);
}

void PolicyTest::anEventStartsTheCountAnew()
{
    FaultServer server;
    server.on(
        "/", {Script::response("503 Busy"), Script::stream("data: x\n\n").finish(), Script::response("503 Busy")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.maxAttempts = 2;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(server.requests().size(), 4);
}

void PolicyTest::endOfBodyFinishes()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n").finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isFinishedAtEnd = true;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open closed")); // D5
    QCOMPARE(watcher.last().cause, Cause::EndOfStream);
    QVERIFY(!watcher.last().rule.isEmpty());
    QCOMPARE(server.requests().size(), 1);
}

void PolicyTest::cutDoesNotFinish()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\ndata: y\n").finish(), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isFinishedAtEnd = true;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2);
}

void PolicyTest::rulesAreNamed_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<bool>("isStrict");
    QTest::addColumn<QString>("rule");
    const QByteArray busy = "503 Busy";
    QTest::newRow("default") << Script::stream("data: x\n\n").finish() << false << u"reconnection time 20 ms"_s;
    QTest::newRow("server's") << Script::stream("retry: 30\ndata: x\n\n").finish() << false
                              << u"the server's reconnection time, 30 ms"_s;
    QTest::newRow("floor") << Script::stream("retry: 1\ndata: x\n\n").finish() << false << u"limits set here"_s;
    QTest::newRow("Retry-After") << Script::response(busy, "Retry-After: 1\r\n") << false << u"Retry-After"_s;
    QTest::newRow("strict") << Script::response(busy) << true << u"strict"_s;
    QTest::newRow("final") << Script::response("404 No") << false << u"persistent"_s;
}

void PolicyTest::rulesAreNamed()
{
    QFETCH(Script, script);
    QFETCH(bool, isStrict);
    QFETCH(QString, rule);
    FaultServer server;
    server.on("/", {script});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.reconnect.isStrict = isStrict;
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) + watcher.count(ConnectionState::Closed) > 0);
    const bool isWaiting = watcher.count(ConnectionState::Waiting) > 0;
    const auto status = watcher.first(isWaiting ? ConnectionState::Waiting : ConnectionState::Closed);
    QVERIFY2(status.rule.contains(rule), qPrintable(status.rule));
}

void PolicyTest::backOffIsNamed()
{
    FaultServer server;
    server.on("/", {Script::response("503 Busy")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) >= 3);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Waiting);
    QVERIFY2(watcher.last().rule.contains(u"lengthened"_s), qPrintable(watcher.last().rule));
}

void PolicyTest::idleTimeoutNamesItself()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n"), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.idleTimeout = 100ms;
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    const auto status = watcher.first(ConnectionState::Waiting);
    QCOMPARE(status.cause, Cause::NoBytesInTime); // C44
    QVERIFY2(subscribe::text(status).contains(u"0.1 s"_s), qPrintable(subscribe::text(status)));
}

void PolicyTest::anyContentType_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("words");
    QTest::newRow("wrong") << QByteArray("Content-Type: text/plain\r\n") << u"text/plain"_s;
    QTest::newRow("missing") << QByteArray() << u"no content type"_s;
}

void PolicyTest::anyContentType()
{
    QFETCH(QByteArray, head);
    QFETCH(QString, words);
    FaultServer server;
    server.on("/", {Script().send("HTTP/1.1 200 OK\r\n" + head + "\r\ndata: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.acceptsAnyContentType = true;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    QTRY_VERIFY(watcher.attempts().constLast().opened);
    QVERIFY2(watcher.last().warning.contains(words), qPrintable(watcher.last().warning));
    QVERIFY(subscribe::text(watcher.last()).contains(words));
    QVERIFY(watcher.attempts().constLast().warnings.join(u' ').contains(words));
}

void PolicyTest::jsonLines()
{
    FaultServer server;
    server.on("/", {Script()
                           .send("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{\"a\":1}\n")
                           .awaitGo()
                           .send("\n{\"b\":2}\r\n{\"c\":3}")
                           .finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.bodyFormat = BodyFormat::JsonLines;
    settings.reconnect.isFinishedAtEnd = true;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"{\"a\":1}"});
    server.go();
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.data(), (QList<QByteArray>{"{\"a\":1}", "{\"b\":2}", "{\"c\":3}"}));
    QCOMPARE(watcher.last().cause, Cause::EndOfStream);
}

void PolicyTest::cutJsonLineIsNoEvent()
{
    FaultServer server;
    server.on("/",
        {Script()
                .send("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 999\r\n\r\n{\"a\":1")
                .finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.bodyFormat = BodyFormat::JsonLines;
    settings.reconnect.maxAttempts = 2;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().cause, Cause::TooManyAttempts);
    QVERIFY(watcher.data().isEmpty());
    QCOMPARE(watcher.records(store::Kind::Diagnostic), (QList<QByteArray>{"{\"a\":1", "{\"a\":1"}));
}

void PolicyTest::brokenOffEventIsTold()
{
    FaultServer server;
    server.on("/", {Script::stream("data: a\n\ndata: b\n")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"a"});
    watcher.ingest().disconnectNow(id);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.records(store::Kind::Diagnostic), QList<QByteArray>{"data: b\n"});
}

void PolicyTest::networkDownAndUp()
{
    FaultServer server;
    server.on("/", {Script::response("503 Busy"), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(distant(server));
    settings.reconnect.reconnectionTime = settings.reconnect.ceiling = 10min;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Waiting);
    watcher.ingest().noteNetwork(false);
    QTRY_COMPARE(watcher.last().cause, Cause::NetworkDown); // R39
    watcher.ingest().noteNetwork(true);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Open);
    QCOMPARE(watcher.statuses().at(watcher.statuses().size() - 2).cause, Cause::NetworkBack);
    QVERIFY(watcher.attempts().constLast().startedBecause.contains(u"network is back"_s));
}

void PolicyTest::networkDownIsNoConcernOfThisMachine()
{
    FaultServer server;
    server.on("/", {Script::stream().finish(), Script::stream()});
    Watcher watcher;
    watcher.ingest().noteNetwork(false);
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2);
}

void PolicyTest::resumed()
{
    FaultServer server;
    server.on("/", {Script::stream("id: 3\ndata: x\n\n"), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    watcher.ingest().noteResumed();
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2);
    QCOMPARE(server.requests().constLast().value("Last-Event-ID"), QByteArray("3"));
    QTRY_COMPARE(server.openCount(), 1);
    QVERIFY(watcher.attempts()[0].isOver());
    QVERIFY(watcher.attempts()[1].startedBecause.contains(u"suspended"_s));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::PolicyTest)
#include "tst_policy.moc"
