// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers R01 … R40 name the rules for coming back. R27 to R37 are in tst_ends, R31 to R34 and parts of R05, R07,
// R08 and R29 in tst_rules. Not yet in Weir, they come with the complete subscriptions: R38 (methods with bodies) and
// R39 (asking the system whether there is a network; the idle timeout, C44, is what finds dead connections).
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

/// What one connection hands on to the next: reconnection time and last event ID.
class ReconnectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void comesBack();
    void defaultReconnectionTime();
    void reconnectionTimes_data();
    void reconnectionTimes();
    void reconnectionTimeBelongsToTheSource();
    void waitsAsLongAsAsked();
    void lastEventIds_data();
    void lastEventIds();
    void idEchoedOnThreeConnections();
    void unsendableId();
    void longId();
    void setByUser();
    void newStreamNewDecoder_data();
    void newStreamNewDecoder();
};

void ReconnectTest::comesBack()
{
    FaultServer server;
    server.on("/", {Script::stream("data: ok\n\n").finish(), Script::stream("data: b\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open waiting connecting open")); // R01
    QTRY_COMPARE(watcher.data(), (QList<QByteArray>{"ok", "b"}));
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::EndOfStream);
    QCOMPARE(watcher.last().attempt, 2U);
    QCOMPARE(watcher.records(store::Kind::Connection).size(), 5);
}

void ReconnectTest::defaultReconnectionTime()
{
    QCOMPARE(SubscriptionSettings().reconnect.reconnectionTime, 3000ms); // R02
}

void ReconnectTest::reconnectionTimes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("delay");
    QTest::newRow("R03") << QByteArray("retry:03000\ndata:x\n\n") << qint64{3000};
    QTest::newRow("R04") << QByteArray("retry:3000\nretry:1000x\ndata:x\n\n") << qint64{3000};
    QTest::newRow("R05 taken at the field") << QByteArray("data:x\n\nretry: 2500\n") << qint64{2500};
    QTest::newRow("R07 zero") << QByteArray("retry: 0\ndata:x\n\n") << qint64{100};
    QTest::newRow("R08 2^31") << QByteArray("retry: 2147483648\ndata:x\n\n") << qint64{3600000};
    QTest::newRow("R08 2^32+1") << QByteArray("retry: 4294967297\ndata:x\n\n") << qint64{3600000};
    QTest::newRow("R08 20 digits") << QByteArray("retry: 99999999999999999999\ndata:x\n\n") << qint64{3600000};
    QTest::newRow("R08 400 digits") << "retry: " + QByteArray(400, '9') + "\ndata:x\n\n" << qint64{3600000};
}

void ReconnectTest::reconnectionTimes()
{
    QFETCH(QByteArray, body);
    QFETCH(qint64, delay);
    FaultServer server;
    server.on("/", {Script::stream(body).finish()});
    Watcher watcher;
    SubscriptionSettings settings;
    settings.url = server.url("/");
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    QCOMPARE(watcher.first(ConnectionState::Waiting).retryDelay.count(), delay);
    QCOMPARE(watcher.first(ConnectionState::Waiting).reconnectionTime.count(), delay);
}

