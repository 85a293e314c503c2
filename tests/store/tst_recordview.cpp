// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/appending.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace weir;
using namespace weir::store;
using namespace weir::store::test;

/// What was appended is what is read back, from the bytes themselves wherever they hold it.
class TestEventView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreSlicesOfTheBytes();
    void decodedTextsStandBeside();
    void emptyTexts();
    void typeOfAnEventIsMessage();
    void inheritedIdIsKeptOnce();
    void inheritedIdThatChangedUnderTheSameView();
    void inheritedIdsOfTwoSubscriptions();
    void inheritedIdInTheNextSegment();
    void longIdAndType_data();
    void longIdAndType();
    void kinds_data();
    void kinds();
    void diagnosticKeepsHowMuchWasSkipped();
    void leadingBytes();
    void flags();
    void connectionChange();
    void connectionBetweenEventsKeepsGapAndId();
    void gap();
    void offsetInRead_data();
    void offsetInRead();
    void readAndAttempt();
    void clock();
};

void TestEventView::textsAreSlicesOfTheBytes()
{
    EventLog log;
    Items items;
    items.add("id: 7\nevent: price\ndata: hello\n\n", "hello", "7", "price");
    log.append(readOf(3), items.batch());
    const Snapshot snapshot = log.snapshot();
    const EventView view = snapshot.at({1});
    QCOMPARE(view.raw(), items.batch().items().front().raw);
    QCOMPARE(view.data(), "hello");
    QCOMPARE(view.id(), "7");
    QCOMPARE(view.type(), "price");
    QVERIFY(inside(view.raw(), view.data()));
    QVERIFY(inside(view.raw(), view.id()));
    QVERIFY(inside(view.raw(), view.type()));
    QCOMPARE(view.subscription().value, 3U);
    QCOMPARE(view.number().value, 1U);
}

void TestEventView::decodedTextsStandBeside()
{
    EventLog log;
    Items items;
    items.add("event: \xff\ndata: a\ndata: b\n\n", "a\nb", "kept", "\xef\xbf\xbd");
    items.addEvent("next");
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    const EventView view = snapshot.at({1});
    QCOMPARE(view.raw(), "event: \xff\ndata: a\ndata: b\n\n");
    QCOMPARE(view.data(), "a\nb");
    QCOMPARE(view.id(), "kept");
    QCOMPARE(view.type(), "\xef\xbf\xbd");
    QCOMPARE(snapshot.at({2}).raw(), "data: next\n\n");
    QCOMPARE(snapshot.at({2}).data(), "next");
}

void TestEventView::emptyTexts()
{
    EventLog log;
    Items items;
    items.add("data\n\n", "");
    sse::Item nothing; // all views null
    nothing.kind = sse::ItemKind::Diagnostic;
    log.append(readOf(1), items.batch());
    sse::Batch batch;
    batch.add(nothing);
    log.append(readOf(1), batch);
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).data(), "");
    QCOMPARE(snapshot.at({1}).id(), "");
    QCOMPARE(snapshot.at({1}).raw(), "data\n\n");
    QCOMPARE(snapshot.at({2}).raw(), "");
    QCOMPARE(snapshot.at({2}).rawWithLeading(), "");
    QCOMPARE(snapshot.at({2}).data(), "");
}

void TestEventView::typeOfAnEventIsMessage()
{
    EventLog log;
    Items items;
    items.addEvent("x");
    items.add(": hi\n", " hi").kind = sse::ItemKind::Comment;
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).type(), "message");
    QCOMPARE(snapshot.at({2}).type(), "");
}

void TestEventView::inheritedIdIsKeptOnce()
{
    EventLog log;
    Items first;
    first.add("id: abc\ndata: 1\n\n", "1", "abc");
    log.append(readOf(1), first.batch());
    const Snapshot before = log.snapshot();
    for (int read = 0; read < 3; ++read) { // each read shows the same text at another address, as a parser may
        Items items;
        for (int i = 0; i < 3; ++i)
            items.add("data: 2\n\n", "2", "abc");
        log.append(readOf(1), items.batch());
    }
    const Snapshot snapshot = log.snapshot();
    const std::string_view kept = snapshot.at({1}).id();
    for (std::uint64_t number = 2; number < snapshot.end().value; ++number)
        QCOMPARE(static_cast<const void *>(snapshot.at({number}).id().data()), static_cast<const void *>(kept.data()));
    const char *const firstRaw = snapshot.at({2}).raw().data();
    QCOMPARE(last(snapshot).raw().data() - firstRaw, std::ptrdiff_t(8 * 9)); // nothing stands between the blocks
    QCOMPARE(before.at({1}).id(), "abc");
}

