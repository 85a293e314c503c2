// SPDX-License-Identifier: GPL-3.0-or-later
// What the selected event does to the rest of the window.
#include "gui/detailpane.h"
#include "gui/differenceview.h"
#include "gui/eventview.h"
#include "gui/jsontreeview.h"
#include "models/eventmodel.h"
#include "windowbench.h"

#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using test::WindowBench;

class DetailWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void filtersByAValueOfTheTree();
    void addsAColumnFromTheTree();
    void comparesOthersWithTheCurrentEvent();
    void comesBackAsItWasLeft();
};

namespace {

/// A window that shows two events with JSON data, the first of which is selected.
struct Bench : WindowBench
{
    Bench()
    {
        window->subscribe(channel(serve(), u"/events"_s));
        pane = views()->allEvents();
        views()->showAllEvents();
        detail = window->findChild<DetailPane *>();
        tree = detail->findChild<JsonTreeView *>();
    }

    void fill()
    {
        QTRY_COMPARE(subscriptions()->index(0, 0).data().toString(), u"open"_s);
        publish(u"/events"_s, "{\"price\":1.10,\"name\":\"a\"}");
        publish(u"/events"_s, "{\"price\":1.20,\"name\":\"a\"}");
        QTRY_VERIFY(eventNumbers().size() == 2);
        detail->setTab(DetailPane::Tab::Tree);
        pane->view()->setCurrentEvent(eventNumbers()[0]);
        detail->setEvent(pane->eventModel()->snapshot(), eventNumbers()[0]);
        QTRY_VERIFY(tree->isComplete());
    }

    QList<store::EventNumber> eventNumbers() const
    {
        QList<store::EventNumber> numbers;
        const auto *model = pane->eventModel();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->snapshot().at(model->numberAt(row)).kind() == store::Kind::Event)
                numbers.append(model->numberAt(row));
        }
        return numbers;
    }

    EventPane *pane;
    DetailPane *detail;
    JsonTreeView *tree;
};

} // namespace

void DetailWindowTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

void DetailWindowTest::filtersByAValueOfTheTree()
{
    Bench bench;
    bench.fill();
    Q_EMIT bench.tree->filterRequested(u"data.price = 1.10"_s, false);
    QCOMPARE(bench.pane->filterText(), u"data.price = 1.10"_s);
    QTRY_COMPARE(bench.rows(bench.pane), 1);
    Q_EMIT bench.tree->filterRequested(u"data.name = a"_s, true);
    QTRY_COMPARE(bench.rows(bench.pane), 0);
}

void DetailWindowTest::addsAColumnFromTheTree()
{
    Bench bench;
    bench.fill();
    Q_EMIT bench.tree->columnRequested(filter::JsonPath().key("price"));
    const auto *model = bench.pane->eventModel();
    QStringList titles;
    for (int column = 0; column < model->columnCount(); ++column)
        titles += model->headerData(column, Qt::Horizontal).toString();
    QVERIFY2(titles.contains(u"price"_s), qPrintable(titles.join(u' ')));
}

void DetailWindowTest::comparesOthersWithTheCurrentEvent()
{
    Bench bench;
    bench.fill();
    bench.action("comparisonBaseAction")->trigger();
    QCOMPARE(bench.detail->tab(), DetailPane::Tab::Difference);
    auto *difference = bench.detail->findChild<DifferenceView *>();
    QVERIFY(difference->base() && difference->base()->number() == bench.eventNumbers()[0]);
    bench.detail->setEvent(bench.pane->eventModel()->snapshot(), bench.eventNumbers()[1]);
    const auto *table = difference->findChild<QTreeView *>(u"differenceTable"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 1).data().toString(), u"data.price"_s);
}

void DetailWindowTest::comesBackAsItWasLeft()
{
    DetailPane left;
    left.setTab(DetailPane::Tab::Hex);
    auto *wrap = left.findChild<QAction *>(u"wrapAction"_s);
    wrap->setChecked(false);
    DetailPane restored;
    QVERIFY(restored.restoreState(left.saveState()));
    QCOMPARE(restored.tab(), DetailPane::Tab::Hex);
    QVERIFY(!restored.findChild<QAction *>(u"wrapAction"_s)->isChecked());
    QVERIFY(!restored.restoreState("nonsense"));
    QVERIFY(!restored.restoreState({}));
    QCOMPARE(restored.tab(), DetailPane::Tab::Hex);
}

QTEST_MAIN(DetailWindowTest)
#include "tst_detailwindow.moc"
