// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/appending.h"

#include <QTest>

using namespace weir;
using namespace weir::store;
using namespace weir::store::test;

namespace {

LogLimits limitsOf(std::uint32_t records, std::size_t bytes)
{
    LogLimits limits;
    limits.recordsPerSegment = records;
    limits.bytesPerSegment = bytes;
    return limits;
}

std::string dataOf(const Snapshot &snapshot)
{
    std::string all;
    for (EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value)
        all.append(snapshot.at(number).data()) += '|';
    return all;
}

} // namespace

/// Numbers, segments and snapshots.
class TestEventLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyLog();
    void numbersCountFromOne();
    void sealsWhenRecordsAreFull();
    void sealsWhenBytesAreFull_data();
    void sealsWhenBytesAreFull();
    void sealsWhenReadsAreFull();
    void sealsWhenConnectionsAreFull();
    void readThatCompletesNothingIsNoted();
    void readAcrossSegmentsIsNotedInEach();
    void itemLargerThanASegment();
    void itemLargerThanAnySegmentIsRefused();
    void gapAndIdAcrossSegments();
    void snapshotNeverChanges();
    void snapshotOutlivesTheLog();
    void limitsAreBounded();
    void refusedEventsBalance();
};

void TestEventLog::emptyLog()
{
    const EventLog log;
    for (const Snapshot &snapshot : {log.snapshot(), Snapshot()}) {
        QCOMPARE(snapshot.begin().value, 1U);
        QCOMPARE(snapshot.end().value, 1U);
        QVERIFY(!snapshot.contains({1}));
        QVERIFY(!snapshot.contains({0}));
    }
    QCOMPARE(log.ledger().received, 0U);
    QCOMPARE(log.ledger().memoryBudget, LogLimits::defaultMemoryBudget());
    QVERIFY(LogLimits::defaultMemoryBudget() <= std::size_t{4} << 30);
    QVERIFY(LogLimits::defaultMemoryBudget() >= std::size_t{1} << 26);
}

void TestEventLog::numbersCountFromOne()
{
    EventLog log(limitsOf(3, 1000));
    appendEvents(log, 10);
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.end().value, 11U);
    for (std::uint64_t number = 1; number <= 10; ++number) {
        QCOMPARE(snapshot.at({number}).number().value, number);
        QCOMPARE(snapshot.at({number}).arrival(), at(static_cast<std::int64_t>(number) - 1));
    }
}

void TestEventLog::sealsWhenRecordsAreFull()
{
    EventLog log(limitsOf(3, 1000));
    Items items;
    for (const char *data : {"a", "b", "c", "d", "e", "f", "g"})
        items.addEvent(data);
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.segmentCount(), std::size_t{3});
    QCOMPARE(snapshot.readable(0), 3U);
    QCOMPARE(snapshot.readable(2), 1U);
    QCOMPARE(snapshot.segment(1)->first().value, 4U);
    QCOMPARE(snapshot.segment(1)->at(2).data(), "f");
    QCOMPARE(dataOf(snapshot), "a|b|c|d|e|f|g|");
}

void TestEventLog::sealsWhenBytesAreFull_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<int>("fitting");
    QTest::newRow("a byte too few for two") << 17 << 1;
    QTest::newRow("exactly two") << 18 << 2;
    QTest::newRow("a byte too few for three") << 26 << 2;
    QTest::newRow("exactly three") << 27 << 3;
}

void TestEventLog::sealsWhenBytesAreFull()
{
    QFETCH(int, bytes);
    QFETCH(int, fitting);
    const std::string memory = "data: a\n\ndata: b\n\ndata: c\n\n";
    for (const bool contiguous : {true, false}) { // one run, cut where the segment ends; or one by one
        EventLog log(limitsOf(100, static_cast<std::size_t>(bytes)));
        sse::Batch batch;
        for (std::size_t begin = 0; begin < memory.size(); begin += 9) {
            sse::Item &item = batch.append();
            item.raw = std::string_view(memory).substr(contiguous ? begin : 18 - begin, 9);
            item.data = item.raw.substr(6, 1);
        }
        log.append(readOf(1), batch);
        const Snapshot snapshot = log.snapshot();
        QCOMPARE(snapshot.readable(0), static_cast<std::uint32_t>(fitting));
        QCOMPARE(dataOf(snapshot), contiguous ? "a|b|c|" : "c|b|a|");
    }
}

