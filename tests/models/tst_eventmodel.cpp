// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventmodel.h"
#include "support/eventstream.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;
using store::EventNumber;

// The model of one view while events arrive and are evicted and the view's criteria change.
class EventModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beginsEmpty();
    void addsRowsInOneInsertion();
    void describesRows();
    void filters();
    void keepsRowsUntilTheNewRunHasAResult();
    void dropsResultsOfAnOldRun();
    void showsKindsOnDemand();
    void keepsToItsScope();
    void leavesMutedSourcesOut();
    void findsSourcesByTheirNewName();
    void evictsAtTheFront();
    void freezesWhilePaused();
    void clearsAndBringsBack();
    void balancesItsLedger();
    void bracketsRowsOfOneRead();
    void canBeDeletedDuringAScan();
};

namespace {

filter::Filter filterOf(const char *expression)
{
    return filter::Filter::compile(expression).value();
}

store::LogLimits smallLog()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 200 * 1024;
    return limits;
}

/// A log and a model over it, checked from before the first row on.
struct Bench
{
    explicit Bench(store::LogLimits limits = {})
        : streams(limits)
        , feed(streams.log)
        , model(feed)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {}

    QString dataAt(int row) const { return model.index(row, model.columnOf(ColumnKind::Data)).data().toString(); }
    bool isCaughtUp() const { return model.isComplete() && model.examinedEnd() == streams.log.snapshot().end(); }

    test::EventStreams streams;
    LogFeed feed;
    EventModel model;
    QAbstractItemModelTester tester;
};

std::uint64_t sum(const ViewLedger &ledger)
{
    return ledger.shown + ledger.hidden + ledger.cleared + ledger.waiting + ledger.evicted;
}

} // namespace

void EventModelTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void EventModelTest::beginsEmpty()
{
    Bench bench;
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.model.columnCount(), fixedColumnCount);
    QCOMPARE(bench.model.headerData(0, Qt::Horizontal).toString(), u"Time"_s);
    QCOMPARE(bench.model.numberAt(0), EventNumber{0});
    QTRY_VERIFY(bench.model.isComplete());
}

void EventModelTest::addsRowsInOneInsertion()
{
    Bench bench;
    QTRY_VERIFY(bench.model.isComplete());
    QSignalSpy inserted(&bench.model, &QAbstractItemModel::rowsInserted);
    bench.streams.feedEvents(1, 300);
    QTRY_COMPARE(bench.model.rowCount(), 300);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted[0][1].toInt(), 0);
    QCOMPARE(inserted[0][2].toInt(), 299);
    QCOMPARE(bench.dataAt(299), u"event 299"_s);
    QCOMPARE(bench.model.columnCount(bench.model.index(0, 0)), 0);
    QCOMPARE(bench.model.data(bench.model.index(299, bench.model.columnOf(ColumnKind::Size))).toString(), u"17"_s);
    QVERIFY(!bench.model.index(300, 0).isValid());
}

void EventModelTest::describesRows()
{
    Bench bench;
    bench.model.setSources({{{5}, {u"prices"_s, 3, true}}});
    bench.streams.connection(5, store::ConnectionState::Open, "accepted");
    bench.streams.feed(5, "id: 9\nevent: trade\ndata: x\n\n");
    QTRY_COMPARE(bench.model.rowCount(), 2);
    const auto row = bench.model.index(1, 0);
    QCOMPARE(row.data(EventNumberRole).toULongLong(), 2U);
    QCOMPARE(row.data(KindRole).toInt(), int(store::Kind::Event));
    QCOMPARE(row.data(SubscriptionRole).toUInt(), 5U);
    QCOMPARE(row.data(ColourIndexRole).toInt(), 3);
    QCOMPARE(row.siblingAtColumn(bench.model.columnOf(ColumnKind::Source)).data().toString(), u"prices"_s);
    QCOMPARE(row.siblingAtColumn(bench.model.columnOf(ColumnKind::Type)).data().toString(), u"trade"_s);
    QCOMPARE(row.siblingAtColumn(bench.model.columnOf(ColumnKind::Id)).data().toString(), u"9"_s);
    QCOMPARE(bench.model.index(0, 0).data(ConnectionStateRole).toInt(), int(store::ConnectionState::Open));
    QVERIFY(
        row.siblingAtColumn(bench.model.columnOf(ColumnKind::Size)).data(Qt::TextAlignmentRole).value<Qt::Alignment>() &
        Qt::AlignRight);
}

