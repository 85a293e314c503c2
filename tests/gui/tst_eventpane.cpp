// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "support/eventstream.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// One view as its user works it: filter, kinds, follow, clear.
class EventPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void filtersWhileTyping();
    void keepsTheLastGoodFilter();
    void namesThePositionInCharacters();
    void countsKinds();
    void kindsFitIntoNarrowPanes();
    void offersNewRows();
    void tellsTheChosenEvent();
    void clearsAndBringsBack();
    void hidesTheSourceColumnInAScope();
    void restoresItsState();
    void followsByItself();
    void namesItsControls();
};

namespace {

struct Bench
{
    Bench()
        : feed(streams.log)
        , pane(feed)
    {
        pane.resize(1000, 400);
        pane.show();
    }

    template <typename T>
    T *child(const QString &name) const
    {
        return pane.findChild<T *>(name);
    }
    QLineEdit *edit() const { return child<QLineEdit>(u"filterEdit"_s); }
    QString note() const { return child<QLabel>(u"noteLabel"_s)->text(); }
    QString count() const { return child<QLabel>(u"countLabel"_s)->text(); }
    QAbstractItemView *view() const { return child<QAbstractItemView>(u"eventView"_s); }
    int rows() const { return pane.eventModel()->rowCount(); }

    test::EventStreams streams;
    models::LogFeed feed;
    EventPane pane;
};

} // namespace

void EventPaneTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void EventPaneTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
}

void EventPaneTest::filtersWhileTyping()
{
    Bench bench;
    bench.streams.feedEvents(1, 2000);
    QTRY_COMPARE(bench.count(), u"2,000"_s);
    bench.pane.focusFilter();
    QTest::keyClicks(bench.edit(), u"199"_s);
    QTRY_COMPARE(bench.rows(), 12);
    QTRY_COMPARE(bench.count(), u"12 of 2,000 · 1,988 hidden"_s);
    QCOMPARE(bench.note(), QString());
    bench.edit()->clear();
    QTRY_COMPARE(bench.rows(), 2000);
}

void EventPaneTest::keepsTheLastGoodFilter()
{
    Bench bench;
    bench.streams.feedEvents(1, 2000);
    bench.pane.setFilterText(u"199"_s);
    QTRY_COMPARE(bench.rows(), 12);
    QTest::keyClicks(bench.edit(), u" and ("_s);
    QTRY_VERIFY(bench.note().contains(u"Character "_s));
    QVERIFY(!bench.child<QLabel>(u"noteLabel"_s)->isHidden());
    bench.streams.feedEvents(1, 1, "199");
    QTRY_COMPARE(bench.rows(), 13);
    QVERIFY(bench.edit()->accessibleDescription().contains(u"Character "_s));
    bench.pane.setFilterText(u"1999"_s);
    QTRY_COMPARE(bench.rows(), 1);
    QVERIFY(bench.child<QLabel>(u"noteLabel"_s)->isHidden());
}

void EventPaneTest::namesThePositionInCharacters()
{
    Bench bench;
    bench.pane.setFilterText(u"ü \"open"_s);
    QVERIFY2(bench.note().contains(u"Character 3:"_s), qPrintable(bench.note()));
}

void EventPaneTest::countsKinds()
{
    Bench bench;
    bench.streams.feed(1, ":ping\n:pong\ndata: x\n\n");
    QTRY_COMPARE(bench.rows(), 1);
    const auto *events = bench.child<QToolButton>(u"eventKindButton"_s);
    auto *comments = bench.child<QToolButton>(u"commentKindButton"_s);
    QTRY_VERIFY(comments->text().endsWith(u" 2"_s));
    QVERIFY(comments->accessibleName().contains(u"Comments"_s));
    QVERIFY(events->isChecked() && !comments->isChecked());
    QTest::mouseClick(comments, Qt::LeftButton);
    QTRY_COMPARE(bench.rows(), 3);
}

void EventPaneTest::kindsFitIntoNarrowPanes()
{
    Bench bench;
    bench.streams.feed(1, ":ping\ndata: x\n\n");
    auto *comments = bench.child<QToolButton>(u"commentKindButton"_s);
    bench.pane.resize(bench.pane.fontMetrics().averageCharWidth() * 200, 400);
    QTRY_COMPARE(comments->text(), u"Comments 1"_s);
    bench.pane.resize(bench.pane.fontMetrics().averageCharWidth() * 130, 400);
    QTRY_VERIFY(!comments->text().contains(u"Comments"_s));
    QVERIFY(comments->text().endsWith(u'1'));
    const auto besideExpression = [&] {
        const auto top = [&](const QWidget *widget) { return widget->mapTo(&bench.pane, QPoint()).y(); };
        return top(comments) < top(bench.edit()) + bench.edit()->height();
    };
    QTRY_VERIFY(besideExpression());
    const int narrow = bench.pane.fontMetrics().averageCharWidth() * 50;
    bench.pane.resize(narrow, 400);
    QTRY_VERIFY(!besideExpression());
    QVERIFY(bench.edit()->width() > narrow / 3);
    QVERIFY(comments->mapTo(&bench.pane, QPoint(comments->width(), 0)).x() < narrow);
}