void TestEventView::inheritedIdThatChangedUnderTheSameView()
{
    EventLog log;
    std::string buffer = "one";
    for (const char *id : {"one", "two", "one"}) {
        buffer = id; // same address, same length
        sse::Batch batch;
        sse::Item item;
        item.raw = "data: x\n\n";
        item.data = item.raw.substr(6, 1);
        item.id = buffer;
        batch.add(item);
        batch.add(item);
        log.append(readOf(1), batch);
    }
    const Snapshot snapshot = log.snapshot();
    std::string ids;
    for (std::uint64_t number = 1; number < snapshot.end().value; ++number)
        ids.append(snapshot.at({number}).id()) += ' ';
    QCOMPARE(ids, "one one two two one one ");
}

void TestEventView::inheritedIdsOfTwoSubscriptions()
{
    EventLog log;
    for (int i = 0; i < 4; ++i) {
        Items items;
        items.add("data: x\n\n", "x", i % 2 == 0 ? "even" : "odd");
        log.append(readOf(i % 2 == 0 ? 1 : 2), items.batch());
    }
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).id(), "even");
    QCOMPARE(snapshot.at({2}).id(), "odd");
    QCOMPARE(static_cast<const void *>(snapshot.at({3}).id().data()),
        static_cast<const void *>(snapshot.at({1}).id().data()));
    QCOMPARE(static_cast<const void *>(snapshot.at({4}).id().data()),
        static_cast<const void *>(snapshot.at({2}).id().data()));
}

void TestEventView::inheritedIdInTheNextSegment()
{
    LogLimits limits;
    limits.recordsPerSegment = 2;
    EventLog log(limits);
    Items items;
    const std::string_view id = items.add("id: abc\ndata: 1\n\n", "1", "abc").id;
    for (int i = 0; i < 4; ++i)
        items.addEvent("x").id = id;
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.segmentCount(), std::size_t{3});
    for (std::uint64_t number = 1; number <= 5; ++number)
        QCOMPARE(snapshot.at({number}).id(), "abc");
}

void TestEventView::longIdAndType_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("insideRaw");
    for (const int length : {65534, 65535, 65536, 200000})
        for (const bool insideRaw : {true, false})
            QTest::addRow("%d bytes %s", length, insideRaw ? "inside" : "beside") << length << insideRaw;
}

void TestEventView::longIdAndType()
{
    QFETCH(int, length);
    QFETCH(bool, insideRaw);
    const std::string id(static_cast<std::size_t>(length), 'i');
    const std::string type(static_cast<std::size_t>(length), 't');
    EventLog log;
    Items items;
    items.add(insideRaw ? "id: " + id + "\nevent: " + type + "\ndata: x\n\n" : "data: x\n\n", "x", id, type);
    items.add("data: y\n\n", "y", id);
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QVERIFY(snapshot.at({1}).id() == id);
    QVERIFY(snapshot.at({1}).type() == type);
    QCOMPARE(snapshot.at({1}).data(), "x");
    QVERIFY(snapshot.at({2}).id() == id);
    QCOMPARE(static_cast<const void *>(snapshot.at({2}).id().data()),
        static_cast<const void *>(snapshot.at({1}).id().data()));
}

void TestEventView::kinds_data()
{
    QTest::addColumn<sse::ItemKind>("item");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("event") << sse::ItemKind::Event << Kind::Event;
    QTest::newRow("comment") << sse::ItemKind::Comment << Kind::Comment;
    QTest::newRow("fields only") << sse::ItemKind::FieldsOnly << Kind::FieldsOnly;
    QTest::newRow("diagnostic") << sse::ItemKind::Diagnostic << Kind::Diagnostic;
}

void TestEventView::kinds()
{
    QFETCH(sse::ItemKind, item);
    QFETCH(Kind, kind);
    EventLog log;
    Items items;
    items.addEvent("x").kind = item;
    items.add("data: x\n\n", "beside").kind = item;
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).kind(), kind);
    QCOMPARE(snapshot.at({2}).kind(), kind);
    QCOMPARE(snapshot.segment(0)->kind(1), kind);
    QCOMPARE(log.ledger().receivedByKind[static_cast<std::size_t>(kind)], 2U);
}

