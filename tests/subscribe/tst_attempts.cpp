// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::AttemptReport;
using subscribe::SubscriptionSettings;

/// The reports of attempts: what was on the wire, without secrets.
class AttemptsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void headAsSent_data();
    void headAsSent();
    void responseHead();
    void redirectsOneByOne();
    void countsAndTimes();
    void saysHowItEnded_data();
    void saysHowItEnded();
    void asksWhyAndWhatNext();
    void keepsNoSecret();
    void secretTextsAreMaskedAnywhere();
    void errorBody();
};

void AttemptsTest::headAsSent_data()
{
    QTest::addColumn<SubscriptionSettings>("settings");
    SubscriptionSettings settings;
    QTest::newRow("plain") << settings;
    settings.headers = {{"X-One", "1"}, {"accept", "*/*"}, {"X-Two", "a, b"}, {"User-Agent", "me"}};
    QTest::newRow("headers") << settings;
    settings.method = "POST";
    settings.body = "12345";
    settings.lastEventId = "\xe2\x80\xa6";
    QTest::newRow("body and id") << settings;
    settings.codings = {true, true, true, true};
    QTest::newRow("codings") << settings;
}

void AttemptsTest::headAsSent()
{
    QFETCH(SubscriptionSettings, settings);
    FaultServer server;
    server.on("/a%20b", {Script::stream("data: x\n\n")});
    Watcher watcher;
    settings.url = server.url("/a%20b?q=%c3%a9&p=a+b");
    watcher.watch(settings);
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constLast().opened);
    QCOMPARE(watcher.attempts().constLast().hops.constLast().requestHead, server.requests().constFirst().raw);
}

void AttemptsTest::responseHead()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n", "X-Server: one\r\nX-server: two\r\nSet-Cookie: sid=planted\r\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constLast().opened);
    const QByteArray head = watcher.attempts().constLast().hops.constLast().responseHead;
    QVERIFY2(head.contains("200 OK\r\n"), head.constData());
    QVERIFY2(head.contains("Content-Type: text/event-stream\r\n"), head.constData());
    QVERIFY2(head.contains("one, two\r\n"), head.constData());
    QVERIFY2(head.contains("Set-Cookie: ***\r\n"), head.constData());
}

void AttemptsTest::redirectsOneByOne()
{
    FaultServer server;
    server.on("/", {Script::redirect(301, "/b")});
    server.on("/b", {Script::redirect(307, "/c")});
    server.on("/c", {Script::stream("data: x\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constLast().opened);
    const AttemptReport report = watcher.attempts().constLast();
    QCOMPARE(report.hops.size(), 3);
    QCOMPARE(report.hops[0].status, 301);
    QVERIFY(report.hops[0].responseHead.contains("Location: /b\r\n"));
    QCOMPARE(report.hops[1].url, server.url("/b"));
    QCOMPARE(report.hops[2].status, 200);
    QVERIFY(report.hops[1].started >= *report.hops[0].headReceived);
    QVERIFY(subscribe::text(report).contains(u"/c"_s));
}

void AttemptsTest::countsAndTimes()
{
    FaultServer server;
    server.on("/", {Script::stream(":hi\n").awaitGo().send("data: 1\n\ndata: 2\n\n").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(server.waitingCount(), 1);
    QTRY_COMPARE(watcher.records(store::Kind::Comment).size(), 1);
    server.go();
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constFirst().isOver());
    const AttemptReport report = watcher.attempts().constFirst();
    QCOMPARE(report.attempt, 1U);
    QCOMPARE(report.events, 2U);
    QCOMPARE(report.comments, 1U);
    QCOMPARE(report.bytes, 22U);
    QCOMPARE(report.wireBytes, 22U);
    QVERIFY(report.hops.constFirst().sent > 0ns);
    QVERIFY(report.hops.constFirst().headReceived >= report.hops.constFirst().sent);
    QVERIFY(report.opened >= report.hops.constFirst().headReceived);
    QVERIFY(report.firstByte >= report.opened);
    QVERIFY(report.firstEvent > report.firstByte);
    QVERIFY(report.ended >= report.firstEvent);
}

void AttemptsTest::saysHowItEnded_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("words");
    QTest::newRow("clean end") << Script::stream("data: x\n\n").finish() << u"the server ended the stream"_s;
    QTest::newRow("cut inside an event") << Script::stream("data: x\n").finish() << u"inside an event"_s;
    QTest::newRow("cut transfer coding") << Script()
                                                .send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                                      "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: x\n\n\r\n")
                                                .finish()
                                         << u"lost"_s;
    QTest::newRow("status") << Script::response("500 Broken") << u"500 Broken"_s;
}

void AttemptsTest::saysHowItEnded()
{
    QFETCH(Script, script);
    QFETCH(QString, words);
    FaultServer server;
    server.on("/", {script});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constFirst().isOver());
    QVERIFY2(
        watcher.attempts().constFirst().ending.contains(words), qPrintable(watcher.attempts().constFirst().ending));
    QVERIFY(subscribe::text(watcher.attempts().constFirst()).contains(words));
}

void AttemptsTest::asksWhyAndWhatNext()
{
    FaultServer server;
    server.on("/", {Script::stream("retry: 40\nid: 7\ndata: x\n\n").finish(), Script::stream()});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), 2);
    watcher.ingest().disconnectNow(id);
    QTRY_VERIFY(watcher.attempts().size() == 2 && watcher.attempts()[1].isOver());
    const AttemptReport first = watcher.attempts()[0];
    const AttemptReport second = watcher.attempts()[1];
    QVERIFY(first.startedBecause.contains(u"user"_s));
    QVERIFY2(first.next.contains(u"0.040 s"_s) && first.next.contains(u"server's reconnection time"_s),
        qPrintable(first.next));
    QCOMPARE(first.lastEventIdSent, QByteArray());
    QCOMPARE(first.lastEventIdAfter, QByteArray("7"));
    QVERIFY(second.startedBecause.contains(u"ended the stream"_s));
    QCOMPARE(second.lastEventIdSent, QByteArray("7"));
    QVERIFY(second.next.contains(u"closed"_s));
}

