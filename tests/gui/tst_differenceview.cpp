// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailpane.h"
#include "gui/differenceview.h"
#include "support/eventstream.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QTreeView>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

class DifferenceViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comparesWithThePrevious();
    void saysWhenThereIsNone();
    void keepsAChosenBase();
    void keepsTheBaseWhenItIsEvicted();
    void comparesTextByLine();
    void comparesJsonByLineIfAsked();
    void copiesRows();
    void comparesLargeEventsWithoutHoldingUp();
};

namespace {

struct Bench
{
    explicit Bench(std::string_view bytes = {}, store::LogLimits limits = {})
        : streams(limits)
    {
        pane.setSnapshotSource([this] { return streams.log.snapshot(); });
        pane.setSources({{{1}, {u"prices"_s, 0, true}}});
        pane.resize(900, 400);
        pane.show();
        pane.setTab(DetailPane::Tab::Difference);
        view = pane.findChild<DifferenceView *>();
        table = view->findChild<QTreeView *>(u"differenceTable"_s);
        streams.feed(1, bytes);
    }

    void show(std::uint64_t number)
    {
        pane.setEvent(streams.log.snapshot(), {number});
        settle();
    }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(view->isComplete(), 30'000); }

    QStringList row(int row) const
    {
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            cells += table->model()->index(row, column).data().toString();
        return cells;
    }
    int rows() const { return table->model()->rowCount(); }
    QString note() const { return view->findChild<QLabel *>(u"differenceNote"_s)->text(); }
    QString base() const { return view->findChild<QLabel *>(u"differenceBase"_s)->text(); }
    QPushButton *button(const QString &name) const { return view->findChild<QPushButton *>(name); }

    test::EventStreams streams;
    DetailPane pane;
    DifferenceView *view;
    QTreeView *table;
};

constexpr std::string_view threeTrades = "event: trade\ndata: {\"price\":1.10,\"old\":true}\n\n"
                                         "event: other\ndata: {}\n\n"
                                         "event: trade\ndata: {\"price\":1.20,\"new\":[1]}\n\n"
                                         "event: trade\ndata: {\"price\":1.20,\"new\":[1,2]}\n\n";

} // namespace

void DifferenceViewTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

void DifferenceViewTest::comparesWithThePrevious()
{
    Bench bench(threeTrades);
    bench.show(3);
    QCOMPARE(bench.rows(), 3);
    QCOMPARE(bench.row(0), (QStringList{u"±"_s, u"data.price"_s, u"1.10"_s, u"1.20"_s}));
    QCOMPARE(bench.row(1), (QStringList{u"+"_s, u"data.new"_s, QString(), u"[1]"_s}));
    QCOMPARE(bench.row(2), (QStringList{u"−"_s, u"data.old"_s, u"true"_s, QString()}));
    QVERIFY2(bench.base().contains(u"Event 1 "_s), qPrintable(bench.base()));
    bench.show(4);
    QCOMPARE(bench.rows(), 1);
    QCOMPARE(bench.row(0), (QStringList{u"+"_s, u"data.new[1]"_s, QString(), u"2"_s}));
}

void DifferenceViewTest::saysWhenThereIsNone()
{
    Bench bench(threeTrades);
    bench.show(1);
    QCOMPARE(bench.rows(), 0);
    QVERIFY2(bench.note().contains(u"no earlier event"_s), qPrintable(bench.note()));
    bench.streams.feed(1, "event: trade\ndata: {\"new\": [1,2], \"price\": 1.20}\n\n");
    bench.show(5);
    QVERIFY2(bench.base().contains(u"no difference"_s), qPrintable(bench.base()));
}

void DifferenceViewTest::keepsAChosenBase()
{
    Bench bench(threeTrades);
    bench.show(1);
    bench.button(u"keepBaseButton"_s)->click();
    bench.show(4);
    QVERIFY2(bench.base().contains(u"Event 1 "_s) && bench.base().contains(u"kept"_s), qPrintable(bench.base()));
    QCOMPARE(bench.rows(), 3);
    QVERIFY(bench.button(u"previousBaseButton"_s)->isVisible());
    bench.button(u"previousBaseButton"_s)->click();
    bench.settle();
    QVERIFY2(bench.base().contains(u"Event 3 "_s), qPrintable(bench.base()));
    bench.pane.setComparisonBase(bench.streams.log.snapshot(), {2});
    bench.settle();
    QCOMPARE(bench.rows(), 2);
}

void DifferenceViewTest::keepsTheBaseWhenItIsEvicted()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 100 * 1024;
    Bench bench("data: {\"n\":\"first\"}\n\n", limits);
    bench.show(1);
    bench.button(u"keepBaseButton"_s)->click();
    bench.streams.feedEvents(1, 10'000);
    bench.streams.feed(1, "data: {\"n\":\"last\"}\n\n");
    QVERIFY(!bench.streams.log.snapshot().contains({1}));
    bench.show(10'002);
    QCOMPARE(bench.row(0), (QStringList{u"±"_s, u"data.n"_s, u"\"first\""_s, u"\"last\""_s}));
}

void DifferenceViewTest::comparesTextByLine()
{
    Bench bench("data: one\ndata: two\n\ndata: one\ndata: 2\n\n");
    bench.show(2);
    QCOMPARE(bench.rows(), 3);
    QCOMPARE(bench.row(1), (QStringList{u"−"_s, u"2"_s, u"two"_s}));
    QCOMPARE(bench.row(2), (QStringList{u"+"_s, u"2"_s, u"2"_s}));
    QVERIFY(bench.base().contains(u"added 1, removed 1"_s));
}

void DifferenceViewTest::comparesJsonByLineIfAsked()
{
    Bench bench("data: {\"a\":1}\n\ndata: {\"a\": 1}\n\n");
    bench.show(2);
    QCOMPARE(bench.rows(), 0);
    bench.view->tabActions().last()->trigger();
    bench.settle();
    QCOMPARE(bench.rows(), 2);
}

void DifferenceViewTest::copiesRows()
{
    Bench bench(threeTrades);
    bench.show(3);
    bench.table->selectAll();
    QTest::keySequence(bench.table, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"± data.price: 1.10 → 1.20\n+ data.new: [1]\n− data.old: true\n"_s);
}

void DifferenceViewTest::comparesLargeEventsWithoutHoldingUp()
{
    std::string json = "[0";
    while (json.size() < (8U << 20U))
        json += ",{\"k\":\"0123456789\"}";
    Bench bench;
    bench.streams.feed(1, "data: " + json + "]\n\n");
    bench.streams.feed(1, "data: " + json + ",1]\n\n");
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(0);
    bench.show(2);
    QVERIFY(turns > 10);
    QCOMPARE(bench.rows(), 1);
    QCOMPARE(bench.row(0).first(), u"+"_s);
}

QTEST_MAIN(DifferenceViewTest)
#include "tst_differenceview.moc"