void TestEventView::diagnosticKeepsHowMuchWasSkipped()
{
    EventLog log;
    Items items;
    sse::Item &item = items.add("data: aaaa", "data: aaaa", "id");
    item.kind = sse::ItemKind::Diagnostic;
    item.diagnostic = sse::Diagnostic::LineTooLarge;
    item.skipped = 5'000'000'000;
    sse::Item &plain = items.add("retry: x\n", "retry: x");
    plain.kind = sse::ItemKind::Diagnostic;
    plain.diagnostic = sse::Diagnostic::InvalidRetry;
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).diagnostic(), sse::Diagnostic::LineTooLarge);
    QCOMPARE(snapshot.at({1}).skipped(), 5'000'000'000U);
    QCOMPARE(snapshot.at({1}).raw(), "data: aaaa");
    QCOMPARE(snapshot.at({1}).id(), "id");
    QCOMPARE(snapshot.at({2}).diagnostic(), sse::Diagnostic::InvalidRetry);
    QCOMPARE(snapshot.at({2}).skipped(), 0U);
    QCOMPARE(snapshot.at({2}).data(), "retry: x");
}

void TestEventView::leadingBytes()
{
    EventLog log;
    const std::string memory = "\xef\xbb\xbf\n\ndata: x\n\n";
    sse::Item item;
    item.raw = std::string_view(memory).substr(5);
    item.data = item.raw.substr(6, 1);
    item.leading = 5;
    sse::Item beside = item;
    beside.data = "other";
    sse::Batch batch;
    batch.add(item);
    batch.add(beside);
    log.append(readOf(1), batch);
    const Snapshot snapshot = log.snapshot();
    for (const std::uint64_t number : {1U, 2U}) {
        QCOMPARE(snapshot.at({number}).raw(), "data: x\n\n");
        QCOMPARE(snapshot.at({number}).rawWithLeading(), memory);
    }
    QCOMPARE(snapshot.at({1}).data(), "x");
    QCOMPARE(snapshot.at({2}).data(), "other");
}

void TestEventView::flags()
{
    EventLog log;
    Items items;
    items.add(": c\n", " c").insideBlock = true;
    items.addEvent("x").rawIncomplete = true;
    log.append(readOf(1), items.batch());
    const Snapshot snapshot = log.snapshot();
    QVERIFY(snapshot.at({1}).insideBlock());
    QVERIFY(!snapshot.at({1}).rawIncomplete());
    QVERIFY(!snapshot.at({2}).insideBlock());
    QVERIFY(snapshot.at({2}).rawIncomplete());
    QCOMPARE(snapshot.at({2}).diagnostic(), sse::Diagnostic::None);
}

void TestEventView::connectionChange()
{
    EventLog log;
    log.append({9}, 4, at(77), {ConnectionState::Waiting, 503, 12345ms, "The server is busy"});
    const Snapshot snapshot = log.snapshot();
    const EventView view = snapshot.at({1});
    QCOMPARE(view.kind(), Kind::Connection);
    QCOMPARE(view.subscription().value, 9U);
    QCOMPARE(view.attempt(), 4U);
    QCOMPARE(view.arrival(), at(77));
    QCOMPARE(view.type(), "waiting");
    QCOMPARE(view.data(), "The server is busy");
    QCOMPARE(view.connection().state, ConnectionState::Waiting);
    QCOMPARE(view.connection().httpStatus, 503);
    QCOMPARE(view.connection().retryDelay.count(), std::chrono::milliseconds(12345ms).count());
    QCOMPARE(view.connection().reason, "The server is busy");
    QCOMPARE(view.raw(), ""); // no byte of it was in a stream
    QCOMPARE(view.id(), "");
    QCOMPARE(view.read().bytes, 0U);
    QVERIFY(!view.gap());
    QCOMPARE(log.ledger().receivedByKind[static_cast<std::size_t>(Kind::Connection)], 1U);
}