void EventModelTest::filters()
{
    Bench bench;
    bench.streams.feedEvents(1, 1000);
    bench.model.setFilter(filterOf("99"));
    QTRY_COMPARE(bench.model.rowCount(), 19);
    QCOMPARE(bench.dataAt(0), u"event 99"_s);
    QCOMPARE(bench.model.rowOf({100}), 0);
    QCOMPARE(bench.model.rowOf({101}), -1);
    bench.streams.feedEvents(1, 200, "event", 1000);
    QTRY_COMPARE(bench.model.rowCount(), 21);
    bench.model.setFilter(filterOf(""));
    QTRY_COMPARE(bench.model.rowCount(), 1200);
}

void EventModelTest::keepsRowsUntilTheNewRunHasAResult()
{
    Bench bench;
    bench.streams.feedEvents(1, 10);
    QTRY_COMPARE(bench.model.rowCount(), 10);
    QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
    bench.model.setFilter(filterOf("nothing-like-this"));
    QCOMPARE(bench.model.rowCount(), 10);
    QTRY_COMPARE(bench.model.rowCount(), 0);
    QCOMPARE(reset.size(), 1);
}

void EventModelTest::dropsResultsOfAnOldRun()
{
    Bench bench;
    bench.streams.feedEvents(1, 100'000);
    QTRY_COMPARE(bench.model.rowCount(), 100'000);
    QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
    for (const char *expression : {"1", "2", "3", "4", "99999"})
        bench.model.setFilter(filterOf(expression));
    QTRY_COMPARE(bench.model.rowCount(), 1);
    QTRY_VERIFY(bench.isCaughtUp());
    QCOMPARE(reset.size(), 1);
}

void EventModelTest::showsKindsOnDemand()
{
    Bench bench;
    bench.streams.feed(1, ":ping\ndata: x\n\nretry: soon\n\nid: 1\n\n");
    QTRY_VERIFY(bench.isCaughtUp());
    QCOMPARE(bench.model.rowCount(), 1);
    const auto inScope = bench.model.ledger().inScope;
    QCOMPARE(inScope[bit(store::Kind::Event)], 1U);
    QCOMPARE(inScope[bit(store::Kind::Comment)], 1U);
    QCOMPARE(inScope[bit(store::Kind::FieldsOnly)], 2U);
    QCOMPARE(inScope[bit(store::Kind::Diagnostic)], 1U);
    bench.model.setKinds(KindSet().set());
    QTRY_COMPARE(bench.model.rowCount(), 5);
    bench.model.setKinds(KindSet().set(bit(store::Kind::Comment)));
    QTRY_COMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.dataAt(0), u"ping"_s);
}

void EventModelTest::keepsToItsScope()
{
    Bench bench;
    for (int round = 0; round < 3; ++round) {
        bench.streams.feedEvents(1, 5, "one");
        bench.streams.feedEvents(2, 7, "two");
    }
    bench.model.setScope(store::SubscriptionId{2});
    QTRY_COMPARE(bench.model.rowCount(), 21);
    QCOMPARE(bench.dataAt(0), u"two 0"_s);
    QCOMPARE(bench.model.ledger().inScope[bit(store::Kind::Event)], 21U);
    QCOMPARE(bench.model.ledger().hidden, 15U);
}

void EventModelTest::leavesMutedSourcesOut()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    bench.streams.feedEvents(2, 7);
    bench.model.setSources({{{1}, {u"a"_s, 0, true}}, {{2}, {u"b"_s, 1, false}}});
    QTRY_COMPARE(bench.model.rowCount(), 5);
    bench.model.setScope(store::SubscriptionId{2});
    QTRY_COMPARE(bench.model.rowCount(), 7);
    bench.model.setScope({});
    bench.model.setSources({{{1}, {u"a"_s, 0, true}}, {{2}, {u"b"_s, 1, true}}});
    QTRY_COMPARE(bench.model.rowCount(), 12);
}

void EventModelTest::findsSourcesByTheirNewName()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    bench.model.setSources({{{1}, {u"old"_s, 0, true}}});
    bench.model.setFilter(filterOf("source:new"));
    QTRY_COMPARE(bench.model.rowCount(), 0);
    bench.model.setSources({{{1}, {u"new"_s, 0, true}}});
    QTRY_COMPARE(bench.model.rowCount(), 5);
}

void EventModelTest::evictsAtTheFront()
{
    Bench bench(smallLog());
    bench.streams.feedEvents(1, 500);
    QTRY_COMPARE(bench.model.rowCount(), 500);
    QSignalSpy removed(&bench.model, &QAbstractItemModel::rowsRemoved);
    bench.streams.feedEvents(1, 5000, "event", 500);
    QTRY_VERIFY(bench.isCaughtUp());
    QCOMPARE(bench.model.numberAt(0), bench.streams.log.snapshot().begin());
    QVERIFY(bench.model.numberAt(0) > EventNumber{1});
    QVERIFY(!removed.isEmpty());
    QCOMPARE(removed[0][1].toInt(), 0);
    const auto last = bench.model.rowCount() - 1;
    QCOMPARE(bench.dataAt(last), u"event 5499"_s);
    QCOMPARE(bench.model.ledger().evicted + std::uint64_t(bench.model.rowCount()), 5500U);
}

