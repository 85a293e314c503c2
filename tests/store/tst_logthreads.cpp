// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/appending.h"

#include <QTest>

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace weir;
using namespace weir::store;
using namespace weir::store::test;

namespace {

/// The data of an event is its number, so that a reader sees at once when a record is not the one it asked for.
std::uint64_t numberIn(std::string_view data)
{
    std::uint64_t number = 0;
    std::from_chars(data.data(), data.data() + data.size(), number);
    return number;
}

/// A wrong count, or 0.
std::uint64_t countWrong(const Snapshot &snapshot)
{
    std::uint64_t wrong = 0;
    for (EventNumber number = snapshot.begin(); number < snapshot.end(); number.value += 17) {
        const EventView view = snapshot.at(number);
        wrong += numberIn(view.data()) != number.value || view.number() != number || view.id() != "the id" ||
                 view.arrival() > at(1'000'000) || view.subscription().value != 1 + view.read().number % 3;
    }
    return wrong;
}

} // namespace

/// One thread appends and evicts while others read, hold and drop snapshots. To be run under ThreadSanitizer.
class TestLogThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readersWhileAppending();
    void snapshotsDroppedElsewhere();
};

void TestLogThreads::readersWhileAppending()
{
    LogLimits limits;
    limits.recordsPerSegment = 512;
    limits.bytesPerSegment = 32 * 1024;
    limits.memoryBudget = 512 * 1024;
    EventLog log(limits);
    std::atomic<bool> done = false;
    std::atomic<std::uint64_t> wrong = 0;
    const auto read = [&](int holding) {
        std::vector<Snapshot> held(static_cast<std::size_t>(holding));
        for (std::size_t turn = 0; !done.load(); ++turn) {
            const auto [snapshot, ledger] = log.snapshotAndLedger();
            wrong += countWrong(snapshot);
            wrong += ledger.received != snapshot.end().value - snapshot.begin().value + ledger.evicted;
            wrong += countWrong(log.snapshot());
            const Ledger alone = log.ledger();
            wrong += alone.received < ledger.received || alone.memoryBudget == 0;
            held[turn % held.size()] = snapshot;
            if (turn % 8 == 0)
                log.setMemoryBudget((256 + turn % 256) * 1024);
        }
        for (const Snapshot &snapshot : held)
            wrong += countWrong(snapshot);
    };
    std::thread first(read, 1);
    std::thread second(read, 20);

    std::uint64_t number = 0;
    for (std::uint32_t round = 0; round < 500; ++round) {
        Items items;
        for (int i = 0; i < 40; ++i) {
            const std::string text = std::to_string(++number);
            items.add("data: " + text + "\n\n", text, "the id");
        }
        log.append({{1 + round % 3}, 1 + round / 100, round, at(round), 1, 0}, items.batch());
    }
    done = true;
    first.join();
    second.join();
    QCOMPARE(wrong.load(), 0U);
    QCOMPARE(log.ledger().received, number);
    QVERIFY(log.ledger().evicted > 0);
}

// The last to hold a segment is another thread than the one that uses its memory next.
void TestLogThreads::snapshotsDroppedElsewhere()
{
    LogLimits limits;
    limits.recordsPerSegment = 16;
    limits.memoryBudget = 64 * 1024;
    EventLog log(limits);
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Snapshot> handed;
    bool done = false;
    std::thread dropping([&] {
        std::unique_lock lock(mutex);
        while (!done) {
            changed.wait(lock, [&] { return done || !handed.empty(); });
            std::vector<Snapshot> mine;
            mine.swap(handed);
            lock.unlock();
            mine.clear();
            lock.lock();
        }
    });
    for (int i = 0; i < 1000; ++i) {
        appendEvents(log, 8, "text");
        const std::lock_guard lock(mutex);
        handed.push_back(log.snapshot());
        changed.notify_one();
    }
    {
        const std::lock_guard lock(mutex);
        done = true;
    }
    changed.notify_one();
    dropping.join();
    handed.clear();
    QCOMPARE(log.ledger().memoryHeldBySnapshots, std::size_t{0});
    QCOMPARE(log.ledger().received, 8'000U);
}

QTEST_GUILESS_MAIN(TestLogThreads)
#include "tst_logthreads.moc"