void TestEventView::connectionBetweenEventsKeepsGapAndId()
{
    EventLog log;
    Items items;
    items.add("id: 42\ndata: x\n\n", "x", "42");
    log.append(readOf(1, 0), items.batch());
    log.append({1}, 2, at(1'000'000), {ConnectionState::Open, 200, {}, "ok"});
    Items next;
    next.add("data: y\n\n", "y", "42");
    log.append({{1}, 2, 0, at(2'000'000), 9, 0}, next.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({3}).gap(), std::optional<std::chrono::nanoseconds>(2'000'000ns));
    QCOMPARE(static_cast<const void *>(snapshot.at({3}).id().data()),
        static_cast<const void *>(snapshot.at({1}).id().data()));
    QCOMPARE(snapshot.at({1}).attempt(), 1U);
    QCOMPARE(snapshot.at({3}).attempt(), 2U);
}

void TestEventView::gap()
{
    EventLog log;
    Items two;
    two.addEvent("a");
    two.addEvent("b");
    Items comment;
    comment.add(": c\n", " c").kind = sse::ItemKind::Comment;
    log.append(readOf(1, 1'000'000'000), two.batch());
    log.append(readOf(2, 1'100'000'000), two.batch());
    log.append(readOf(1, 1'200'000'000), comment.batch());
    log.append(readOf(1, 1'500'000'000), two.batch());
    const Snapshot snapshot = log.snapshot();
    QVERIFY(!snapshot.at({1}).gap()); // the first of its subscription
    QCOMPARE(snapshot.at({2}).gap(), std::optional<std::chrono::nanoseconds>(0ns));
    QVERIFY(!snapshot.at({3}).gap());
    QVERIFY(!snapshot.at({5}).gap()); // not an event
    QCOMPARE(snapshot.at({6}).gap(), std::optional<std::chrono::nanoseconds>(500ms));
    QCOMPARE(snapshot.at({7}).gap(), std::optional<std::chrono::nanoseconds>(0ns));
}

void TestEventView::offsetInRead_data()
{
    QTest::addColumn<quint64>("item");
    QTest::addColumn<quint64>("read");
    QTest::addColumn<int>("offset");
    QTest::newRow("same") << quint64(10) << quint64(10) << 0;
    QTest::newRow("after") << quint64(5'000'000'017) << quint64(5'000'000'000) << 17;
    QTest::newRow("began before") << quint64(90) << quint64(100) << -10;
    QTest::newRow("too far before") << quint64(0) << quint64(5'000'000'000) << std::numeric_limits<int>::min();
    QTest::newRow("too far after") << quint64(5'000'000'000) << quint64(0) << std::numeric_limits<int>::max();
}

void TestEventView::offsetInRead()
{
    QFETCH(quint64, item);
    QFETCH(quint64, read);
    QFETCH(int, offset);
    EventLog log;
    Items items;
    items.addEvent("x").offset = item;
    log.append({{1}, 1, 0, at(0), 100, read}, items.batch());
    QCOMPARE(last(log.snapshot()).offsetInRead(), offset);
}

void TestEventView::readAndAttempt()
{
    EventLog log;
    Items items;
    items.addEvent("x");
    const std::int64_t time = 0x123456789abcdef;
    log.append({{5}, 7, 11, at(time), 4096, 0}, items.batch());
    log.append({{5}, 8, 0, at(time + 1), 17, 0}, items.batch());
    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.at({1}).attempt(), 7U);
    QCOMPARE(snapshot.at({1}).arrival(), at(time));
    QCOMPARE(snapshot.at({1}).read().number, 11U);
    QCOMPARE(snapshot.at({1}).read().bytes, 4096U);
    QCOMPARE(snapshot.at({2}).attempt(), 8U);
    QCOMPARE(snapshot.at({2}).subscription().value, 5U);
    QCOMPARE(snapshot.segment(0)->subscription(1).value, 5U);
    QCOMPARE(snapshot.segment(0)->reads()[1].bytes, 17U);
}

void TestEventView::clock()
{
    const EventLog log;
    const auto age = std::chrono::steady_clock::now() - log.clock().monotonic;
    QVERIFY(age >= 0ns && age < 1min);
    const auto off = std::chrono::system_clock::now() - log.clock().wallTime(std::chrono::steady_clock::now());
    QVERIFY(std::chrono::abs(off) < 1s);
    QCOMPARE((log.clock().wallTime(at(1000)) - log.clock().wallTime(at(1))).count(), 999);
}

QTEST_GUILESS_MAIN(TestEventView)
#include "tst_recordview.moc"
