// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/findinview.h"
#include "gui/rowcolours.h"
#include "support/eventstream.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using store::EventNumber;

// Looking for something in one view, as its user does.
class FindBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void opensAndCloses();
    void countsMatches();
    void goesForwardAndBack();
    void wrapsAndSaysSo();
    void beginsAtWhatIsOnScreen();
    void goesAsSoonAsItIsFound();
    void saysWhatIsWrong();
    void findsWithinTheFilter();
    void findsByExpression();
    void pointsOutMatches();
    void pointsOutWhatTheCellCuts();
    void tintsRowsWithoutText();
    void fitsIntoNarrowViews();
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
    QLineEdit *edit() const { return child<QLineEdit>("findEdit"); }
    QWidget *bar() const { return child<QWidget>("findBar"); }
    QString count() const { return child<QLabel>("findCountLabel")->text(); }
    QString note() const { return child<QLabel>("findNoteLabel")->text(); }
    void find(const QString &text)
    {
        pane.find()->open();
        edit()->clear();
        QTest::keyClicks(edit(), text);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(edit(), key, modifiers); }
    void mode(int index) { child<QComboBox>("findModeBox")->setCurrentIndex(index); }
    std::uint64_t current() const { return pane.view()->currentEvent().value; }
    bool feedAndWait(int count)
    {
        streams.feedEvents(1, count);
        return QTest::qWaitFor([&] { return pane.eventModel()->rowCount() >= count; });
    }
    /// Pixels of the colour in which matches are written, in the visible rows.
    int foundPixels() const
    {
        const auto image = pane.view()->viewport()->grab().toImage();
        const QRgb wanted = foundColours(pane.palette()).background.rgb();
        int count = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                count += image.pixel(x, y) == wanted ? 1 : 0;
        return count;
    }

    test::EventStreams streams;
    models::LogFeed feed;
    EventPane pane;
};

} // namespace

void FindBarTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void FindBarTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void FindBarTest::opensAndCloses()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(100));
    QVERIFY(bench.bar()->isHidden());
    bench.find(u"99"_s);
    QVERIFY(!bench.bar()->isHidden());
    QTRY_COMPARE(bench.pane.find()->search().count(), 1U);
    bench.key(Qt::Key_Escape);
    QVERIFY(bench.bar()->isHidden());
    QVERIFY(!bench.pane.find()->search().isActive());
    bench.pane.find()->findNext();
    QVERIFY(!bench.bar()->isHidden());
    QTRY_COMPARE(bench.current(), 100U);
    QTest::mouseClick(bench.child<QToolButton>("findCloseButton"), Qt::LeftButton);
    QVERIFY(bench.bar()->isHidden());
}

void FindBarTest::countsMatches()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(20'000));
    bench.find(u"event 1"_s);
    QTRY_COMPARE(bench.count(), u"Matches: 11,111"_s);
    bench.find(u"nowhere"_s);
    QTRY_COMPARE(bench.count(), u"No match"_s);
    bench.find(u"event 77"_s);
    QTRY_COMPARE(bench.count(), u"Matches: 111"_s);
    bench.key(Qt::Key_Return);
    QTRY_VERIFY2(bench.count().endsWith(u" of 111 matches"_s), qPrintable(bench.count()));
    bench.streams.feed(1, "data: event 77\n\n");
    QTRY_VERIFY(bench.count().endsWith(u" of 112 matches"_s));
}

void FindBarTest::goesForwardAndBack()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.pane.view()->setCurrentEvent({1});
    bench.find(u"50"_s);
    bench.key(Qt::Key_Return);
    QTRY_COMPARE(bench.current(), 51U);
    QVERIFY(!bench.pane.isFollowing());
    bench.key(Qt::Key_Return);
    QCOMPARE(bench.current(), 151U);
    const int row = bench.pane.eventModel()->rowOf({151});
    QVERIFY(bench.pane.view()->firstVisibleRow() <= row);
    QVERIFY(bench.pane.view()->firstVisibleRow() + bench.pane.view()->visibleRowCount() > row);
    bench.key(Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(bench.current(), 51U);
    QTest::mouseClick(bench.child<QToolButton>("findNextButton"), Qt::LeftButton);
    QCOMPARE(bench.current(), 151U);
    QTest::mouseClick(bench.child<QToolButton>("findPreviousButton"), Qt::LeftButton);
    QCOMPARE(bench.current(), 51U);
    QTRY_COMPARE(bench.count(), u"1 of 20 matches"_s);
}

