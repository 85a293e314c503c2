// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultrun.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// Faults of the head, the text and the packets, byte by byte on the socket.
class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void changesText_data();
    void changesText();
    void beginsWithByteOrderMark();
    void sendsALargeEvent();
    void answersWithAnyStatus_data();
    void answersWithAnyStatus();
    void changesContentType();
    void redirectsInAChain();
    void redirectsInALoop();
    void delaysTheHead();
    void splits_data();
    void splits();
    void drips();
    void countsConnectionsDown();
    void armsTheWholeServer();
    void beginsAndEndsInTheMiddle();
    void leavesOthersAlone();
};

namespace {

FaultPlan plan(Fault fault, const QVariantMap &parameters = {})
{
    return FaultRun::plan(fault, parameters);
}

const QByteArray first = ":\n\n";

} // namespace

void FaultsTest::changesText_data()
{
    QTest::addColumn<FaultPlan>("plan");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("CR LF") << plan(Fault::LineEnds, {{u"ends"_s, u"crlf"_s}})
                           << QByteArray(":\r\n\r\nid: 7\r\nevent: t\r\ndata: grün\r\n\r\n");
    QTest::newRow("CR") << plan(Fault::LineEnds, {{u"ends"_s, u"cr"_s}})
                        << QByteArray(":\r\rid: 7\revent: t\rdata: grün\r\r");
    QTest::newRow("mixed") << plan(Fault::LineEnds, {{u"ends"_s, u"mixed"_s}})
                           << QByteArray(":\r\n\rid: 7\nevent: t\r\ndata: grün\r\r\n");
    QTest::newRow("lone byte") << plan(Fault::InvalidUtf8) << QByteArray(":\n\nid: 7\nevent: t\ndata: grün\xFF\n\n");
    QTest::newRow("truncated") << plan(Fault::InvalidUtf8, {{u"bytes"_s, u"truncated"_s}})
                               << QByteArray(":\n\nid: 7\nevent: t\ndata: grün\xE2\x82\n\n");
    QTest::newRow("overlong") << plan(Fault::InvalidUtf8, {{u"bytes"_s, u"overlong"_s}})
                              << QByteArray(":\n\nid: 7\nevent: t\ndata: grün\xC0\xAF\n\n");
    QTest::newRow("surrogate") << plan(Fault::InvalidUtf8, {{u"bytes"_s, u"surrogate"_s}})
                               << QByteArray(":\n\nid: 7\nevent: t\ndata: grün\xED\xA0\x80\n\n");
    QTest::newRow("NUL in id") << plan(Fault::NulInId)
                               << QByteArray(":\n\nid: 7") + '\0' + "\nevent: t\ndata: grün\n\n";
    QTest::newRow("bad retry") << plan(Fault::BadRetry)
                               << QByteArray(":\n\nretry: 1.5s\nid: 7\nevent: t\ndata: grün\n\n");
    QTest::newRow("together") << plan(Fault::BadRetry).with(Fault::LineEnds).with(Fault::OneByte)
                              << QByteArray(":\r\n\r\nretry: 1.5s\r\nid: 7\r\nevent: t\r\ndata: grün\r\n\r\n");
}

void FaultsTest::changesText()
{
    QFETCH(FaultPlan, plan);
    QFETCH(QByteArray, body);
    FaultRun run(plan);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.publish("7", "grün");
    QTRY_COMPARE(run.client().body(), body);
    QCOMPARE(run.publisher().clients().at(0).faults, plan.summary());
    // And the same without: the next connection gets the plain stream.
    RawClient &next = run.connectAgain();
    QTRY_COMPARE(next.body(), first);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.publish("8", "plain");
    QTRY_COMPARE(next.body(), first + FaultRun::textOf("8", "plain"));
}

void FaultsTest::beginsWithByteOrderMark()
{
    FaultRun run(plan(Fault::Bom));
    QTRY_COMPARE(run.client().body(), "\xEF\xBB\xBF"
                                      "data: weir-bom\n\n" +
                                          first);
    run.publish("1", "x");
    QTRY_COMPARE(run.client().body().mid(19), first + FaultRun::textOf("1", "x"));
}

void FaultsTest::sendsALargeEvent()
{
    FaultRun run(plan(Fault::LargeEvent, {{u"mebibytes"_s, 3}}));
    QTRY_VERIFY(run.client().body().endsWith("x\n\n" + first));
    QCOMPARE(run.client().body(), "data: " + QByteArray(3 << 20, 'x') + "\n\n" + first);
    run.publish("1", "next");
    QTRY_VERIFY(run.client().body().endsWith(FaultRun::textOf("1", "next")));
}