void EventPaneTest::offersNewRows()
{
    Bench bench;
    bench.streams.feedEvents(1, 500);
    QTRY_COMPARE(bench.rows(), 500);
    auto *button = bench.child<QPushButton>(u"newRowsButton"_s);
    auto *follow = bench.child<QToolButton>(u"followButton"_s);
    QVERIFY(!button->isVisible());
    bench.view()->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(!follow->isChecked());
    bench.streams.feedEvents(1, 7);
    QTRY_VERIFY(button->isVisible());
    QCOMPARE(button->text(), u"7 new ↓"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(bench.pane.isFollowing());
    QVERIFY(follow->isChecked());
    QVERIFY(!button->isVisible());
}

void EventPaneTest::tellsTheChosenEvent()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    QTRY_COMPARE(bench.rows(), 5);
    QSignalSpy chosen(&bench.pane, &EventPane::currentEventChanged);
    bench.view()->setFocus();
    QTest::keyClick(bench.view(), Qt::Key_Home);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][1].value<store::EventNumber>(), store::EventNumber{1});
    QVERIFY(chosen[0][0].value<store::Snapshot>().contains({1}));
}

void EventPaneTest::clearsAndBringsBack()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    QTRY_COMPARE(bench.rows(), 5);
    const auto before = bench.pane.clearedBefore();
    bench.pane.clear();
    QCOMPARE(bench.rows(), 0);
    bench.pane.setClearedBefore(before);
    QTRY_COMPARE(bench.rows(), 5);
}

void EventPaneTest::hidesTheSourceColumnInAScope()
{
    Bench bench;
    bench.streams.feedEvents(1, 5);
    bench.streams.feedEvents(2, 3);
    bench.pane.setScope(store::SubscriptionId{2});
    QTRY_COMPARE(bench.rows(), 3);
    QTRY_COMPARE(bench.count(), u"3"_s);
    const auto *model = bench.pane.eventModel();
    QVERIFY(bench.view()->visualRect(model->index(0, model->columnOf(models::ColumnKind::Source))).isEmpty());
}

void EventPaneTest::restoresItsState()
{
    Bench bench;
    bench.pane.setFilterText(u"type:trade"_s);
    bench.child<QToolButton>(u"commentKindButton"_s)->click();
    Bench other;
    QVERIFY(other.pane.restoreState(bench.pane.saveState()));
    QCOMPARE(other.pane.filterText(), u"type:trade"_s);
    QVERIFY(other.child<QToolButton>(u"commentKindButton"_s)->isChecked());
    QVERIFY(other.pane.eventModel()->criteria().kinds.test(1));
    QVERIFY(!other.pane.restoreState("garbage"));
    QCOMPARE(other.pane.filterText(), u"type:trade"_s);
}

void EventPaneTest::followsByItself()
{
    Bench bench;
    EventPane beside(bench.feed);
    beside.resize(1000, 400);
    beside.show();
    bench.streams.feedEvents(1, 500);
    QTRY_COMPARE(bench.rows(), 500);
    bench.pane.setFollowing(false);
    QVERIFY(beside.isFollowing());
    const int top = bench.view()->verticalScrollBar()->value();
    QVERIFY(bench.pane.restoreState(bench.pane.saveState()));
    bench.streams.feedEvents(1, 500);
    QTRY_COMPARE(bench.rows(), 1000);
    QVERIFY(!bench.pane.isFollowing());
    QCOMPARE(bench.view()->verticalScrollBar()->value(), top);
    QTRY_COMPARE(beside.eventModel()->rowCount(), 1000);
    const auto *bar = beside.findChild<QAbstractItemView *>(u"eventView"_s)->verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
}

void EventPaneTest::namesItsControls()
{
    Bench bench;
    for (const auto *button : bench.pane.findChildren<QToolButton *>()) {
        if (!qobject_cast<QLineEdit *>(button->parent()))
            QVERIFY2(!button->text().isEmpty() && !button->toolTip().isEmpty(), qPrintable(button->objectName()));
    }
    QVERIFY(!bench.child<QCheckBox>(u"filterSwitch"_s)->accessibleName().isEmpty());
    QVERIFY(!bench.view()->accessibleName().isEmpty());
}

QTEST_MAIN(EventPaneTest)
#include "tst_eventpane.moc"
