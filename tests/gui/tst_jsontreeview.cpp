// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"
#include "gui/detailpane.h"
#include "gui/jsontreeview.h"
#include "support/eventstream.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

class JsonTreeViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheData();
    void keepsPlacesFromEventToEvent();
    void findsWordsInTheTree();
    void expandsAndCollapses();
    void asksForTheValueThatWasPointedAt_data();
    void asksForTheValueThatWasPointedAt();
    void offersNoFilterThatWouldLie();
    void copiesValueAndPath();
    void saysWhereJsonEnds();
    void opensLargeDataWithoutHoldingUp();
    void dropsLateAnswers();
};

namespace {

struct Bench
{
    explicit Bench(std::string_view bytes)
    {
        streams.feed(1, bytes);
        pane.resize(900, 400);
        pane.show();
        pane.setTab(DetailPane::Tab::Tree);
        view = pane.findChild<JsonTreeView *>();
        tree = view->findChild<QTreeView *>(u"jsonTree"_s);
    }

    void show(std::uint64_t number)
    {
        pane.setEvent(streams.log.snapshot(), {number});
        QTRY_VERIFY(view->isComplete());
    }

    QModelIndex find(const QString &key, const QModelIndex &parent = {}) const
    {
        for (int row = 0; row < tree->model()->rowCount(parent); ++row) {
            const auto index = tree->model()->index(row, 0, parent);
            if (index.data().toString() == key)
                return index;
        }
        return {};
    }

    QString valueAt(const QModelIndex &index) const { return index.siblingAtColumn(1).data().toString(); }
    QString note() const { return view->findChild<QLabel *>()->text(); }

    QAction *menuAction(const QModelIndex &index, const QString &name)
    {
        tree->setCurrentIndex(index);
        Q_EMIT tree->customContextMenuRequested(tree->visualRect(index).center());
        const auto menus = view->findChildren<QMenu *>();
        return menus.isEmpty() ? nullptr : menus.last()->findChild<QAction *>(name);
    }

    test::EventStreams streams;
    DetailPane pane;
    JsonTreeView *view;
    QTreeView *tree;
};

constexpr std::string_view twoTrades = "data: {\"symbol\":\"ABC\",\"price\":1.10,\"user\":{\"name\":\"Ann\"}}\n\n"
                                       "data: {\"user\":{\"name\":\"Bob\"},\"symbol\":\"ABC\",\"price\":1.20}\n\n";

} // namespace

void JsonTreeViewTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

void JsonTreeViewTest::showsTheData()
{
    Bench bench(twoTrades);
    bench.show(1);
    QCOMPARE(bench.valueAt(bench.find(u"price"_s)), u"1.10"_s);
    QVERIFY(bench.tree->isExpanded(bench.find(u"user"_s)));
}

void JsonTreeViewTest::keepsPlacesFromEventToEvent()
{
    Bench bench(twoTrades);
    bench.show(1);
    bench.tree->collapse(bench.find(u"user"_s));
    bench.tree->setCurrentIndex(bench.find(u"price"_s));
    bench.show(2);
    QVERIFY(!bench.tree->isExpanded(bench.find(u"user"_s)));
    QCOMPARE(bench.tree->currentIndex(), bench.find(u"price"_s));
    QCOMPARE(bench.view->currentValue(), "1.20");
}

void JsonTreeViewTest::findsWordsInTheTree()
{
    Bench bench("data: {\"a\":{\"b\":{\"name\":\"x\"}},\"list\":[\"a name\",\"NAME\"]}\n\n");
    bench.show(1);
    bench.tree->collapseAll();
    bench.tree->setFocus();
    QTest::keySequence(&bench.pane, QKeySequence::Find);
    auto *edit = bench.view->findChild<QLineEdit *>(u"findEdit"_s);
    const auto *count = bench.view->findChild<QLabel *>(u"findCount"_s);
    QVERIFY(edit->isVisible());
    QTest::keyClicks(edit, u"name"_s);
    QTRY_COMPARE(count->text(), u"1 of 3"_s);
    QCOMPARE(bench.tree->currentIndex().data().toString(), u"name"_s);
    QVERIFY(bench.tree->isExpanded(bench.find(u"a"_s)));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(count->text(), u"2 of 3"_s);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count->text(), u"3 of 3"_s);
    QCOMPARE(bench.valueAt(bench.tree->currentIndex()), u"\"NAME\""_s);
    QTest::keyClicks(edit, u"!"_s);
    QTRY_COMPARE(count->text(), u"No match"_s);
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());
}

void JsonTreeViewTest::expandsAndCollapses()
{
    std::string json = "[";
    for (int i = 0; i < 3000; ++i)
        json += std::string(i == 0 ? "" : ",") + "[1,2,3]";
    Bench bench("data: " + json + "]\n\n");
    bench.show(1);
    QVERIFY(!bench.tree->isExpanded(bench.tree->model()->index(0, 0)));
    QTest::keyClick(bench.tree, Qt::Key_Asterisk);
    const auto group = bench.tree->model()->index(0, 0);
    QVERIFY(bench.tree->isExpanded(group));
    QVERIFY(bench.tree->isExpanded(bench.tree->model()->index(0, 0, group)));
    QVERIFY2(bench.note().contains(u"5,000"_s), qPrintable(bench.note()));
}