void FaultsTest::answersWithAnyStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasBody");
    for (const int status : {201, 204, 206, 304, 400, 401, 404, 418, 429, 500, 503, 599, 799})
        QTest::addRow("%d", status) << status << (status != 204 && status != 304);
}

void FaultsTest::answersWithAnyStatus()
{
    QFETCH(int, status);
    QFETCH(bool, hasBody);
    FaultRun run(
        plan(Fault::Status, {{u"status"_s, status}, {u"retryAfterSeconds"_s, 3}}), "Origin: http://localhost:1\r\n");
    QTRY_COMPARE(run.client().status(), status);
    QCOMPARE(run.client().header("Retry-After"), QByteArray("3"));
    QCOMPARE(run.client().header("Access-Control-Allow-Origin"), QByteArray("http://localhost:1"));
    QCOMPARE(run.client().header("Content-Length").toInt() > 0, hasBody);
    QTRY_COMPARE(run.client().rawBody().size(), run.client().header("Content-Length").toInt());
    // The connection goes on, and the next request on it gets the stream.
    const qsizetype before = run.client().received().size();
    run.client().send(get("/events"));
    QTRY_VERIFY(run.client().received().mid(before).startsWith("HTTP/1.1 200 OK\r\n"));
    QTRY_COMPARE(run.publisher().clientCount(), 1);
}

void FaultsTest::changesContentType()
{
    FaultRun wrong(plan(Fault::ContentType, {{u"type"_s, u"text/html"_s}}));
    QTRY_COMPARE(wrong.client().body(), first);
    QCOMPARE(wrong.client().header("Content-Type"), QByteArray("text/html"));
    QCOMPARE(wrong.client().received().toLower().count("content-type:"), 1);
    FaultRun missing(plan(Fault::NoContentType));
    QTRY_COMPARE(missing.client().body(), first);
    QVERIFY(missing.client().header("Content-Type").isNull());
}

void FaultsTest::redirectsInAChain()
{
    FaultRun run(plan(Fault::Redirect, {{u"status"_s, u"307"_s}, {u"hops"_s, 2}}).with(Fault::LineEnds));
    run.control().arm(u"/events"_s, 1, plan(Fault::Status));
    QTRY_COMPARE(run.client().status(), 307);
    const QByteArray one = run.client().header("Location");
    QVERIFY(one.startsWith("/events?weir-hop="));
    RawClient second(run.publisher().port(), get(one));
    QTRY_COMPARE(second.status(), 307);
    const QByteArray two = second.header("Location");
    QVERIFY(two != one);
    RawClient third(run.publisher().port(), get(two));
    QTRY_COMPARE(third.body(), QByteArray(":\r\n\r\n"));
    // The hops took nothing of what else is armed.
    const RawClient &last = run.connectAgain();
    QTRY_COMPARE(last.status(), 500);
}

void FaultsTest::redirectsInALoop()
{
    FaultRun run(plan(Fault::RedirectLoop, {{u"status"_s, u"308"_s}}));
    QTRY_COMPARE(run.client().status(), 308);
    QByteArray location = run.client().header("Location");
    QSet<QByteArray> seen;
    for (int i = 0; i < 6; ++i) {
        seen.insert(location);
        RawClient hop(run.publisher().port(), get(location));
        QTRY_COMPARE(hop.status(), 308);
        location = hop.header("Location");
    }
    QCOMPARE(seen.size(), 2);
}