void TestEventLog::sealsWhenReadsAreFull()
{
    EventLog log(limitsOf(4, 1000));
    const sse::Batch nothing;
    for (std::uint32_t number = 0; number < 9; ++number)
        log.append(readOf(1, 0, number), nothing);
    appendEvents(log, 1, "at last");
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.segmentCount(), std::size_t{3});
    QCOMPARE(snapshot.readable(0), 0U);
    QCOMPARE(snapshot.readable(2), 1U);
    QCOMPARE(snapshot.segment(2)->readCount(), 2U);
    QCOMPARE(snapshot.at({1}).data(), "at last");
}

void TestEventLog::sealsWhenConnectionsAreFull()
{
    EventLog log;
    for (std::uint32_t attempt = 1; attempt <= Segment::maxConnections + 1; ++attempt)
        log.append({1}, attempt, at(attempt), {});
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.segmentCount(), std::size_t{2});
    QCOMPARE(snapshot.readable(0), Segment::maxConnections);
    QCOMPARE(last(snapshot).attempt(), Segment::maxConnections + 1);
    QCOMPARE(snapshot.at({Segment::maxConnections}).attempt(), Segment::maxConnections);
}

void TestEventLog::readThatCompletesNothingIsNoted()
{
    EventLog log;
    log.append(readOf(2, 5, 0), sse::Batch());
    appendEvents(log, 1);
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.segment(0)->readCount(), 2U);
    QCOMPARE(snapshot.segment(0)->reads()[0].arrivalLow, 5U);
    QCOMPARE(snapshot.segment(0)->reads()[0].bytes, 100U);
    QCOMPARE(snapshot.segment(0)->records()[0].read, 1U);
    QCOMPARE(log.ledger().bytesReceived, 200U);
    QCOMPARE(log.ledger().received, 1U);
}

void TestEventLog::readAcrossSegmentsIsNotedInEach()
{
    EventLog log(limitsOf(2, 1000));
    Items items;
    for (const char *data : {"a", "b", "c"})
        items.addEvent(data);
    log.append(readOf(6, 42, 3), items.batch());
    const Snapshot snapshot = log.snapshot();
    for (const std::uint64_t number : {1U, 3U}) {
        QCOMPARE(snapshot.at({number}).read().number, 3U);
        QCOMPARE(snapshot.at({number}).arrival(), at(42));
        QCOMPARE(snapshot.at({number}).subscription().value, 6U);
    }
    QCOMPARE(log.ledger().bytesReceived, 100U);
}

void TestEventLog::itemLargerThanASegment()
{
    EventLog log(limitsOf(10, 100));
    const std::string large(1234, 'L');
    Items items;
    items.addEvent("before");
    items.addEvent(large);
    items.add("data: small\n\n", large); // its decoded text alone is too large
    items.addEvent("after");
    log.append(readOf(1), items.batch());
    log.append({1}, 1, at(1), {ConnectionState::Closed, 0, {}, large});
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).data(), "before");
    QVERIFY(snapshot.at({2}).data() == large);
    QVERIFY(snapshot.at({3}).data() == large);
    QCOMPARE(snapshot.at({3}).raw(), "data: small\n\n");
    QCOMPARE(snapshot.at({4}).data(), "after");
    QVERIFY(snapshot.at({5}).connection().reason == large);
    QCOMPARE(log.ledger().received, 5U);
}