void AttemptsTest::keepsNoSecret()
{
    FaultServer server;
    server.on("/", {Script::redirect(302, "/s?token=planted3&x=1")});
    server.on("/s", {Script::response("403 No", "Set-Cookie: s=planted4\r\nX-Auth-Token: planted5\r\n", "no")});
    Watcher watcher;
    QUrl url = server.url("/?api_key=planted0");
    url.setUserInfo(u"user:planted1"_s);
    SubscriptionSettings settings = Watcher::quick(url);
    settings.headers = {{"Cookie", "a=planted2"}, {"X-Mine", "planted6", true}, {"Proxy-Authorization", "planted7"}};
    settings.transport.proxy.password = u"planted8"_s;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QTRY_VERIFY(watcher.attempts().constLast().isOver());
    QVERIFY(server.requests().constFirst().raw.contains("planted2"));
    const QString all = subscribe::text(watcher.attempts().constLast());
    QVERIFY2(!all.contains(u"planted"_s), qPrintable(all));
    for (const auto &hop : watcher.attempts().constLast().hops)
        QVERIFY(!(hop.requestHead + hop.responseHead + hop.url.toEncoded()).contains("planted"));
    for (const QByteArray &reason : watcher.records(store::Kind::Connection))
        QVERIFY(!reason.contains("planted"));
}

void AttemptsTest::secretTextsAreMaskedAnywhere()
{
    FaultServer server;
    server.on("/planted0/x", {Script::redirect(302, "odd://cb?access_token=planted1#access_token=planted2")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/planted0/x?code=planted0"));
    settings.secretTexts = {u"planted0"_s};
    settings.headers = {{"X-Tenant", "planted0"}, {"Referer", "https://app/?token=planted3"}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QTRY_VERIFY(watcher.attempts().constLast().isOver());
    QVERIFY(server.requests().constFirst().raw.contains("X-Tenant: planted0"));
    const QString all = subscribe::text(watcher.attempts().constLast()) + subscribe::text(watcher.last());
    QVERIFY2(!all.contains(u"planted"_s), qPrintable(all));
    QVERIFY(!watcher.last().finalUrl.toString().contains(u"planted"_s));
    for (const QByteArray &reason : watcher.records(store::Kind::Connection))
        QVERIFY2(!reason.contains("planted"), reason.constData());
}

void AttemptsTest::errorBody()
{
    FaultServer server;
    const QByteArray body = "{\"error\":\"" + QByteArray(70'000, 'x') + "\ndata: no event\n\n";
    server.on("/", {Script::response("400 Bad", "Content-Type: application/json\r\n", body)});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constLast().isOver());
    QCOMPARE(watcher.attempts().constLast().bodyExcerpt, body.left(65'536));
    QVERIFY(watcher.events().isEmpty());
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::AttemptsTest)
#include "tst_attempts.moc"
