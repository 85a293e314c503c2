// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "gui/theme.h"
#include "support/eventstream.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCheckBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// The filter line of one view: how it looks, what it says, how it is changed from the table, lifted and put back.
class FilterBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void coloursItsParts();
    void underlinesAnError();
    void keepsColoursWhileTyping();
    void isPatientWithUnfinishedExpressions();
    void saysWhatCouldNotBeDecided();
    void understandsTimesByTheLogsClock();
    void filtersFromACell();
    void filtersFromATime();
    void buildsOnTheLastGoodFilter();
    void changesCanBeUndone();
    void liftsTheFilterAndKeepsTheRow();
    void switchesOnByTyping();
    void looksIntoResults();
    void countsWhatIsHidden();
};

namespace {

struct Bench
{
    Bench()
        : feed(streams.log)
        , pane(feed)
    {
        pane.resize(1200, 400);
        pane.show();
    }

    template <typename T>
    T *child(const QString &name) const
    {
        return pane.findChild<T *>(name);
    }
    QLineEdit *edit() const { return child<QLineEdit>(u"filterEdit"_s); }
    QLabel *note() const { return child<QLabel>(u"noteLabel"_s); }
    QString count() const { return child<QLabel>(u"countLabel"_s)->text(); }
    QCheckBox *filterSwitch() const { return child<QCheckBox>(u"filterSwitch"_s); }
    QAbstractItemView *view() const { return child<QAbstractItemView>(u"eventView"_s); }
    models::EventModel *model() const { return pane.eventModel(); }
    int rows() const { return model()->rowCount(); }
    QModelIndex cell(int row, models::ColumnKind kind) const { return model()->index(row, model()->columnOf(kind)); }

    /// Chooses from the context menu of a cell.
    void choose(const QModelIndex &cell, const QString &action)
    {
        const QPoint at = view()->visualRect(cell).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view()->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(view()->viewport(), &event);
        auto *menu = view()->findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(menu);
        auto *found = menu->findChild<QAction *>(action);
        QVERIFY2(found && found->isEnabled(), qPrintable(action));
        found->trigger();
        menu->close();
        delete menu;
    }

    test::EventStreams streams;
    models::LogFeed feed;
    EventPane pane;
};

/// How many pixels of the line are about of this colour.
int pixels(const QWidget *widget, const QColor &colour)
{
    const QImage image = const_cast<QWidget *>(widget)->grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green()) +
                                 std::abs(pixel.blue() - colour.blue()) <
                             60
                         ? 1
                         : 0;
        }
    }
    return count;
}

} // namespace

void FilterBarTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void FilterBarTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
}

void FilterBarTest::coloursItsParts()
{
    Bench bench;
    const QColor accent = colour(Meaning::Accent, bench.edit()->palette());
    bench.pane.setFilterText(u"trade trade"_s);
    const int without = pixels(bench.edit(), accent);
    bench.pane.setFilterText(u"type:trade data.price = 3"_s);
    QVERIFY2(pixels(bench.edit(), accent) > without + 20, "field and path stand out");
    bench.filterSwitch()->setChecked(false);
    QCOMPARE(pixels(bench.edit(), accent), without);
}

void FilterBarTest::underlinesAnError()
{
    Bench bench;
    const QColor wrong = colour(Meaning::Error, bench.edit()->palette());
    bench.pane.setFilterText(u"kind:event size > 3"_s);
    const int without = pixels(bench.edit(), wrong);
    bench.pane.setFilterText(u"kind:nonsense size > 3"_s);
    QVERIFY(pixels(bench.edit(), wrong) > without + 20);
    QVERIFY2(bench.note()->text().contains(u"Character 6:"_s), qPrintable(bench.note()->text()));
    QVERIFY(bench.edit()->accessibleDescription().contains(u"Character 6:"_s));
    bench.pane.setFilterText(u"kind:event size > 3"_s);
    QCOMPARE(pixels(bench.edit(), wrong), without);
}

void FilterBarTest::keepsColoursWhileTyping()
{
    Bench bench;
    bench.pane.focusFilter();
    QTest::keyClicks(bench.edit(), u"type:trade or data.price > 3"_s);
    QCOMPARE(bench.edit()->text(), u"type:trade or data.price > 3"_s);
    QCOMPARE(bench.edit()->cursorPosition(), bench.edit()->text().size());
    QTest::keyClick(bench.edit(), Qt::Key_Home);
    QTest::keyClicks(bench.edit(), u"-"_s);
    QCOMPARE(bench.edit()->text(), u"-type:trade or data.price > 3"_s);
    QVERIFY(bench.edit()->isUndoAvailable());
}

