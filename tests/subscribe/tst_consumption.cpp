// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/readingpace.h"
#include "subscribe/watcher.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::ReadingPace;

namespace {

subscribe::Consumption slow(std::uint64_t bytesPerSecond)
{
    subscribe::Consumption consumption;
    consumption.bytesPerSecond = bytesPerSecond;
    return consumption;
}

subscribe::Consumption stopping(std::uint64_t after, std::chrono::milliseconds time = {})
{
    subscribe::Consumption consumption;
    consumption.stopsAfter = after;
    consumption.stopsFor = time;
    return consumption;
}

} // namespace

/// Consumers that misbehave on purpose.
class ConsumptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void pacesByRate();
    void pacesByStop();
    void readsSlowly();
    void stopsReading();
    void readsOnAfterAPause();
    void opensFurtherConnections();
    void tellsWhyFurtherConnectionsEnd();
    void refusesToHoldBackHttp2();

private:
    FaultServer m_server;
};

void ConsumptionTest::pacesByRate()
{
    const ReadingPace::Time start{};
    ReadingPace pace(slow(1000), start);
    QCOMPARE(pace.allowance(start), 0);
    QCOMPARE(pace.pause(start), 100ms);
    QCOMPARE(pace.allowance(start + 50ms), 50);
    pace.spend(50);
    QCOMPARE(pace.allowance(start + 50ms), 0);
    // What was not used does not pile up.
    QCOMPARE(pace.allowance(start + 10s), 100);
    qint64 total = 0;
    for (auto now = start + 10s; now < start + 20s; now += 7ms) {
        const qint64 allowed = pace.allowance(now);
        pace.spend(allowed);
        total += allowed;
    }
    QVERIFY2(total >= 9900 && total <= 10100, qPrintable(QString::number(total)));
    // A byte a second is a byte a second.
    ReadingPace slowest(slow(1), start);
    QCOMPARE(slowest.allowance(start + 999ms), 0);
    QCOMPARE(slowest.allowance(start + 1000ms), 1);
}

void ConsumptionTest::pacesByStop()
{
    const ReadingPace::Time start{};
    ReadingPace pace(stopping(10, 5s), start);
    QCOMPARE(pace.allowance(start), 10);
    pace.spend(4);
    QCOMPARE(pace.allowance(start), 6);
    pace.spend(6);
    QCOMPARE(pace.allowance(start + 1s), 0);
    QVERIFY(pace.hasStopped());
    QCOMPARE(pace.pause(start + 2s), 4s);
    QCOMPARE(pace.allowance(start + 5999ms), 0);
    QVERIFY(pace.allowance(start + 6s) > 1'000'000);
    QVERIFY(pace.hasResumed());
    ReadingPace forGood(stopping(0), start);
    QCOMPARE(forGood.allowance(start), 0);
    QVERIFY(!forGood.pause(start));
}

void ConsumptionTest::readsSlowly()
{
    m_server.on("/slow", {Script::stream().flood("data: 0123456789\n\n")});
    Watcher watcher;
    auto settings = Watcher::quick(m_server.url("/slow"));
    settings.consumption.bytesPerSecond = 20'000;
    QElapsedTimer clock;
    clock.start();
    const auto id = watcher.watch(settings);
    QTRY_VERIFY(watcher.events().size() > 500);
    const auto bytes = static_cast<qint64>(watcher.ingest().counters(id)->wireBytes.load());
    const qint64 most = 20 * clock.elapsed() + 2000;
    QVERIFY2(bytes <= most, qPrintable(u"%1 bytes, at most %2"_s.arg(bytes).arg(most)));
    QVERIFY(watcher.first(ConnectionState::Open).warning.contains(u"reads at most"_s));
}

void ConsumptionTest::stopsReading()
{
    m_server.on("/stop", {Script::stream().flood("data: 0123456789\n\n")});
    Watcher watcher;
    auto settings = Watcher::quick(m_server.url("/stop"));
    settings.consumption.stopsAfter = 18 * 1000;
    settings.idleTimeout = 50ms; // silence by choice is none of the server's
    watcher.watch(settings);
    QTRY_VERIFY(watcher.last().warning.contains(u"has stopped reading"_s));
    QCOMPARE(watcher.events().size(), 1000);
    // The server fills the buffers of the system and then stands still.
    qint64 taken = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(taken, m_server.bytesTaken()) == m_server.bytesTaken(), 10'000);
    QCOMPARE(watcher.events().size(), 1000);
    QCOMPARE(watcher.last().state, ConnectionState::Open);
    // It stands in the log too: the connection's second line.
    QVERIFY(watcher.records(store::Kind::Connection).constLast().contains("has stopped reading"));
}

void ConsumptionTest::readsOnAfterAPause()
{
    m_server.on("/pause", {Script::stream(QByteArray("data: x\n\n").repeated(100)).finish()});
    Watcher watcher;
    auto settings = Watcher::quick(m_server.url("/pause"));
    settings.reconnect.isEnabled = false;
    settings.consumption.stopsAfter = 90;
    settings.consumption.stopsFor = 200ms;
    QElapsedTimer clock;
    clock.start();
    watcher.watch(settings);
    QTRY_VERIFY(watcher.last().warning.contains(u"has stopped reading"_s));
    QCOMPARE(watcher.events().size(), 10);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QVERIFY(clock.elapsed() >= 200);
    QCOMPARE(watcher.events().size(), 100);
    // The pause was told, and its end.
    QCOMPARE(watcher.count(ConnectionState::Open), 3);
}

void ConsumptionTest::opensFurtherConnections()
{
    m_server.on("/many", {Script::stream("data: x\n\n")});
    Watcher watcher;
    auto settings = Watcher::quick(m_server.url("/many"));
    settings.consumption.extraConnections = 20;
    const auto id = watcher.watch(settings);
    QTRY_COMPARE(m_server.openCount(), 21);
    QTRY_VERIFY(watcher.last().warning.contains(u"20 of 20 open"_s));
    QCOMPARE(watcher.events().size(), 1); // the others are not kept
    QTRY_VERIFY(watcher.records(store::Kind::Connection).constLast().contains("20 of 20 open"));
    watcher.ingest().disconnectNow(id);
    QTRY_COMPARE(m_server.openCount(), 0);
}

void ConsumptionTest::tellsWhyFurtherConnectionsEnd()
{
    m_server.on("/full", {Script::stream(), Script::response("503 Service Unavailable", "Content-Length: 0\r\n")});
    Watcher watcher;
    auto settings = Watcher::quick(m_server.url("/full"));
    settings.reconnect.isStrict = true;
    settings.consumption.extraConnections = 3;
    watcher.watch(settings);
    QTRY_VERIFY2(
        watcher.last().warning.contains(u"0 of 3 open, ended so far: 3"_s), qPrintable(watcher.last().warning));
    QVERIFY(watcher.last().warning.contains(u"503"_s));
    QCOMPARE(watcher.last().state, ConnectionState::Open);
}

void ConsumptionTest::refusesToHoldBackHttp2()
{
    subscribe::SubscriptionSettings settings;
    settings.url = QUrl(u"https://localhost/"_s);
    settings.transport.httpVersion = subscribe::HttpVersion::Http2;
    settings.consumption.extraConnections = 5;
    QVERIFY(!subscribe::problemOf(settings));
    settings.consumption.bytesPerSecond = 1;
    QVERIFY(subscribe::problemOf(settings).value_or(QString()).contains(u"HTTP/2"_s));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ConsumptionTest)
#include "tst_consumption.moc"
