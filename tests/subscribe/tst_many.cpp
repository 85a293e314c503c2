// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/descriptors.h"
#include "subscribe/networkpool.h"
#include "subscribe/watcher.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;

namespace {

qint64 residentBytes()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

} // namespace

/// Many streams, and floods: C40, C48.
class ManyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { subscribe::raiseDescriptorLimit(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void threeHundredStreams();
    void floodIsHeldBack();
    void floodIsReadInFull();
    void poolSpreadsAndShrinks();
    void refusesWithoutDescriptors();
};

void ManyTest::threeHundredStreams()
{
    constexpr int count = 300;
    FaultServer server;
    server.on("/", {Script::stream("data: first\n\n").awaitGo().send("data: second\n\n").awaitGo()});
    Watcher watcher;
    for (int i = 0; i < count; ++i)
        watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.count(ConnectionState::Open), count); // C40
    QTRY_COMPARE(watcher.log().ledger().receivedByKind[0], std::uint64_t{count});
    QTRY_COMPARE(server.waitingCount(), count);
    server.go();
    QTRY_COMPARE(watcher.log().ledger().receivedByKind[0], 2 * std::uint64_t{count});
    QCOMPARE(watcher.statuses().size(), 2 * count);
    QElapsedTimer timer;
    timer.start();
    watcher.destroyIngest();
    // About 100 ms on an idle machine; the test shares its processors with others.
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    qInfo("300 open streams were ended in %lld ms", timer.elapsed());
    QTRY_COMPARE(server.openCount(), 0);
}

void ManyTest::floodIsHeldBack()
{
    FaultServer server;
    const QByteArray block = "data: " + QByteArray(112, 'x') + "\n\n";
    server.on("/", {Script::stream().flood(block.repeated(100))});
    subscribe::FlowLimit flow;
    flow.maxRecordsAhead = 1000;
    Watcher watcher(&flow);
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.log().ledger().receivedByKind[0] > 0);
    qint64 taken = 0;
    QDeadlineTimer quiet(300ms);
    const auto hasStalled = [&] {
        if (std::exchange(taken, server.bytesTaken()) != server.bytesTaken())
            quiet.setRemainingTime(300ms);
        return quiet.hasExpired();
    };
    QTRY_VERIFY(hasStalled()); // C48
    const qint64 memory = residentBytes();
    const std::uint64_t records = watcher.log().ledger().received;
    QVERIFY2(records < 1000 + 2 * 256 * 1024 / 120 + 10, qPrintable(QString::number(records)));
    QVERIFY2(taken < 16 << 20, qPrintable(QString::number(taken)));
    const QDeadlineTimer pause(300ms);
    QTRY_VERIFY(pause.hasExpired());
    QVERIFY(residentBytes() - memory < 4 << 20);
    flow.consumedThrough = records + 100000;
    QTRY_VERIFY(watcher.log().ledger().received > records + 90000);
}

void ManyTest::floodIsReadInFull()
{
    FaultServer server;
    const QByteArray body = QByteArray("data: " + QByteArray(112, 'x') + "\n\n").repeated(100000);
    server.on("/", {Script::stream(body).finish(), Script::stream()});
    subscribe::FlowLimit flow;
    flow.maxRecordsAhead = 500;
    Watcher watcher(&flow);
    watcher.watch(server.url("/"));
    const auto consume = [&] {
        flow.consumedThrough = watcher.log().ledger().received;
        return watcher.count(ConnectionState::Waiting) > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(consume(), 20000);
    QCOMPARE(watcher.log().ledger().receivedByKind[0], 100000U);
    QCOMPARE(watcher.log().ledger().bytesReceived, static_cast<std::uint64_t>(body.size()));
}

void ManyTest::poolSpreadsAndShrinks()
{
    FaultServer server;
    server.on("/", {Script::stream()});
    subscribe::NetworkPool pool({.perOrigin = 2, .perManager = 3, .idleTime = 100ms});
    subscribe::RequestState state;
    state.url = server.url("/");
    const auto request = subscribe::streamRequest(Watcher::quick(state.url), state);
    const subscribe::NetworkRoute route;
    std::vector<std::unique_ptr<QNetworkReply>> replies;
    for (int i = 0; i < 5; ++i)
        replies.emplace_back(pool.send(request, route));
    QCOMPARE(pool.managerCount(), 3U);
    QTRY_COMPARE(server.openCount(), 5);
    replies.emplace_back(pool.send(request, route));
    QCOMPARE(pool.managerCount(), 3U);
    replies.clear();
    QTRY_COMPARE(pool.managerCount(), 0U);
    QTRY_COMPARE(server.openCount(), 0);
}

void ManyTest::refusesWithoutDescriptors()
{
    QVERIFY(!subscribe::areDescriptorsScarce());
    Watcher watcher;
    watcher.watch(QUrl(u"http://127.0.0.1:1/"_s));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlimit low{.rlim_cur = 10, .rlim_max = limit.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &low), 0);
    const auto isRefused = [&] { return watcher.last().cause == subscribe::Cause::TooManyConnections; };
    const bool wasRefused = QTest::qWaitFor(isRefused);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
    QVERIFY(wasRefused);
    QTRY_COMPARE(watcher.last().cause, subscribe::Cause::ConnectionRefused);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ManyTest)
#include "tst_many.moc"
