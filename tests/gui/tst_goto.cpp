// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/gotoinview.h"
#include "support/eventstream.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// Going to an event in a view, also to one that the view hides.
class GoToTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goesToANumber();
    void goesToATime();
    void goesToAnId();
    void offersWhatCanBeDoneAboutTheFilter();
    void goesToTheNearestRow();
    void switchesTheKindOn();
    void saysWhyItCannotBeShown();
    void closesWithEscape();
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
    T *child(const char *name) const
    {
        return pane.findChild<T *>(QLatin1String(name));
    }
    QString note() const { return child<QLabel>("goToNoteLabel")->text(); }
    bool offers(const char *button) const { return !child<QToolButton>(button)->isHidden(); }
    void press(const char *button) const { QTest::mouseClick(child<QToolButton>(button), Qt::LeftButton); }
    void type(int kind, const QString &text)
    {
        pane.goTo()->open();
        child<QComboBox>("goToKindBox")->setCurrentIndex(kind);
        child<QLineEdit>("goToEdit")->clear();
        QTest::keyClicks(child<QLineEdit>("goToEdit"), text);
    }
    void enter() { QTest::keyClick(child<QLineEdit>("goToEdit"), Qt::Key_Return); }
    std::uint64_t current() const { return pane.view()->currentEvent().value; }
    bool feedAndWait(int count)
    {
        streams.feedEvents(1, count);
        return QTest::qWaitFor([&] { return pane.eventModel()->rowCount() >= count; });
    }

    test::EventStreams streams;
    models::LogFeed feed;
    EventPane pane;
};

} // namespace

void GoToTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void GoToTest::goesToANumber()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(2000));
    bench.type(0, u"1,2"_s);
    QVERIFY2(bench.note().contains(u"Event 12"_s), qPrintable(bench.note()));
    QTest::keyClicks(bench.child<QLineEdit>("goToEdit"), u"34"_s);
    QVERIFY(bench.note().contains(u"Event 1,234"_s));
    bench.enter();
    QCOMPARE(bench.current(), 1234U);
    const int row = bench.pane.eventModel()->rowOf({1234});
    const int top = bench.pane.view()->firstVisibleRow();
    QVERIFY(top < row && row < top + bench.pane.view()->visibleRowCount());
    QVERIFY(!bench.pane.isFollowing());
    bench.type(0, u"2001"_s);
    QVERIFY(bench.note().contains(u"2,000"_s));
    bench.enter();
    QCOMPARE(bench.current(), 1234U);
}

void GoToTest::goesToATime()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(100));
    bench.type(1, u"+0s"_s);
    bench.enter();
    QCOMPARE(bench.current(), 1U);
    bench.pane.setFilterText(u"\"event 7\""_s);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 11);
    bench.enter();
    QCOMPARE(bench.current(), 8U); // the first that is shown from then on
    bench.type(1, u"noon"_s);
    QVERIFY(bench.note().contains(u"14:05"_s));
}

void GoToTest::goesToAnId()
{
    Bench bench;
    bench.streams.feed(1, "id: a\ndata: x\n\nid: b\ndata: y\n\nid: a\ndata: z\n\n");
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 3);
    bench.type(2, u"a"_s);
    bench.enter();
    QTRY_COMPARE(bench.current(), 1U);
    bench.enter();
    QTRY_COMPARE(bench.current(), 3U);
    bench.enter();
    QTRY_COMPARE(bench.current(), 1U);
    bench.type(2, u"c"_s);
    bench.enter();
    QTRY_VERIFY(bench.note().contains(u"No event"_s));
}

void GoToTest::offersWhatCanBeDoneAboutTheFilter()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.pane.setFilterText(u"99"_s);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 19);
    QVERIFY(!bench.offers("contextButton"));
    bench.type(0, u"501"_s);
    bench.enter();
    QVERIFY2(bench.note().contains(u"filter hides it"_s), qPrintable(bench.note()));
    QVERIFY(bench.offers("contextButton") && bench.offers("nearestButton"));
    bench.press("contextButton");
    QTRY_COMPARE(bench.current(), 501U);
    QCOMPARE(bench.pane.eventModel()->rowCount(), 1000);
    QCOMPARE(bench.pane.filterText(), u"99"_s);
    QVERIFY(!bench.offers("contextButton"));
}

void GoToTest::goesToTheNearestRow()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.pane.setFilterText(u"99"_s);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 19);
    bench.type(0, u"510"_s);
    bench.enter();
    bench.press("nearestButton");
    QCOMPARE(bench.current(), 500U);
    bench.type(0, u"590"_s);
    bench.enter();
    bench.press("nearestButton");
    QCOMPARE(bench.current(), 600U);
}

void GoToTest::switchesTheKindOn()
{
    Bench bench;
    bench.streams.feed(1, ":ping\ndata: x\n\n");
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 1);
    bench.pane.goTo()->goTo({1});
    QVERIFY2(bench.note().contains(u"“comment”"_s), qPrintable(bench.note()));
    bench.press("contextButton");
    QTRY_COMPARE(bench.current(), 1U);
}

void GoToTest::saysWhyItCannotBeShown()
{
    Bench bench;
    bench.streams.feedEvents(1, 3);
    bench.streams.feedEvents(2, 3);
    bench.pane.setScope(store::SubscriptionId{2});
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 3);
    bench.pane.goTo()->goTo({1});
    QVERIFY2(bench.note().contains(u"another subscription"_s), qPrintable(bench.note()));
    QVERIFY(!bench.offers("contextButton"));
    bench.press("nearestButton");
    QCOMPARE(bench.current(), 4U);
    bench.pane.clear();
    bench.pane.goTo()->goTo({5});
    QVERIFY2(bench.note().contains(u"cleared"_s), qPrintable(bench.note()));
    QVERIFY(!bench.offers("nearestButton"));
}

void GoToTest::closesWithEscape()
{
    Bench bench;
    bench.type(0, u"1"_s);
    auto *bar = bench.child<QWidget>("goToBar");
    QVERIFY(!bar->isHidden());
    QTest::keyClick(bench.child<QLineEdit>("goToEdit"), Qt::Key_Escape);
    QVERIFY(bar->isHidden());
}

QTEST_MAIN(GoToTest)
#include "tst_goto.moc"