void EventModelTest::freezesWhilePaused()
{
    Bench bench(smallLog());
    bench.streams.feedEvents(1, 200);
    QTRY_COMPARE(bench.model.rowCount(), 200);
    bench.model.setPaused(true);
    bench.streams.feedEvents(1, 5000, "event", 200);
    QTRY_COMPARE(bench.model.waitingWhilePaused(), 5000U);
    QVERIFY(bench.streams.log.snapshot().begin() > EventNumber{1});
    QCOMPARE(bench.model.rowCount(), 200);
    QCOMPARE(bench.dataAt(0), u"event 0"_s);
    bench.model.setFilter(filterOf("19"));
    QTRY_COMPARE(bench.model.rowCount(), 12);
    bench.model.setFilter(filterOf(""));
    bench.model.setPaused(false);
    QTRY_VERIFY(bench.isCaughtUp());
    QCOMPARE(bench.model.waitingWhilePaused(), 0U);
    QCOMPARE(bench.model.numberAt(0), bench.streams.log.snapshot().begin());
    QCOMPARE(bench.dataAt(bench.model.rowCount() - 1), u"event 5199"_s);
}

void EventModelTest::clearsAndBringsBack()
{
    Bench bench;
    bench.streams.feedEvents(1, 50);
    QTRY_COMPARE(bench.model.rowCount(), 50);
    const auto before = bench.model.criteria().clearedBefore;
    bench.model.setClearedBefore(bench.model.snapshot().end());
    QCOMPARE(bench.model.rowCount(), 0);
    bench.streams.feedEvents(1, 5, "later");
    QTRY_COMPARE(bench.model.rowCount(), 5);
    QCOMPARE(bench.dataAt(0), u"later 0"_s);
    QCOMPARE(bench.model.ledger().cleared, 50U);
    bench.model.setClearedBefore(before);
    QTRY_COMPARE(bench.model.rowCount(), 55);
    QCOMPARE(bench.model.ledger().cleared, 0U);
}

void EventModelTest::balancesItsLedger()
{
    Bench bench(smallLog());
    bool isBalanced = true;
    connect(&bench.model, &EventModel::ledgerChanged, &bench.model,
        [&] { isBalanced &= sum(bench.model.ledger()) == bench.feed.snapshot().end().value - 1; });
    bench.streams.feedEvents(1, 300);
    bench.model.setFilter(filterOf("7"));
    QTRY_VERIFY(bench.isCaughtUp());
    bench.model.setPaused(true);
    bench.streams.feedEvents(1, 4000, "event", 300);
    QTRY_COMPARE(bench.model.ledger().waiting, 4000U);
    bench.model.setClearedBefore({200});
    QTRY_COMPARE(bench.model.ledger().cleared, 199U);
    bench.model.setPaused(false);
    QTRY_VERIFY(bench.isCaughtUp());
    QVERIFY(isBalanced);
    QVERIFY(bench.model.ledger().hidden > 0);
    QVERIFY(bench.model.ledger().evicted > 0);
}

void EventModelTest::bracketsRowsOfOneRead()
{
    Bench bench;
    bench.streams.feed(1, "data: a\n\n:ping\ndata: b\n\ndata: c\n\n");
    bench.streams.feed(1, "data: d\n\n");
    bench.streams.feed(2, "data: e\n\ndata: f\n\n");
    QTRY_COMPARE(bench.model.rowCount(), 6);
    const auto brackets = [&bench] {
        std::vector<models::ReadBracket> found;
        for (int row = 0; row < bench.model.rowCount(); ++row)
            found.push_back(models::ReadBracket{bench.model.index(row, 0).data(models::ReadBracketRole).toInt()});
        return found;
    };
    using enum models::ReadBracket;
    QCOMPARE(brackets(), (std::vector{First, Middle, Last, None, First, Last}));
    // Only rows that stand together are held together.
    bench.model.setFilter(filterOf("a or c or f"));
    QTRY_COMPARE(bench.model.rowCount(), 3);
    QCOMPARE(brackets(), (std::vector{First, Last, None}));
}

void EventModelTest::canBeDeletedDuringAScan()
{
    test::EventStreams streams;
    streams.feedEvents(1, 200'000);
    LogFeed feed(streams.log);
    for (int round = 0; round < 5; ++round) {
        EventModel model(feed);
        model.setFilter(filterOf("event and 1 and not 2"));
    }
    EventModel model(feed);
    QTRY_COMPARE(model.rowCount(), 200'000);
}

QTEST_GUILESS_MAIN(EventModelTest)
#include "tst_eventmodel.moc"
