// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultrun.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// What can be done to single clients, and what is told of them.
class ClientControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void pausesOne();
    void resetsOne();
    void sendsToSome();
    void dropsTheOldestBehindAMarker();
    void measuresLag();
    void tellsTheRequestHead();
    void masksSecrets();
    void logsRequests();
    void survivesAFloodOfRequests();
};

namespace {

const QByteArray first = ":\n\n";

QList<RequestRecord> recordsOf(const QSignalSpy &spy)
{
    QMap<std::uint64_t, RequestRecord> records;
    for (const QList<QVariant> &call : spy) {
        for (const RequestRecord &record : call.at(0).value<QList<RequestRecord>>())
            records.insert(record.number, record);
    }
    return records.values();
}

} // namespace

void ClientControlTest::pausesOne()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    RawClient other(run.publisher().port(), get("/events"));
    QTRY_COMPARE(run.publisher().clientCount(), 2);
    const std::uint64_t id = run.publisher().clients().at(0).id;
    run.control().setPaused(id, true);
    run.publish("1", "a");
    QTRY_COMPARE(other.body(), first + FaultRun::textOf("1", "a"));
    QTRY_COMPARE(run.publisher().clients().at(0).state, ClientState::Paused);
    QVERIFY(run.publisher().clients().at(0).bytesQueued > 0);
    QCOMPARE(run.client().body(), first);
    run.control().setPaused(id, false);
    QTRY_COMPARE(run.client().body(), other.body());
    QTRY_COMPARE(run.publisher().clients().at(0).state, ClientState::Streaming);
    // Who is paused can be ended like anybody else, and gets what was held.
    run.control().setPaused(id, true);
    run.publish("2", "b");
    run.publisher()->disconnectClient(id);
    QTRY_VERIFY(run.client().isClosed());
    QVERIFY(run.client().body().endsWith(FaultRun::textOf("2", "b")));
}

void ClientControlTest::resetsOne()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.control().reset(run.publisher().clients().at(0).id);
    run.control().reset(999);
    QTRY_VERIFY(run.client().isClosed());
    QVERIFY(!run.client().hasEndChunk());
    QTRY_COMPARE(run.publisher().clientCount(), 0);
}

void ClientControlTest::sendsToSome()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    RawClient other(run.publisher().port(), get("/events"));
    QTRY_COMPARE(run.publisher().clientCount(), 2);
    Publication publication = publicationOf("only you");
    publication.clients = {run.publisher().clients().at(0).id, 999};
    run.publisher()->publish(publication);
    run.publish("1", "all");
    QTRY_COMPARE(run.client().body(), first + "data: only you\n\n" + FaultRun::textOf("1", "all"));
    QTRY_COMPARE(other.body(), first + FaultRun::textOf("1", "all"));
    // It is not of the history.
    RawClient &next = run.connectAgain("Last-Event-ID: unknown\r\n");
    QTRY_VERIFY(next.body().endsWith(FaultRun::textOf("1", "all")));
    QVERIFY(!next.body().contains("only you"));
}

void ClientControlTest::dropsTheOldestBehindAMarker()
{
    PublisherSettings settings;
    settings.slowClients = SlowClients::DropOldest;
    settings.maxQueuedBytesPerClient = 64 << 10;
    FaultRun run({}, {}, settings);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    const std::uint64_t id = run.publisher().clients().at(0).id;
    run.control().setPaused(id, true);
    for (int i = 1; i <= 200; ++i)
        run.publish(QByteArray::number(i), QByteArray(1000, 'x'));
    QTRY_VERIFY(run.publisher().clients().value(0).eventsDropped > 100);
    QVERIFY(run.publisher().clients().at(0).bytesQueued <= settings.maxQueuedBytesPerClient + 200);
    const std::uint64_t dropped = run.publisher().clients().at(0).eventsDropped;
    run.control().setPaused(id, false);
    QTRY_VERIFY(run.client().body().endsWith(FaultRun::textOf("200", QByteArray(1000, 'x'))));
    const QByteArray body = run.client().body();
    QVERIFY(body.startsWith(first + "event: weir-gap\ndata: {\"reason\":\"slow-client\",\"events\":" +
                            QByteArray::number(dropped) + ",\"bytes\":"));
    QCOMPARE(body.count("event: weir-gap"), 1);
    QCOMPARE(body.count("event: t\n"), 200 - static_cast<int>(dropped));
    QVERIFY(body.contains("id: " + QByteArray::number(dropped + 1) + "\n"));
}