void ReconnectTest::reconnectionTimeBelongsToTheSource()
{
    FaultServer server;
    server.on("/",
        {Script::stream("retry: 50\ndata: x\n\n").finish(), Script::stream("data: y\n\n").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 3);
    for (const auto &status : watcher.statuses()) {
        if (status.state == ConnectionState::Waiting)
            QCOMPARE(status.retryDelay, 50ms); // R06
    }
}

void ReconnectTest::waitsAsLongAsAsked()
{
    FaultServer server;
    server.on("/", {Script::stream("retry: 300\ndata: x\n\n").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2);
    const qint64 waited = server.requests()[1].arrivalMs - server.requests()[0].arrivalMs;
    QVERIFY2(waited >= 298, qPrintable(QString::number(waited)));
    const auto waiting = watcher.first(ConnectionState::Waiting);
    QCOMPARE(waiting.nextAttempt - waiting.since, std::chrono::nanoseconds(300ms));
}

void ReconnectTest::lastEventIds_data()
{
    QTest::addColumn<QList<QByteArray>>("bodies");
    QTest::addColumn<QList<QByteArray>>("sent"); ///< with each request but the first; empty: no such header
    const auto row = [](const char *name, const QList<QByteArray> &bodies, const QList<QByteArray> &sent) {
        QTest::newRow(name) << bodies << sent;
    };
    row("R09", {"id: abc\ndata: a\n\n"}, {"abc"});
    row("R10", {"id: abc\ndata: a\n\ndata: b\n\n"}, {"abc"});
    row("R11", {"id: abc\ndata: a\n\nid: \ndata: b\n\n"}, {""});
    row("R12", {"id: a\ndata: x\n\n", "id\ndata: x\n\n"}, {"a", ""});
    row("R13", {"id: 1\ndata: x\n\n", "id: 2\ndata: x\n\n", "id: 3\ndata: x\n\n"}, {"1", "2", "3"});
    row("R14", {"id: \xe2\x80\xa6\ndata: hello\n\n"}, {"\xe2\x80\xa6"});
    row("R15", {"id: 1\ndata: a\n\nid: 2\ndata: b\n"}, {"1"});
    row("R16", {"id: abc\ndata: Hello\n\nid: def\ndata: Goodbye"}, {"abc"});
    row("R17", {"id: 9\n\n"}, {"9"});
    row("R18", {QByteArray("id: a\0b\ndata: hello\n\n", 21)}, {""});
    row("R19", {QByteArray("id: 5\ndata: a\n\nid: a\0b\ndata: b\n\n", 33)}, {"5"});
    row("R20",
        {"id: a\x01"
         "b\ndata: x\n\n"},
        {""});
    row("R22", {"id:   a \ndata: x\n\n"}, {"a"});
    row("R40", {"id: abc\ndata: Hello\n\n", "id: def\ndata: World\n\n"}, {"abc", "def"});
}

/// For a failure: who asked for what, and what became of it.
static QByteArray heard(const FaultServer &server, const Watcher &watcher)
{
    QByteArray text = watcher.states();
    for (const auto &request : server.requests())
        text += "\n" + request.target + " from " + request.value("User-Agent") + " at " +
                QByteArray::number(request.arrivalMs) + " with " + request.value("Last-Event-ID");
    return text;
}

void ReconnectTest::lastEventIds()
{
    QFETCH(QList<QByteArray>, bodies);
    QFETCH(QList<QByteArray>, sent);
    FaultServer server;
    QList<Script> scripts;
    for (const QByteArray &body : bodies)
        scripts.append(Script::stream(body).finish());
    scripts.append(Script::stream());
    server.on("/", scripts);
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY2(server.requests().size() == bodies.size() + 1, heard(server, watcher).constData());
    QVERIFY(!server.requests()[0].has("Last-Event-ID"));
    for (qsizetype i = 0; i < sent.size(); ++i) {
        const QList<QByteArray> expected = sent[i].isEmpty() ? QList<QByteArray>() : QList<QByteArray>{sent[i]};
        QCOMPARE(server.requests()[i + 1].values("Last-Event-ID"), expected);
    }
}

void ReconnectTest::idEchoedOnThreeConnections()
{
    FaultServer server;
    server.on("/", {Script::stream("id: \xe2\x80\xa6\ndata: 1\n\n").finish(), Script::stream("data: 2\n\n").finish(),
                       Script::stream("data: 3\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events().size(), 3);
    for (const SeenEvent &event : watcher.events())
        QCOMPARE(event.id, QByteArray("\xe2\x80\xa6")); // R14, D1
    QCOMPARE(server.requests()[2].value("Last-Event-ID"), QByteArray("\xe2\x80\xa6"));
}

void ReconnectTest::unsendableId()
{
    FaultServer server;
    server.on("/", {Script::stream("id: a\x01"
                                   "b\ndata: x\n\n")
                           .finish(),
                       Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2); // R20
    QVERIFY(watcher.last().lastEventIdOmitted);
    QCOMPARE(watcher.last().lastEventId, QByteArray("a\x01"
                                                    "b"));
    QVERIFY(!watcher.statuses().first().lastEventIdOmitted);
}

void ReconnectTest::longId()
{
    FaultServer server;
    const QByteArray id(20000, 'i');
    server.on("/", {Script::stream("id: " + id + "\ndata: x\n\n").finish(), Script::response("431 Too Large")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed); // R21
    QCOMPARE(server.requests()[1].value("Last-Event-ID"), id);
    QCOMPARE(watcher.last().httpStatus, 431);
    QCOMPARE(watcher.last().lastEventId, id);
}

void ReconnectTest::setByUser()
{
    FaultServer server;
    server.on("/", {Script::stream("id: 1\ndata: x\n\n")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events().size(), 1);
    watcher.ingest().setLastEventId(id, "mine");
    watcher.ingest().reconnectNow(id);
    QTRY_COMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests()[1].value("Last-Event-ID"), QByteArray("mine"));
    QTRY_COMPARE(watcher.events().size(), 2);
    watcher.ingest().setLastEventId(id, {});
    watcher.ingest().reconnectNow(id);
    QTRY_COMPARE(server.requests().size(), 3);
    QVERIFY(!server.requests()[2].has("Last-Event-ID"));
}

void ReconnectTest::newStreamNewDecoder_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("R23 cut sequence") << QByteArray("\xe2\x82")
                                      << QByteArray("\xac"
                                                    "data: x\n\ndata: b\n\n");
    QTest::newRow("R24 CR") << QByteArray("data: a\r") << QByteArray("\ndata: b\n\n");
    QTest::newRow("R25 BOM") << QByteArray("\xef\xbb\xbf")
                             << QByteArray("\xef\xbb\xbf"
                                           "data: b\n\n");
    QTest::newRow("R26 type") << QByteArray("event: t\ndata: a\n") << QByteArray("data: b\n\n");
}

void ReconnectTest::newStreamNewDecoder()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    FaultServer server;
    server.on("/", {Script::stream(first).finish(), Script::stream(second)});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events(), (QList<SeenEvent>{{"message", "", "b", 2}}));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ReconnectTest)
#include "tst_reconnect.moc"
