// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/appending.h"

#include <QTest>

#include <numeric>
#include <random>
#include <set>

using namespace weir;
using namespace weir::store;
using namespace weir::store::test;

namespace {

constexpr std::size_t kibi = 1024;

LogLimits smallLog(std::size_t budget)
{
    LogLimits limits;
    limits.recordsPerSegment = 64;
    limits.bytesPerSegment = 16 * kibi;
    limits.memoryBudget = budget;
    return limits;
}

std::uint64_t held(const Snapshot &snapshot)
{
    return snapshot.end().value - snapshot.begin().value;
}

void verifyBalance(const EventLog &log)
{
    const auto [snapshot, ledger] = log.snapshotAndLedger();
    QCOMPARE(ledger.received, held(snapshot) + ledger.evicted + ledger.refusedAsTooLarge);
    QCOMPARE(ledger.evicted, snapshot.begin().value - 1);
    QCOMPARE(
        std::accumulate(ledger.receivedByKind.begin(), ledger.receivedByKind.end(), std::uint64_t{0}), ledger.received);
}

} // namespace

/// The memory budget, eviction, and the ledger's balance.
class TestRetention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysWithinTheBudget();
    void evictsTheOldestAndKeepsNumbers();
    void memoryOfEvictedSegmentsIsUsedAgain();
    void idsAreNotTakenFromReusedMemory();
    void snapshotKeepsEvictedSegments();
    void memoryComesBackWhenTheSnapshotGoes();
    void tinyBudgetKeepsTheOpenSegment();
    void itemLargerThanTheBudgetIsKeptUncut();
    void budgetCanBeChanged();
    void largeSegmentsAreUsedAgainToo();
    void ledgerBalancesWhateverHappens();
};

void TestRetention::staysWithinTheBudget()
{
    EventLog log(smallLog(1024 * kibi));
    const std::string text(100, 'x');
    for (int i = 0; i < 500; ++i) {
        appendEvents(log, 64, text);
        QVERIFY(log.ledger().memoryUsed <= 1024 * kibi);
        verifyBalance(log);
    }
    QVERIFY(log.ledger().memoryUsed > 900 * kibi);
    QVERIFY(log.ledger().evicted > 0);
}

void TestRetention::evictsTheOldestAndKeepsNumbers()
{
    EventLog log(smallLog(512 * kibi));
    Items items;
    items.addEvent("x");
    for (int i = 0; i < 64 * 200; ++i)
        log.append(readOf(1, i), items.batch());
    const Snapshot snapshot = log.snapshot();
    QVERIFY(snapshot.begin().value > 1);
    QCOMPARE(snapshot.end().value, 64U * 200 + 1);
    for (EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
        QCOMPARE(snapshot.at(number).number(), number);
        QCOMPARE(snapshot.at(number).arrival(), at(static_cast<std::int64_t>(number.value) - 1));
    }
}

void TestRetention::memoryOfEvictedSegmentsIsUsedAgain()
{
    EventLog log(smallLog(1024 * kibi));
    appendEvents(log, 64 * 100, std::string(100, 'x'));
    QVERIFY(log.ledger().evicted > 0);
    std::set<const Segment *> before;
    std::set<const Segment *> after;
    const auto collect = [&log](std::set<const Segment *> &into) {
        const Snapshot snapshot = log.snapshot();
        for (std::size_t i = 0; i < snapshot.segmentCount(); ++i)
            into.insert(snapshot.segment(i).get());
    };
    for (int i = 0; i < 100; ++i) {
        appendEvents(log, 64, std::string(100, 'x'));
        collect(i < 50 ? before : after);
    }
    QCOMPARE(after, before); // the same few, over and over
}

// What an earlier use left in the memory looks just like the ID that is sought.
void TestRetention::idsAreNotTakenFromReusedMemory()
{
    EventLog log(smallLog(512 * kibi));
    for (int i = 0; i < 64 * 100; ++i) {
        Items items;
        items.add("data: " + std::string(static_cast<std::size_t>(i % 64), 'x') + "\n\n", "", "the id");
        log.append(readOf(1, i), items.batch());
    }
    QVERIFY(log.ledger().evicted > 0);
    const Snapshot snapshot = log.snapshot();
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = *snapshot.segment(i);
        const char *const firstRaw = segment.at(0).raw().data();
        QCOMPARE(segment.at(0).id().data() - firstRaw, static_cast<std::ptrdiff_t>(segment.at(0).raw().size()));
        for (std::uint32_t record = 0; record < snapshot.readable(i); ++record)
            QCOMPARE(segment.at(record).id(), "the id");
    }
}

void TestRetention::snapshotKeepsEvictedSegments()
{
    EventLog log(smallLog(256 * kibi));
    appendEvents(log, 300, "precious");
    const Snapshot snapshot = log.snapshot();
    appendEvents(log, 64 * 100, std::string(100, 'x'));
    QVERIFY(log.snapshot().begin() > snapshot.end());
    for (EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value)
        QCOMPARE(snapshot.at(number).data(), "precious");
    QVERIFY(log.ledger().memoryHeldBySnapshots > 0);
    verifyBalance(log);
}

