// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/annotationmodel.h"
#include "models/annotations.h"
#include "support/eventstream.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;
using store::EventNumber;

// Marks, labels and notes, and the list of them.
class AnnotationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsAndForgets();
    void isBounded();
    void listsInOrder();
    void tellsOfChanges();
    void keepsWhatIsEvicted();
    void namesSources();
};

namespace {

struct Bench
{
    explicit Bench(store::LogLimits limits = {})
        : streams(limits)
        , feed(streams.log)
        , model(annotations, feed)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {}

    AnnotatedEvent event(std::uint64_t number) { return annotations.of(streams.log.snapshot().at({number})); }
    void mark(std::uint64_t number, bool isMarked = true)
    {
        auto marked = event(number);
        marked.annotation.isMarked = isMarked;
        annotations.set({marked});
    }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }

    test::EventStreams streams;
    LogFeed feed;
    Annotations annotations;
    AnnotationModel model;
    QAbstractItemModelTester tester;
};

} // namespace

void AnnotationsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void AnnotationsTest::keepsAndForgets()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    QCOMPARE(bench.annotations.find({2}), nullptr);
    auto event = bench.event(2);
    event.annotation = {true, 4, u"odd"_s};
    bench.annotations.set({event});
    QVERIFY(bench.annotations.find({2}));
    QCOMPARE(bench.annotations.find({2})->label, 4);
    QCOMPARE(bench.event(2).annotation.note, u"odd"_s);
    event.annotation = {};
    bench.annotations.set({event});
    QCOMPARE(bench.annotations.find({2}), nullptr);
    QCOMPARE(bench.annotations.count(), 0U);
}

void AnnotationsTest::isBounded()
{
    Bench bench;
    const int most = static_cast<int>(Annotations::mostEvents);
    bench.streams.feedEvents(1, most + 3);
    QList<AnnotatedEvent> events;
    for (int number = 1; number <= most + 3; ++number) {
        events << bench.event(static_cast<std::uint64_t>(number));
        events.last().annotation.label = 1;
    }
    QCOMPARE(bench.annotations.set(events), 3U);
    QCOMPARE(bench.annotations.count(), Annotations::mostEvents);
    events.first().annotation.label = 2;
    QCOMPARE(bench.annotations.set({events.first()}), 0U);
    QCOMPARE(bench.annotations.find({1})->label, 2);
}

void AnnotationsTest::listsInOrder()
{
    Bench bench;
    bench.streams.feed(1, "event: trade\ndata: one\n\ndata: two\n\ndata: three\n\n");
    bench.mark(3);
    bench.mark(1);
    QCOMPARE(bench.model.rowCount(), 2);
    QCOMPARE(bench.model.numberAt(0), EventNumber{1});
    QCOMPARE(bench.model.numberAt(7), EventNumber{});
    QCOMPARE(bench.text(0, AnnotationModel::NumberColumn), u"1"_s);
    QCOMPARE(bench.text(0, AnnotationModel::TypeColumn), u"trade"_s);
    QCOMPARE(bench.text(0, AnnotationModel::DataColumn), u"one"_s);
    QCOMPARE(bench.text(1, AnnotationModel::DataColumn), u"three"_s);
    QCOMPARE(bench.model.rowOf({3}), 1);
    QCOMPARE(bench.model.rowOf({2}), -1);
    bench.mark(1, false);
    QCOMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.model.numberAt(0), EventNumber{3});
}

void AnnotationsTest::tellsOfChanges()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    QSignalSpy inserted(&bench.model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    bench.mark(2);
    QCOMPARE(inserted.size(), 1);
    auto event = bench.event(2);
    event.annotation.note = u"first\nsecond"_s;
    bench.annotations.set({event});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(bench.text(0, AnnotationModel::NoteColumn), u"first↵second"_s);
    auto other = bench.event(4);
    other.annotation.label = 9;
    event.annotation = {};
    bench.annotations.set({event, other});
    QCOMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.model.index(0, 0).data(AnnotationModel::LabelRole).toInt(), 9);
}

void AnnotationsTest::keepsWhatIsEvicted()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 200 * 1024;
    Bench bench(limits);
    bench.streams.feed(1, "data: precious\n\n");
    bench.mark(1);
    QVERIFY(!bench.model.index(0, 0).data(AnnotationModel::EvictedRole).toBool());
    for (int i = 0; i < 60; ++i)
        bench.streams.feedEvents(1, 100);
    QVERIFY(bench.streams.log.snapshot().begin() > EventNumber{1});
    QTRY_VERIFY(bench.model.index(0, 0).data(AnnotationModel::EvictedRole).toBool());
    QCOMPARE(bench.text(0, AnnotationModel::NumberColumn), u"evicted 1"_s);
    QCOMPARE(bench.text(0, AnnotationModel::DataColumn), u"precious"_s);
    QVERIFY(!bench.model.index(0, 0).data(Qt::ToolTipRole).toString().isEmpty());
}

void AnnotationsTest::namesSources()
{
    Bench bench;
    bench.streams.feedEvents(7, 1);
    bench.mark(1);
    bench.model.setSources({{{7}, {u"prices"_s, 0, true}}});
    QCOMPARE(bench.text(0, AnnotationModel::SourceColumn), u"prices"_s);
}

QTEST_GUILESS_MAIN(AnnotationsTest)
#include "tst_annotations.moc"
