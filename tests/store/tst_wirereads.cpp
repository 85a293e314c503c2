// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/lineparser.h"
#include "sse/parser.h"
#include "store/appending.h"
#include "store/wirereads.h"

#include <QTest>

using namespace weir;
using namespace weir::store;
using namespace weir::store::test;

namespace {

/// One connection into a log, as `subscribe` does it.
template <typename Parser = sse::Parser>
class Stream
{
public:
    explicit Stream(EventLog &log, std::uint32_t subscription = 1, sse::ParserLimits limits = {})
        : m_log(log)
        , m_parser(limits)
    {
        m_read.subscription = {subscription};
        m_read.attempt = 1;
    }

    void read(std::string_view bytes)
    {
        m_parser.feed(bytes, m_batch);
        append(bytes.size());
    }
    void finish()
    {
        m_parser.finish(m_batch);
        append(0);
    }

private:
    void append(std::size_t bytes)
    {
        m_read.bytes = static_cast<std::uint32_t>(bytes);
        m_read.arrival = at(1000 + m_read.number);
        m_log.append(m_read, m_batch);
        ++m_read.number;
        m_read.streamOffset += bytes;
    }

    EventLog &m_log;
    Parser m_parser;
    sse::Batch m_batch;
    ReadInfo m_read;
};

ReadPart part(std::uint32_t number, std::uint32_t bytes, std::uint32_t offset, std::uint32_t length)
{
    return {number, at(1000 + number), bytes, offset, length};
}

WireReads readsOfLast(const EventLog &log)
{
    const Snapshot snapshot = log.snapshot();
    return readsOf(snapshot, {snapshot.end().value - 1});
}

using Parts = std::vector<ReadPart>;

} // namespace

class TestWireReads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneRead();
    void severalReads();
    void otherConnectionsBetween();
    void readOverTwoSegments();
    void evicted();
    void tooFarBack();
    void endOfBody();
    void bytesThatWereNotKept();
    void connectionChange();
    void everyByteBelongsToOneRecord_data();
    void everyByteBelongsToOneRecord();
    void sameRead();
};

void TestWireReads::oneRead()
{
    EventLog log;
    Stream stream(log);
    stream.read("data: a\n\n\ndata: bc\n\n");
    QCOMPARE(readsOf(log.snapshot(), {1}).parts, Parts{part(0, 20, 0, 9)});
    QCOMPARE(readsOf(log.snapshot(), {2}).parts, Parts{part(0, 20, 10, 10)}); // without the empty line
    QVERIFY(readsOfLast(log).isComplete);
}

void TestWireReads::severalReads()
{
    EventLog log;
    Stream stream(log);
    stream.read("data: a\n\nda"); // 11
    stream.read("ta: b");         // 5
    stream.read("\n");
    stream.read("\ndata: c\n\n");
    QCOMPARE(readsOf(log.snapshot(), {2}).parts,
        (Parts{part(0, 11, 9, 2), part(1, 5, 0, 5), part(2, 1, 0, 1), part(3, 10, 0, 1)}));
    QCOMPARE(readsOf(log.snapshot(), {3}).parts, Parts{part(3, 10, 1, 9)});
}

void TestWireReads::otherConnectionsBetween()
{
    EventLog log;
    Stream first(log, 1);
    Stream second(log, 2);
    first.read("data: ");
    second.read("data: other\n");
    log.append({1}, 1, at(5), {ConnectionState::Open, 200, {}, "accepted"});
    first.read("x");
    second.read("\n");
    first.read("\n\n");
    QCOMPARE(readsOfLast(log).parts, (Parts{part(0, 6, 0, 6), part(1, 1, 0, 1), part(2, 2, 0, 2)}));
    QCOMPARE(readsOf(log.snapshot(), {2}).parts, (Parts{part(0, 12, 0, 12), part(1, 1, 0, 1)}));
}

void TestWireReads::readOverTwoSegments()
{
    LogLimits limits;
    limits.recordsPerSegment = 3;
    EventLog log(limits);
    Stream stream(log);
    stream.read("data: 1\n\nda");
    stream.read("ta: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\nda"); // noted in both segments
    stream.read("ta: 6\n\n");
    QCOMPARE(log.snapshot().segmentCount(), std::size_t{2});
    QCOMPARE(readsOf(log.snapshot(), {2}).parts, (Parts{part(0, 11, 9, 2), part(1, 36, 0, 7)}));
    QCOMPARE(readsOf(log.snapshot(), {5}).parts, Parts{part(1, 36, 25, 9)});
    QCOMPARE(readsOf(log.snapshot(), {6}).parts, (Parts{part(1, 36, 34, 2), part(2, 7, 0, 7)}));
}