void TestRetention::memoryComesBackWhenTheSnapshotGoes()
{
    constexpr std::size_t budget = 512 * kibi;
    EventLog log(smallLog(budget));
    const std::string text(100, 'x');
    appendEvents(log, 64 * 100, text);
    Snapshot snapshot = log.snapshot();
    appendEvents(log, 64 * 100, text);
    QVERIFY(log.ledger().memoryHeldBySnapshots > budget / 2);
    QVERIFY(log.ledger().memoryUsed <= budget);
    snapshot = {};
    QCOMPARE(log.ledger().memoryHeldBySnapshots, std::size_t{0});
    appendEvents(log, 1, text); // the appender frees what is too much, not whoever dropped the snapshot
    QVERIFY(log.ledger().memoryUsed <= budget);
}

void TestRetention::tinyBudgetKeepsTheOpenSegment()
{
    EventLog log(smallLog(0));
    for (int i = 1; i <= 200; ++i) {
        appendEvents(log, 1, "x");
        const Snapshot snapshot = log.snapshot();
        QCOMPARE(snapshot.end().value, static_cast<std::uint64_t>(i) + 1);
        QCOMPARE(last(snapshot).data(), "x");
        QCOMPARE(snapshot.segmentCount(), std::size_t{1});
    }
    verifyBalance(log);
    QCOMPARE(log.ledger().evicted, 192U);
}

void TestRetention::itemLargerThanTheBudgetIsKeptUncut()
{
    EventLog log(smallLog(64 * kibi));
    const std::string large(300 * kibi, 'L');
    appendEvents(log, 10, "x");
    appendEvents(log, 1, large);
    QVERIFY(last(log.snapshot()).data() == large);
    appendEvents(log, 1, "after");
    QCOMPARE(last(log.snapshot()).data(), "after");
    verifyBalance(log);
    appendEvents(log, 200, "x");
    QVERIFY(log.ledger().memoryUsed <= 64 * kibi);
    verifyBalance(log);
}

void TestRetention::budgetCanBeChanged()
{
    EventLog log(smallLog(2048 * kibi));
    const std::string text(100, 'x');
    appendEvents(log, 64 * 100, text);
    const std::uint64_t before = held(log.snapshot());
    log.setMemoryBudget(256 * kibi);
    QCOMPARE(held(log.snapshot()), before);
    QCOMPARE(log.ledger().memoryBudget, 256 * kibi);
    appendEvents(log, 1, text);
    QVERIFY(held(log.snapshot()) < before / 3);
    QVERIFY(log.ledger().memoryUsed <= 256 * kibi);
    log.setMemoryBudget(8192 * kibi);
    const std::uint64_t evicted = log.ledger().evicted;
    appendEvents(log, 64 * 100, text);
    QCOMPARE(log.ledger().evicted, evicted);
    verifyBalance(log);
}

void TestRetention::largeSegmentsAreUsedAgainToo()
{
    EventLog log(smallLog(2048 * kibi));
    appendEvents(log, 64 * 200, std::string(100, 'x'));
    std::set<const Segment *> seen;
    for (std::size_t i = 0; i < 300; ++i) { // each needs a segment of its own, of varying size
        appendEvents(log, 1, std::string(100 * kibi + i % 10 * 100, 'L'));
        QVERIFY(log.ledger().memoryUsed <= 2048 * kibi);
        if (i >= 100) {
            const Snapshot snapshot = log.snapshot();
            seen.insert(snapshot.segment(snapshot.segmentCount() - 1).get());
        }
    }
    QVERIFY2(seen.size() < 25, qPrintable(QString::number(seen.size())));
    verifyBalance(log);
}

void TestRetention::ledgerBalancesWhateverHappens()
{
    std::mt19937 random(20240611);
    const auto below = [&random](int bound) { return std::uniform_int_distribution(0, bound - 1)(random); };
    EventLog log(smallLog(256 * kibi));
    std::vector<Snapshot> snapshots;
    std::uint64_t expected = 0;
    std::uint64_t refused = 0;
    for (int step = 0; step < 3000; ++step) {
        Items items;
        for (int i = below(20); i > 0; --i) {
            const auto size = static_cast<std::size_t>(below(50) == 0 ? below(40'000) : below(200));
            sse::Item &item = below(2) == 0 ? items.addEvent(std::string(size, 'x'))
                                            : items.add("data: m\n\n", std::string(size, 'y'), "id");
            item.kind = static_cast<sse::ItemKind>(below(4));
            if (item.kind == sse::ItemKind::Diagnostic && below(2) == 0) {
                item.diagnostic = sse::Diagnostic::EventTooLarge;
                ++refused;
            }
        }
        log.append(readOf(static_cast<std::uint32_t>(1 + below(5)), step), items.batch());
        expected += items.batch().items().size();
        if (below(10) == 0) {
            log.append({1}, static_cast<std::uint32_t>(step), at(step), {ConnectionState::Open, 200, {}, "open"});
            ++expected;
        }
        if (below(20) == 0)
            snapshots.push_back(log.snapshot());
        if (below(20) == 0 && !snapshots.empty())
            snapshots.erase(snapshots.begin() + below(static_cast<int>(snapshots.size())));
        if (below(100) == 0)
            log.setMemoryBudget(static_cast<std::size_t>(below(512)) * kibi);
        verifyBalance(log);
        QCOMPARE(log.ledger().received, expected + refused);
    }
    for (const Snapshot &snapshot : snapshots)
        for (EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value)
            QVERIFY(snapshot.at(number).data().find_first_not_of("xym open") == std::string_view::npos);
    snapshots.clear();
    QCOMPARE(log.ledger().memoryHeldBySnapshots, std::size_t{0});
}

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"