void FaultsTest::delaysTheHead()
{
    QElapsedTimer clock;
    clock.start();
    FaultRun run(plan(Fault::HeadDelay, {{u"ms"_s, 600}}));
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    QCOMPARE(run.publisher().clients().at(0).state, ClientState::Waiting);
    QVERIFY(run.client().received().isEmpty());
    QTRY_COMPARE(run.client().body(), first);
    QVERIFY(clock.elapsed() >= 600);
    // Who goes before is gone at once.
    run.control().arm(u"/events"_s, 1, plan(Fault::HeadDelay, {{u"ms"_s, 100'000}}));
    RawClient &next = run.connectAgain();
    QTRY_COMPARE(run.publisher().clients().value(0).state, ClientState::Waiting);
    next.socket().abort();
    QTRY_COMPARE(run.publisher().clientCount(), 0);
}

void FaultsTest::splits_data()
{
    QTest::addColumn<FaultPlan>("plan");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("segments");
    const QByteArray text = FaultRun::textOf("7", "grün €");
    QTest::newRow("at byte 9") << plan(Fault::SplitAt, {{u"byte"_s, 9}}) << QByteArray("grün €") << 2;
    QTest::newRow("past the end") << plan(Fault::SplitAt, {{u"byte"_s, 1000}}) << QByteArray("grün €") << 1;
    QTest::newRow("in characters") << plan(Fault::SplitCharacter) << QByteArray("grün €") << 3;
    QTest::newRow("pure ASCII") << plan(Fault::SplitCharacter) << QByteArray("green") << 1;
    QTest::newRow("in line ends") << plan(Fault::SplitLineEnd) << QByteArray("x") << 5;
    QTest::newRow("one byte") << plan(Fault::OneByte) << QByteArray("grün €")
                              << static_cast<int>(FaultRun::chunkOf(text).size());
}

void FaultsTest::splits()
{
    QFETCH(FaultPlan, plan);
    QFETCH(QByteArray, data);
    QFETCH(int, segments);
    FaultRun run(plan);
    QByteArray start = first;
    QByteArray body = first + FaultRun::textOf("7", data);
    for (QByteArray *text : {&start, &body}) {
        if (plan.has(Fault::SplitLineEnd))
            text->replace("\n", "\r\n");
    }
    QTRY_COMPARE(run.client().body(), start);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    const int before = run.segmentsSent();
    run.publish("7", data);
    QTRY_COMPARE(run.client().body(), body);
    // The system counted them: no timing decides.
    QTRY_COMPARE(run.segmentsSent() - before, segments);
}

void FaultsTest::drips()
{
    FaultRun run(plan(Fault::Drip, {{u"bytesPerSecond"_s, 200}}));
    QTRY_COMPARE(run.client().body(), first);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    QElapsedTimer clock;
    clock.start();
    run.publish("7", QByteArray(100, 'x'));
    QTRY_COMPARE(run.client().body(), first + FaultRun::textOf("7", QByteArray(100, 'x')));
    QVERIFY(clock.elapsed() > 450);
}

void FaultsTest::countsConnectionsDown()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    QSignalSpy armed(&run.control(), &ClientControl::armedChanged);
    run.control().arm(u"/events"_s, 2, plan(Fault::Status));
    run.control().arm(u"/elsewhere"_s, 1, plan(Fault::Status));
    const auto remaining = [&] {
        return armed.isEmpty() ? QList<ArmedFault>() : armed.last().at(0).value<QList<ArmedFault>>();
    };
    QTRY_COMPARE(remaining().size(), 2);
    QCOMPARE(remaining().at(0).remaining, 2);
    for (int left = 2; left > 0; --left) {
        QCOMPARE(remaining().at(0).remaining, left);
        const RawClient &client = run.connectAgain();
        QTRY_COMPARE(client.status(), 500);
        QTRY_VERIFY(remaining().size() == 1 || remaining().at(0).remaining < left);
    }
    QCOMPARE(remaining().at(0).path, u"/elsewhere"_s);
    const RawClient &client = run.connectAgain();
    QTRY_COMPARE(client.status(), 200);
    run.control().clearFaults();
    QTRY_COMPARE(remaining().size(), 0);
}

void FaultsTest::armsTheWholeServer()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.publisher()->addChannel(u"/other"_s);
    run.control().arm({}, 1, plan(Fault::Status));
    RawClient other(run.publisher().port(), get("/other"));
    QTRY_COMPARE(other.status(), 500);
    QSignalSpy refused(&run.control(), &ClientControl::refused);
    run.control().arm({}, 1, plan(Fault::Status).with(Fault::OneByte));
    QCOMPARE(refused.size(), 1);
    const RawClient &client = run.connectAgain();
    QTRY_COMPARE(client.status(), 200);
}

void FaultsTest::beginsAndEndsInTheMiddle()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    const std::uint64_t id = run.publisher().clients().at(0).id;
    run.publish("1", "a");
    run.control().setFaults(id, plan(Fault::LineEnds));
    run.publish("2", "b");
    run.control().clearFaults();
    run.publish("3", "c");
    QTRY_COMPARE(run.client().body(), first + FaultRun::textOf("1", "a") +
                                          FaultRun::textOf("2", "b").replace("\n", "\r\n") +
                                          FaultRun::textOf("3", "c"));
    QTRY_COMPARE(run.publisher().clients().at(0).faults, QString());
    QSignalSpy refused(&run.control(), &ClientControl::refused);
    run.control().setFaults(id, plan(Fault::Bom));
    QCOMPARE(refused.size(), 1);
}

void FaultsTest::leavesOthersAlone()
{
    FaultRun run(plan(Fault::Drip, {{u"bytesPerSecond"_s, 1}}));
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    RawClient other(run.publisher().port(), get("/events"));
    QTRY_COMPARE(run.publisher().clientCount(), 2);
    for (int i = 0; i < 500; ++i)
        run.publish(QByteArray::number(i), QByteArray(100, 'x'));
    QTRY_COMPARE(other.body().count("data: "), 500);
    QVERIFY(run.client().received().size() < 1000);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultsTest)
#include "tst_faults.moc"