void FilterBarTest::isPatientWithUnfinishedExpressions()
{
    Bench bench;
    bench.pane.activateWindow();
    bench.pane.focusFilter();
    QTRY_VERIFY(bench.edit()->hasFocus());
    QTest::keyClicks(bench.edit(), u"data.price >"_s);
    QTRY_VERIFY(bench.edit()->accessibleDescription().contains(u"Character "_s));
    QVERIFY2(bench.note()->isHidden(), "not a word while it is typed");
    QTRY_VERIFY(!bench.note()->isHidden());
    QTest::keyClicks(bench.edit(), u" 3"_s);
    QTRY_VERIFY(bench.note()->isHidden());
    QTest::keyClicks(bench.edit(), u" and"_s);
    QTest::keyClick(bench.edit(), Qt::Key_Return);
    QVERIFY2(!bench.note()->isHidden(), "Return asks for an answer");
}

void FilterBarTest::saysWhatCouldNotBeDecided()
{
    Bench bench;
    bench.streams.feed(1, "data: x\n\ndata: " + std::string(40, 'a') + "b\n\n");
    bench.pane.setFilterText(u"/^(a+)+$/"_s);
    QTRY_VERIFY(bench.note()->text().contains(u"could not be decided: 1, first number 2"_s));
    QVERIFY(bench.note()->text().startsWith(u'✕'));
    bench.pane.setFilterText(u"x"_s);
    QTRY_VERIFY(bench.note()->isHidden());
    QCOMPARE(bench.rows(), 1);
}

void FilterBarTest::understandsTimesByTheLogsClock()
{
    Bench bench;
    bench.streams.feedEvents(1, 1);
    QTRY_COMPARE(bench.rows(), 1);
    const auto now = bench.streams.log.clock().wallTime(std::chrono::steady_clock::now());
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year();
    bench.pane.setFilterText(u"time < %1-01-01"_s.arg(static_cast<int>(year)));
    QTRY_COMPARE(bench.rows(), 0);
    bench.pane.setFilterText(u"time >= %1-01-01"_s.arg(static_cast<int>(year)));
    QTRY_COMPARE(bench.rows(), 1);
}

void FilterBarTest::filtersFromACell()
{
    Bench bench;
    bench.streams.feed(1, "event: trade\ndata: a\n\nevent: quote\ndata: b\n\nevent: news\ndata: c\n\n");
    QTRY_COMPARE(bench.rows(), 3);
    bench.choose(bench.cell(1, models::ColumnKind::Type), u"filterExcludeAction"_s);
    QCOMPARE(bench.pane.filterText(), u"-type:quote"_s);
    QTRY_COMPARE(bench.rows(), 2);
    bench.choose(bench.cell(1, models::ColumnKind::Type), u"filterByAction"_s);
    QCOMPARE(bench.pane.filterText(), u"-type:quote type:news"_s);
    QTRY_COMPARE(bench.rows(), 1);
    bench.choose(bench.cell(0, models::ColumnKind::Data), u"filterOnlyAction"_s);
    QCOMPARE(bench.pane.filterText(), u"\"c\""_s);
    bench.pane.changeFilter(u"type:trade"_s, FilterChange::Widen);
    QCOMPARE(bench.pane.filterText(), u"\"c\" or type:trade"_s);
    QTRY_COMPARE(bench.rows(), 2);
}

void FilterBarTest::filtersFromATime()
{
    Bench bench;
    for (int i = 0; i < 5; ++i)
        bench.streams.feedEvents(1, 1);
    QTRY_COMPARE(bench.rows(), 5);
    bench.choose(bench.cell(3, models::ColumnKind::Time), u"filterUntilAction"_s);
    QTRY_COMPARE(bench.rows(), 4);
    bench.choose(bench.cell(1, models::ColumnKind::Time), u"filterFromAction"_s);
    QTRY_COMPARE(bench.rows(), 3);
}