void TestEventLog::itemLargerThanAnySegmentIsRefused()
{
    EventLog log;
    Items items;
    items.addEvent("before");
    sse::Item &huge = items.addEvent("huge");
    huge.raw = {huge.raw.data(), std::size_t{5} << 30}; // only measured, never read
    huge.data = {};
    items.addEvent("after");
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(dataOf(snapshot), "before||after|");
    QCOMPARE(snapshot.at({2}).diagnostic(), sse::Diagnostic::EventTooLarge);
    QCOMPARE(snapshot.at({2}).skipped(), std::uint64_t{5} << 30);
    QCOMPARE(log.ledger().refusedAsTooLarge, 1U);
    QCOMPARE(log.ledger().received, 4U);
}

void TestEventLog::gapAndIdAcrossSegments()
{
    EventLog log(limitsOf(1, 1000));
    for (int i = 0; i < 3; ++i) {
        Items items;
        items.add("data: a\n\n", "a", "the id");
        items.add("data: b\n\n", "b", "the id");
        log.append(readOf(1, i * 1'000'000), items.batch());
    }
    const Snapshot snapshot = log.snapshot();
    QVERIFY(!snapshot.at({1}).gap());
    for (std::uint64_t number = 2; number <= 6; ++number) {
        QCOMPARE(snapshot.at({number}).gap()->count(), number % 2 == 0 ? 0 : 1'000'000);
        QCOMPARE(snapshot.at({number}).id(), "the id");
    }
}

void TestEventLog::snapshotNeverChanges()
{
    LogLimits limits = limitsOf(8, 200);
    limits.memoryBudget = 1; // everything but the open segment goes, and its memory may be used again
    EventLog log(limits);
    Items items;
    for (const char *data : {"a", "b", "c"})
        items.addEvent(data);
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    const Snapshot copy = snapshot;
    for (int i = 0; i < 100; ++i) {
        appendEvents(log, 3, "overwritten?");
        QCOMPARE(dataOf(snapshot), "a|b|c|");
    }
    QCOMPARE(snapshot.begin().value, 1U);
    QCOMPARE(snapshot.end().value, 4U);
    QCOMPARE(copy.end().value, 4U);
    QCOMPARE(snapshot.readable(0), 3U);
    QVERIFY(log.snapshot().begin().value > 4);
}

void TestEventLog::snapshotOutlivesTheLog()
{
    Snapshot snapshot;
    {
        EventLog log(limitsOf(2, 100));
        appendEvents(log, 5, "alive");
        snapshot = log.snapshot();
    }
    QCOMPARE(dataOf(snapshot), "alive|alive|alive|alive|alive|");
}

void TestEventLog::limitsAreBounded()
{
    EventLog log(limitsOf(0, 0));
    appendEvents(log, 3, "x");
    QCOMPARE(dataOf(log.snapshot()), "x|x|x|");
    EventLog wide(limitsOf(1'000'000, 1000));
    QCOMPARE(wide.snapshot().segment(0)->capacity().records, 65536U);
}

void TestEventLog::refusedEventsBalance()
{
    EventLog log;
    Items items;
    items.addEvent("x");
    for (const auto what : {sse::Diagnostic::EventTooLarge, sse::Diagnostic::Resynchronised}) {
        sse::Item &item = items.add("data: aaa", "data: aaa");
        item.kind = sse::ItemKind::Diagnostic;
        item.diagnostic = what;
        item.skipped = 9;
    }
    log.append(readOf(1), items.batch());
    const auto [snapshot, ledger] = log.snapshotAndLedger();
    QCOMPARE(ledger.refusedAsTooLarge, 1U);
    QCOMPARE(ledger.received, 4U); // three records and the event that is not there
    QCOMPARE(ledger.receivedByKind[static_cast<std::size_t>(Kind::Event)], 2U);
    QCOMPARE(ledger.receivedByKind[static_cast<std::size_t>(Kind::Diagnostic)], 2U);
    QCOMPARE(snapshot.end().value - snapshot.begin().value, 3U);
}

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_eventlog.moc"