void FindBarTest::wrapsAndSaysSo()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(200));
    bench.pane.view()->setCurrentEvent({1});
    bench.find(u"\"event 7\" or \"event 9\""_s);
    bench.mode(2);
    bench.pane.view()->setCurrentEvent({200});
    bench.key(Qt::Key_Return);
    QTRY_COMPARE(bench.current(), 8U);
    QVERIFY2(bench.note().contains(u"from the first"_s), qPrintable(bench.note()));
    bench.key(Qt::Key_Return);
    QCOMPARE(bench.current(), 10U);
    QVERIFY(bench.note().isEmpty());
    bench.key(Qt::Key_Return, Qt::ShiftModifier);
    bench.key(Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(bench.current(), 100U);
    QVERIFY(bench.note().contains(u"from the last"_s));
    bench.find(u"nowhere"_s);
    bench.key(Qt::Key_Return);
    QTRY_VERIFY(bench.note().contains(u"Nothing"_s));
    QCOMPARE(bench.current(), 100U);
}

void FindBarTest::beginsAtWhatIsOnScreen()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.pane.view()->verticalScrollBar()->setValue(500);
    bench.pane.setFollowing(false);
    bench.pane.view()->verticalScrollBar()->setValue(500);
    bench.find(u"event"_s);
    bench.key(Qt::Key_Return);
    QTRY_COMPARE(bench.current(), 501U);
}

void FindBarTest::goesAsSoonAsItIsFound()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(60'000));
    bench.find(u"event 5999"_s);
    bench.key(Qt::Key_Return, Qt::ShiftModifier); // nothing is scanned yet
    QTRY_COMPARE(bench.current(), 60'000U);
}

void FindBarTest::saysWhatIsWrong()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(100));
    bench.mode(2);
    bench.find(u"99 and ("_s);
    QTRY_VERIFY2(bench.note().contains(u"Character 9:"_s), qPrintable(bench.note()));
    bench.mode(1);
    bench.find(u"[9"_s);
    QTRY_VERIFY(!bench.note().isEmpty());
    bench.mode(0);
    QTRY_VERIFY(bench.note().isEmpty());
    QTRY_COMPARE(bench.count(), u"No match"_s);
}

void FindBarTest::findsWithinTheFilter()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(1000));
    bench.find(u"99"_s);
    QTRY_COMPARE(bench.count(), u"Matches: 19"_s);
    bench.pane.setFilterText(u"199"_s);
    QTRY_COMPARE(bench.count(), u"Matches: 1"_s);
    bench.key(Qt::Key_Return);
    QTRY_COMPARE(bench.current(), 200U);
    bench.pane.clear();
    QTRY_COMPARE(bench.count(), u"No match"_s);
}

void FindBarTest::findsByExpression()
{
    Bench bench;
    bench.streams.feed(1, "data: {\"price\": 99}\n\ndata: {\"price\": 101}\n\nevent: trade\ndata: {\"price\": 1}\n\n");
    bench.mode(2);
    bench.find(u"data.price > 100 or type:trade"_s);
    QTRY_COMPARE(bench.count(), u"Matches: 2"_s);
}

void FindBarTest::pointsOutMatches()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(10));
    QCOMPARE(bench.foundPixels(), 0);
    bench.find(u"vent"_s);
    QTRY_VERIFY(bench.foundPixels() > 200);
    bench.key(Qt::Key_Escape);
    QTRY_COMPARE(bench.foundPixels(), 0);
}

void FindBarTest::pointsOutWhatTheCellCuts()
{
    Bench bench;
    bench.streams.feed(1, "data: " + std::string(5000, 'x') + " needle\n\n");
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 1);
    bench.find(u"needle"_s);
    QTRY_VERIFY(bench.foundPixels() > 5);
}

void FindBarTest::tintsRowsWithoutText()
{
    Bench bench;
    QVERIFY(bench.feedAndWait(3));
    const auto paper = [&] {
        const auto rect = bench.pane.view()->visualRect(bench.pane.eventModel()->index(0, 0));
        return bench.pane.view()->viewport()->grab().toImage().pixel(rect.right() - 3, rect.top() + 1);
    };
    const auto before = paper();
    bench.mode(2);
    bench.find(u"size > 1"_s);
    QTRY_VERIFY(paper() != before);
    QCOMPARE(bench.foundPixels(), 0);
}

void FindBarTest::fitsIntoNarrowViews()
{
    Bench bench;
    bench.find(u"a rather long text that is looked for"_s);
    const int narrow = bench.pane.fontMetrics().averageCharWidth() * 40;
    bench.pane.resize(narrow, 400);
    QTRY_VERIFY(bench.edit()->width() > narrow / 4);
    const auto *close = bench.child<QToolButton>("findCloseButton");
    QVERIFY(close->mapTo(&bench.pane, QPoint(close->width(), 0)).x() <= narrow);
}

QTEST_MAIN(FindBarTest)
#include "tst_findbar.moc"