void FilterBarTest::buildsOnTheLastGoodFilter()
{
    Bench bench;
    bench.pane.setFilterText(u"a"_s);
    bench.pane.setFilterText(u"a and ("_s);
    bench.pane.changeFilter(u"type:trade"_s, FilterChange::Narrow);
    QCOMPARE(bench.pane.filterText(), u"a type:trade"_s);
}

void FilterBarTest::changesCanBeUndone()
{
    Bench bench;
    bench.pane.focusFilter();
    QTest::keyClicks(bench.edit(), u"a or b"_s);
    bench.pane.changeFilter(u"type:trade"_s, FilterChange::Narrow);
    QCOMPARE(bench.pane.filterText(), u"(a or b) type:trade"_s);
    bench.edit()->undo();
    QCOMPARE(bench.pane.filterText(), u"a or b"_s);
}

void FilterBarTest::liftsTheFilterAndKeepsTheRow()
{
    Bench bench;
    bench.streams.feedEvents(1, 5000);
    bench.pane.setFilterText(u"99"_s);
    QTRY_COMPARE(bench.rows(), 95);
    const auto row = bench.model()->rowOf({1000});
    QVERIFY(row >= 0);
    bench.view()->scrollTo(bench.model()->index(row, 0), QAbstractItemView::PositionAtCenter);
    bench.view()->setCurrentIndex(bench.model()->index(row, 0));
    const int top = bench.view()->visualRect(bench.view()->currentIndex()).top();
    QVERIFY(top > 0);
    bench.pane.setInContext(true);
    QTRY_COMPARE(bench.rows(), 5000);
    QTRY_COMPARE(bench.model()->numberAt(bench.view()->currentIndex().row()).value, 1000U);
    QCOMPARE(bench.view()->visualRect(bench.view()->currentIndex()).top(), top);
    QCOMPARE(bench.pane.filterText(), u"99"_s);
    QVERIFY(!bench.filterSwitch()->isChecked());
    QTest::mouseClick(bench.filterSwitch(), Qt::LeftButton, {}, QPoint(6, bench.filterSwitch()->height() / 2));
    QTRY_COMPARE(bench.rows(), 95);
    QCOMPARE(bench.model()->numberAt(bench.view()->currentIndex().row()).value, 1000U);
    QCOMPARE(bench.view()->visualRect(bench.view()->currentIndex()).top(), top);
}

void FilterBarTest::switchesOnByTyping()
{
    Bench bench;
    bench.streams.feedEvents(1, 100);
    bench.pane.setFilterText(u"1"_s);
    bench.pane.setInContext(true);
    QTRY_COMPARE(bench.rows(), 100);
    bench.pane.focusFilter();
    QTest::keyClicks(bench.edit(), u"99"_s);
    QVERIFY(!bench.pane.isInContext());
    QTRY_COMPARE(bench.rows(), 1);
}

void FilterBarTest::looksIntoResults()
{
    Bench bench;
    bench.streams.feedEvents(1, 100);
    bench.pane.setBaseFilter(u"1 or 2"_s);
    QTRY_COMPARE(bench.rows(), 36);
    bench.pane.setFilterText(u"3"_s);
    QCOMPARE(bench.pane.effectiveFilter(), u"(1 or 2) 3"_s);
    QTRY_COMPARE(bench.rows(), 4);
    bench.pane.setInContext(true);
    QTRY_COMPARE(bench.rows(), 36);
    bench.pane.setInContext(false);
    auto *remove = bench.child<QToolButton>(u"removeBaseFilterButton"_s);
    QVERIFY(remove->isVisible());
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_COMPARE(bench.rows(), 19);
    QVERIFY(!remove->isVisible());
}

void FilterBarTest::countsWhatIsHidden()
{
    Bench bench;
    bench.streams.feedEvents(1, 2000);
    bench.pane.setFilterText(u"199"_s);
    QTRY_COMPARE(bench.count(), u"12 of 2,000 · 1,988 hidden"_s);
    bench.pane.resize(bench.pane.fontMetrics().averageCharWidth() * 60, 400);
    QTRY_COMPARE(bench.count(), u"12 of 2,000"_s);
    QVERIFY(bench.child<QLabel>(u"countLabel"_s)->toolTip().contains(u"1,988"_s));
    bench.edit()->clear();
    QTRY_COMPARE(bench.count(), u"2,000"_s);
}

QTEST_MAIN(FilterBarTest)
#include "tst_filterbar.moc"
