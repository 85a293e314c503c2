// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

namespace {

const QByteArray streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
const QByteArray chunkedHead = streamHead + "Transfer-Encoding: chunked\r\n\r\n";

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

} // namespace

/// How bodies are framed, how they end and how long they may be silent: C32 to C39, C44, C47.
class BodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void framings_data();
    void framings();
    void badChunkSize();
    void cutInsideAnEvent();
    void emptyBodiesBackOff();
    void idleTimeout();
    void anyByteRestartsTheIdleTimeout();
    void order();
    void counts();
};

void BodyTest::framings_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<bool>("isPiecewise");
    QTest::addColumn<QList<QByteArray>>("events");
    QTest::addColumn<Cause>("cause");
    const QList<QByteArray> x{"x"};
    const QByteArray event = "data: x\n\n";
    for (const bool isPiecewise : {false, true}) {
        const QByteArray how = isPiecewise ? "piecewise " : "whole ";
        const auto row = [&](const char *name, const QByteArray &response, const QList<QByteArray> &events,
                             Cause cause) {
            QTest::newRow((how + name).constData()) << response << isPiecewise << events << cause;
        };
        row("C32 chunks",
            chunkedHead + chunk("da") + chunk("ta: \xe2") + chunk("\x82\xac\r") + chunk("\n") + chunk("\r\n") +
                "0\r\n\r\n",
            {"\xe2\x82\xac"}, Cause::EndOfStream);
        row("C32 extension and trailer", chunkedHead + "9;a=b\r\n" + event + "\r\n0\r\nX: y\r\n\r\n", x,
            Cause::EndOfStream);
        row("C34 cut between chunks", chunkedHead + chunk(event) + chunk("data: y\n"), x, Cause::ConnectionLost);
        row("C34 cut inside a chunk", chunkedHead + chunk(event) + "20\r\ndata: y", x, Cause::ConnectionLost);
        row("C35 length", streamHead + "Content-Length: 9\r\n\r\n" + event, x, Cause::EndOfStream);
        row("C36 close", streamHead + "\r\n" + event, x, Cause::EndOfStream);
        row("C36 HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + event, x,
            Cause::EndOfStream);
        row("R15 end inside an event", streamHead + "\r\n" + event + "data: y\n", x, Cause::EndInsideEvent);
    }
}

void BodyTest::framings()
{
    QFETCH(QByteArray, response);
    QFETCH(bool, isPiecewise);
    QFETCH(QList<QByteArray>, events);
    QFETCH(Cause, cause);
    FaultServer server;
    const auto script = isPiecewise ? Script().sendInPieces(response, 7).finish() : Script().send(response).finish();
    server.on("/", {script, Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open waiting connecting open"));
    QCOMPARE(watcher.data(), events);
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, cause);
    QCOMPARE(server.requests().size(), 2);
}

void BodyTest::badChunkSize()
{
    FaultServer server;
    server.on("/", {Script().send(chunkedHead + chunk("data: x\n\n") + "zz\r\n").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open waiting connecting open")); // C33
    QCOMPARE(watcher.data(), QList<QByteArray>{"x"});
    // The network library takes it for an end or, when the connection's end comes in the same moment, for a loss; what
    // matters is that there is one end.
    const Cause cause = watcher.first(ConnectionState::Waiting).cause;
    QVERIFY(cause == Cause::EndOfStream || cause == Cause::ConnectionLost);
    QCOMPARE(server.requests().size(), 2);
}

void BodyTest::cutInsideAnEvent()
{
    FaultServer server;
    server.on("/", {Script::stream("data: whole\n\ndata: hal").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2);
    QCOMPARE(watcher.data(), QList<QByteArray>{"whole"}); // D9
    QCOMPARE(watcher.records(store::Kind::Diagnostic).size(), 1);
}

void BodyTest::emptyBodiesBackOff()
{
    FaultServer server;
    server.on("/", {Script::response("200 OK", "Content-Type: text/event-stream\r\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) >= 4); // C39
    QCOMPARE(watcher.states().left(42), QByteArray("connecting open waiting connecting open wa"));
    const auto delay = [&](int index) { return watcher.statuses()[3 * index + 2].retryDelay; };
    QVERIFY(delay(3) >= 2 * delay(0));
    QVERIFY(delay(0) >= 20ms);
}

void BodyTest::idleTimeout()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n").awaitGo()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.idleTimeout = 200ms;
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0); // C44
    const auto waiting = watcher.first(ConnectionState::Waiting);
    QCOMPARE(waiting.cause, Cause::NoBytesInTime);
    const auto openFor = waiting.since - watcher.first(ConnectionState::Open).since;
    QVERIFY(openFor >= 180ms && openFor < 2s);
    QTRY_VERIFY(watcher.count(ConnectionState::Open) >= 2);
}

void BodyTest::anyByteRestartsTheIdleTimeout()
{
    FaultServer server;
    server.on(
        "/", {Script::stream().pause(150ms).send(":").pause(150ms).send("half").pause(150ms).send("\n").awaitGo()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.idleTimeout = 300ms;
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    const auto openFor = watcher.first(ConnectionState::Waiting).since - watcher.first(ConnectionState::Open).since;
    QVERIFY2(openFor >= 700ms, qPrintable(QString::number(openFor / 1ms)));
}

void BodyTest::order()
{
    FaultServer server;
    QByteArray body;
    QList<QByteArray> expected;
    for (int i = 0; i < 5000; ++i) {
        expected.append(QByteArray::number(i));
        body += "data: " + expected.last() + "\n\n";
    }
    server.on("/", {Script().sendInPieces(streamHead + "\r\n" + body, 1013).awaitGo()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.log().ledger().receivedByKind[0], 5000U);
    QCOMPARE(watcher.data(), expected); // C47
}

void BodyTest::counts()
{
    FaultServer server;
    const QByteArray body = ": c\n\ndata: x\n\n:d\nid: 1\n\ndata: y\n\n";
    server.on("/", {Script::stream(body)});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    const auto counters = watcher.ingest().counters(id);
    QTRY_COMPARE(counters->bytes.load(), static_cast<std::uint64_t>(body.size()));
    QCOMPARE(counters->events.load(), 2U);
    QCOMPARE(counters->comments.load(), 2U);
    QVERIFY(counters->firstEventNs > 0 && counters->lastEventNs >= counters->firstEventNs);
    QVERIFY(counters->lastByteNs >= counters->lastEventNs);
    watcher.ingest().remove(id);
    QVERIFY(!watcher.ingest().counters(id));
    QCOMPARE(counters->events.load(), 2U);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::BodyTest)
#include "tst_body.moc"