void JsonTreeViewTest::asksForTheValueThatWasPointedAt_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("term");
    QTest::newRow("number") << u"n"_s << u"data.n = 12345678901234567890"_s;
    QTest::newRow("text") << u"s"_s << u"data.s = \"a \\\"b\\\" é\""_s;
    QTest::newRow("digits in text") << u"d"_s << u"data.d = \"5\""_s;
    QTest::newRow("true") << u"t"_s << u"data.t = true"_s;
    QTest::newRow("null") << u"z"_s << u"data.z = null"_s;
    QTest::newRow("odd key") << u"odd key"_s << u"data[\"odd key\"] = 1e400"_s;
    QTest::newRow("object") << u"o"_s << u"has:data.o"_s;
}

void JsonTreeViewTest::asksForTheValueThatWasPointedAt()
{
    QFETCH(QString, key);
    QFETCH(QString, term);
    Bench bench("data: {\"n\":12345678901234567890,\"s\":\"a \\\"b\\\" \\u00e9\",\"d\":\"5\",\"t\":true,\"z\":null,"
                "\"odd key\":1e400,\"o\":{\"x\":1}}\n\n");
    bench.show(1);
    QSignalSpy filters(&bench.pane, &DetailPane::filterRequested);
    auto *action = bench.menuAction(bench.find(key), u"excludeValueAction"_s);
    QVERIFY(action && action->isEnabled());
    action->trigger();
    QCOMPARE(filters.count(), 1);
    QCOMPARE(filters[0][0].toString(), term);
    QCOMPARE(filters[0][1].toBool(), true);
    const auto filter = filter::Filter::compile(term.toStdString());
    QVERIFY(filter.has_value());
    QVERIFY(filter->matches(bench.streams.log.snapshot().at({1}), {}));
}

void JsonTreeViewTest::offersNoFilterThatWouldLie()
{
    Bench bench("data: {\"a\":1,\"a\":2}\n\n:{\"a\":1}\n\n");
    bench.show(1);
    QVERIFY(bench.menuAction(bench.tree->model()->index(0, 0), u"filterValueAction"_s)->isEnabled());
    // A filter looks at the first of equal keys only, and at no comments.
    QVERIFY(!bench.menuAction(bench.tree->model()->index(1, 0), u"filterValueAction"_s)->isEnabled());
    bench.show(2);
    QVERIFY(!bench.menuAction(bench.tree->model()->index(0, 0), u"columnAction"_s)->isEnabled());
}

void JsonTreeViewTest::copiesValueAndPath()
{
    Bench bench("data: {\"a\":{\"list\":[\"x\\ny\"]}}\n\n");
    bench.show(1);
    const auto list = bench.find(u"list"_s, bench.find(u"a"_s));
    bench.tree->setCurrentIndex(bench.tree->model()->index(0, 0, list));
    QTest::keySequence(bench.tree, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"x\ny"_s);
    QSignalSpy columns(&bench.pane, &DetailPane::columnRequested);
    bench.menuAction(bench.tree->currentIndex(), u"columnAction"_s)->trigger();
    QCOMPARE(columns.count(), 1);
    QCOMPARE(columns[0][0].value<filter::JsonPath>().text(), "data.a.list[0]");
}

void JsonTreeViewTest::saysWhereJsonEnds()
{
    Bench bench("data: {\"a\":1,\ndata: \"b\":}\n\n");
    bench.show(1);
    QVERIFY2(bench.note().contains(u"byte 12 (line 2)"_s), qPrintable(bench.note()));
    QCOMPARE(bench.valueAt(bench.find(u"a"_s)), u"1"_s);
}

void JsonTreeViewTest::opensLargeDataWithoutHoldingUp()
{
    std::string json = "[0";
    while (json.size() < (16U << 20U) - 100)
        json += ",{\"k\":\"0123456789\"}";
    Bench bench("data: " + json + "]\n\n");
    // What is asked of the event loop while the text is read gets its turn.
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(0);
    bench.pane.setEvent(bench.streams.log.snapshot(), {1});
    QCOMPARE(bench.tree->model()->rowCount(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(bench.view->isComplete(), 30'000);
    QVERIFY(turns > 10);
    QVERIFY(bench.tree->model()->rowCount() > 100);
}

void JsonTreeViewTest::dropsLateAnswers()
{
    std::string json = "[0";
    while (json.size() < (4U << 20U))
        json += ",0";
    Bench bench("data: " + json + "]\n\ndata: {\"small\":1}\n\n");
    bench.pane.setEvent(bench.streams.log.snapshot(), {1});
    bench.show(2);
    QCOMPARE(bench.tree->model()->rowCount(), 1);
    QVERIFY(bench.find(u"small"_s).isValid());
}

QTEST_MAIN(JsonTreeViewTest)
#include "tst_jsontreeview.moc"