void TestWireReads::evicted()
{
    LogLimits limits;
    limits.recordsPerSegment = 2;
    limits.memoryBudget = 1;
    EventLog log(limits);
    Stream stream(log);
    for (int i = 0; i < 4; ++i)
        stream.read("data: ");
    Stream flood(log, 2);
    for (int i = 0; i < 10; ++i)
        flood.read("data: x\n\n");
    stream.read("\n\n");
    const WireReads reads = readsOfLast(log);
    QVERIFY(!reads.isComplete);
    QCOMPARE(reads.parts, Parts{part(4, 2, 0, 2)});
}

void TestWireReads::tooFarBack()
{
    EventLog log;
    Stream stream(log);
    for (const char c : std::string_view("data: x\n\n"))
        stream.read({&c, 1});
    const WireReads reads = readsOf(log.snapshot(), {1}, 3);
    QVERIFY(!reads.isComplete);
    QCOMPARE(reads.parts, (Parts{part(5, 1, 0, 1), part(6, 1, 0, 1), part(7, 1, 0, 1), part(8, 1, 0, 1)}));
    QVERIFY(readsOf(log.snapshot(), {1}, 8).isComplete);
}

// What the end of a body completes was brought by the reads before.
void TestWireReads::endOfBody()
{
    EventLog log;
    Stream<sse::LineParser> stream(log);
    stream.read("{}\n[");
    stream.read("1]");
    stream.finish();
    QCOMPARE(readsOfLast(log).parts, (Parts{part(0, 4, 3, 1), part(1, 2, 0, 2)}));
    QVERIFY(readsOfLast(log).isComplete);
}

void TestWireReads::bytesThatWereNotKept()
{
    EventLog log;
    Stream stream(log, 1, {16});
    stream.read("data: a\n:");
    stream.read(std::string(20, 'x') + "\n\n");
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).diagnostic(), sse::Diagnostic::LineTooLarge);
    QCOMPARE(readsOf(snapshot, {1}), (WireReads{{part(0, 9, 8, 1), part(1, 22, 0, 21)}, true}));
    QVERIFY(snapshot.at({2}).rawIncomplete());
    QVERIFY(!readsOf(snapshot, {2}).isComplete);
    stream.read("data: " + std::string(20, 'x'));
    QCOMPARE(readsOfLast(log), (WireReads{{part(2, 26, 0, 17)}, true})); // known when the limit was passed
}

void TestWireReads::connectionChange()
{
    EventLog log;
    log.append({1}, 1, at(5), {ConnectionState::Open, 200, {}, "accepted"});
    QCOMPARE(readsOfLast(log), (WireReads{}));
}

void TestWireReads::everyByteBelongsToOneRecord_data()
{
    QTest::addColumn<int>("piece");
    QTest::addColumn<int>("recordsPerSegment");
    for (const int piece : {1, 7, 50, 1000})
        for (const int records : {2, 5, 65536})
            QTest::addRow("reads of %d, segments of %d", piece, records) << piece << records;
}

void TestWireReads::everyByteBelongsToOneRecord()
{
    QFETCH(int, piece);
    QFETCH(int, recordsPerSegment);
    LogLimits limits;
    limits.recordsPerSegment = static_cast<std::uint32_t>(recordsPerSegment);
    EventLog log(limits);
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += "data: " + std::string(static_cast<std::size_t>(i % 23), 'x') + "\n\n";
    Stream stream(log);
    Stream other(log, 2);
    const auto size = static_cast<std::size_t>(piece);
    for (std::size_t begin = 0; begin < text.size(); begin += size) {
        stream.read(std::string_view(text).substr(begin, size));
        other.read(": ping\n");
    }
    std::uint64_t position = 0;
    const Snapshot snapshot = log.snapshot();
    for (EventNumber number{1}; number < snapshot.end(); ++number.value) {
        if (snapshot.at(number).subscription() != SubscriptionId{1})
            continue;
        const WireReads reads = readsOf(snapshot, number);
        QVERIFY(reads.isComplete);
        const std::uint64_t begin = position;
        for (const ReadPart &one : reads.parts) {
            QCOMPARE(one.number * size + one.offset, position);
            position += one.length;
        }
        QCOMPARE(position - begin, snapshot.at(number).raw().size());
    }
    QCOMPARE(position, text.size());
}

void TestWireReads::sameRead()
{
    EventLog log;
    Stream first(log, 1);
    Stream second(log, 2);
    first.read("data: 1\n\ndata: 2\n\nda");
    first.read("ta: 3\n\n");
    second.read("data: 4\n\n");
    log.append({1}, 1, at(5), {ConnectionState::Open, 200, {}, "accepted"});
    const Snapshot snapshot = log.snapshot();
    const auto same = [&](std::uint64_t a, std::uint64_t b) { return isSameRead(snapshot.at({a}), snapshot.at({b})); };
    QVERIFY(same(1, 2));
    QVERIFY(!same(2, 3));
    QVERIFY(!same(1, 4));
    QVERIFY(!same(1, 5));
    QVERIFY(!same(5, 5));
}

QTEST_GUILESS_MAIN(TestWireReads)
#include "tst_wirereads.moc"