void ClientControlTest::measuresLag()
{
    PublisherSettings settings;
    settings.maxQueuedBytesPerClient = 64 << 20;
    FaultRun run({}, {}, settings);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    QCOMPARE(run.publisher().clients().at(0).lag.count(), 0);
    run.client().socket().setReadBufferSize(1);
    for (int i = 0; i < 500; ++i)
        run.publish(QByteArray::number(i), QByteArray(32'000, 'x'));
    QTRY_COMPARE(run.publisher().clients().value(0).state, ClientState::Slow);
    QVERIFY(run.publisher().clients().at(0).lag >= std::chrono::seconds{1});
    run.client().socket().setReadBufferSize(0);
    QTRY_COMPARE(run.publisher().clients().value(0).state, ClientState::Streaming);
    QTRY_COMPARE(run.publisher().clients().at(0).lag.count(), 0);
}

void ClientControlTest::tellsTheRequestHead()
{
    FaultRun run({}, "X-Odd-Case: Some  Value\r\nAuthorization: Bearer abc\r\n");
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    QSignalSpy heads(&run.control(), &ClientControl::headKnown);
    run.control().askForHead(run.publisher().clients().at(0).id);
    QTRY_COMPARE(heads.size(), 1);
    QCOMPARE(heads.at(0).at(1).toByteArray(),
        QByteArray("GET /events HTTP/1.1\r\nHost: localhost\r\nX-Odd-Case: Some  Value\r\nAuthorization: Bearer abc"));
    run.control().askForHead(999);
    QTRY_COMPARE(heads.size(), 2);
    QCOMPARE(heads.at(1).at(1).toByteArray(), QByteArray());
}

void ClientControlTest::masksSecrets()
{
    QCOMPARE(maskedHead("GET /a?x=1&Token=t&y HTTP/1.1\r\nHost: h\r\nauthorization: Basic dTpw\r\nCookie: a=b; c=d\r\n"
                        "X-Api-Key: k\r\nAccept: */*\r\n"),
        QByteArray("GET /a?x=1&Token=***&y HTTP/1.1\r\nHost: h\r\nauthorization: Basic ***\r\nCookie: ***\r\n"
                   "X-Api-Key: ***\r\nAccept: */*\r\n"));
    QCOMPARE(maskedTarget("/a", "access_token=x&b=c"), QByteArray("/a?access_token=***&b=c"));
    QCOMPARE(maskedTarget("/a", {}), QByteArray("/a"));
    QCOMPARE(maskedTarget("/a\r\n\x7f\xc3\xa4", "b"), QByteArray("/a%0D%0A%7F\xc3\xa4?b"));
}

void ClientControlTest::logsRequests()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    QSignalSpy recorded(&run.control(), &ClientControl::requestsRecorded);
    run.control().watchRequests(true);
    RawClient missing(run.publisher().port(), get("/missing?key=secret", "User-Agent: test/1\r\n"));
    QTRY_COMPARE(missing.status(), 404);
    RawClient broken(run.publisher().port(), "nonsense\r\n\r\n");
    QTRY_COMPARE(broken.status(), 400);
    RawClient &stream = run.connectAgain();
    QTRY_COMPARE(stream.body(), first);
    QTRY_COMPARE(recordsOf(recorded).size(), 3);
    const QList<RequestRecord> records = recordsOf(recorded);
    QCOMPARE(records.at(0).target, QByteArray("/missing?key=***"));
    QCOMPARE(records.at(0).method, QByteArray("GET"));
    QCOMPARE(records.at(0).status, 404);
    QCOMPARE(records.at(0).userAgent, QByteArray("test/1"));
    QCOMPARE(records.at(0).bytes, static_cast<std::uint64_t>(missing.received().size()));
    QCOMPARE(records.at(1).status, 400);
    QVERIFY(records.at(1).method.isEmpty() && !records.at(1).note.isEmpty());
    QVERIFY(records.at(2).isOpen);
    stream.socket().abort();
    QTRY_VERIFY(!recordsOf(recorded).at(2).isOpen);
    QCOMPARE(recordsOf(recorded).at(2).note, u"closed by the client"_s);
    QVERIFY(recordsOf(recorded).at(2).bytes > records.at(2).bytes);
    // Unfinished requests are told of too.
    RawClient unfinished(run.publisher().port(), "GET /ev");
    QTRY_COMPARE(unfinished.socket().state(), QAbstractSocket::ConnectedState);
    unfinished.socket().disconnectFromHost();
    QTRY_COMPARE(recordsOf(recorded).size(), 4);
    QCOMPARE(recordsOf(recorded).at(3).status, 0);
}

void ClientControlTest::survivesAFloodOfRequests()
{
    RunningPublisher publisher;
    ClientControl control(*publisher);
    QSignalSpy recorded(&control, &ClientControl::requestsRecorded);
    control.watchRequests(true);
    constexpr int requests = 20'000;
    RawClient client(publisher.port(), ("HEAD" + get("/none").mid(3)).repeated(requests));
    QTRY_COMPARE_WITH_TIMEOUT(client.received().count("404 Not Found"), requests, 60'000);
    std::uint64_t told = 0;
    const auto count = [&] {
        told = 0;
        for (const QList<QVariant> &call : recorded)
            told +=
                static_cast<std::uint64_t>(call.at(0).value<QList<RequestRecord>>().size()) + call.at(1).toULongLong();
        return told;
    };
    QTRY_COMPARE(count(), static_cast<std::uint64_t>(requests));
    for (const QList<QVariant> &call : recorded)
        QVERIFY(call.at(0).value<QList<RequestRecord>>().size() <= AccessLog::maxBatch);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ClientControlTest)
#include "tst_clientcontrol.moc"
