// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventheader.h"
#include "gui/eventview.h"
#include "support/eventstream.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using models::ColumnKind;
using store::EventNumber;

// The table of events under hand: keyboard, mouse, following, and rows that come and go meanwhile.
class EventViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void followsTheNewestRow();
    void stopsFollowingByScrollingUp();
    void stopsFollowingBySelecting();
    void followsAgainFromTheEnd();
    void countsNewRows();
    void movesByKeys_data();
    void movesByKeys();
    void extendsSelectionWithShift();
    void selectsByMouse();
    void keepsSelectionWhenRowsCome();
    void keepsSelectionAndPlaceWhenRowsAreEvicted();
    void keepsSelectionWhenTheFilterChanges();
    void saysNothingWhenTheCurrentRowIsEvicted();
    void selectsAllOfAMillionRows();
    void copiesData();
    void hidesColumns();
    void columnsGiveWayToData();
    void restoresColumns();
    void givesDataTheFreeWidth();
    void isAccessible();
};

namespace {

store::LogLimits smallLog()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 400 * 1024;
    return limits;
}

/// A shown view of a log.
struct Bench
{
    explicit Bench(store::LogLimits limits = {})
        : streams(limits)
        , feed(streams.log)
        , model(feed)
    {
        view.setModel(&model);
        view.resize(900, 20 * view.rowHeight());
        view.show();
    }

    bool add(int count)
    {
        streams.feedEvents(1, count, "event", fed);
        fed += count;
        return QTest::qWaitFor(
            [this] { return model.isComplete() && model.examinedEnd() == streams.log.snapshot().end(); });
    }

    int column(ColumnKind kind) const { return model.columnOf(kind); }
    int lastVisible() const { return view.firstVisibleRow() + view.visibleRowCount() - 1; }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, key, modifiers); }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        const auto rect = view.visualRect(model.index(row, 0));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, rect.center());
    }
    void wheelUp() { view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub); }
    std::vector<std::uint64_t> selected() const
    {
        std::vector<std::uint64_t> numbers;
        for (const auto &range : view.selectionModel()->selection()) {
            for (int row = range.top(); row <= range.bottom(); ++row)
                numbers.push_back(model.numberAt(row).value);
        }
        std::ranges::sort(numbers);
        return numbers;
    }

    test::EventStreams streams;
    models::LogFeed feed;
    models::EventModel model;
    EventView view;
    int fed = 0;
};

/// Number, kind, attempt and read.
constexpr int hiddenAtFirst = 4;

using Numbers = std::vector<std::uint64_t>;

} // namespace

void EventViewTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void EventViewTest::followsTheNewestRow()
{
    Bench bench;
    QVERIFY(bench.add(500));
    QVERIFY(bench.view.isFollowing());
    QCOMPARE(bench.lastVisible(), 499);
    QVERIFY(bench.add(70));
    QCOMPARE(bench.lastVisible(), 569);
}

void EventViewTest::stopsFollowingByScrollingUp()
{
    Bench bench;
    QVERIFY(bench.add(500));
    QSignalSpy changed(&bench.view, &EventView::followingChanged);
    bench.wheelUp();
    QCOMPARE(changed.size(), 1);
    QVERIFY(!bench.view.isFollowing());
    const int first = bench.view.firstVisibleRow();
    QVERIFY(bench.add(100));
    QCOMPARE(bench.view.firstVisibleRow(), first);
}

void EventViewTest::stopsFollowingBySelecting()
{
    Bench bench;
    QVERIFY(bench.add(500));
    bench.click(495);
    QVERIFY(!bench.view.isFollowing());
    QCOMPARE(bench.view.currentEvent(), EventNumber{496});
    QVERIFY(bench.add(100));
    QCOMPARE(bench.lastVisible(), 499);
}

void EventViewTest::followsAgainFromTheEnd()
{
    Bench bench;
    QVERIFY(bench.add(500));
    bench.wheelUp();
    bench.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
    QVERIFY(bench.view.isFollowing());
    bench.key(Qt::Key_Home);
    QVERIFY(!bench.view.isFollowing());
    bench.key(Qt::Key_End);
    QVERIFY(bench.view.isFollowing());
    QVERIFY(bench.add(10));
    QCOMPARE(bench.lastVisible(), 509);
}

void EventViewTest::countsNewRows()
{
    Bench bench;
    QVERIFY(bench.add(500));
    QCOMPARE(bench.view.newRows(), 0U);
    bench.wheelUp();
    QVERIFY(bench.add(30));
    QCOMPARE(bench.view.newRows(), 30U);
    bench.model.setFilter(filter::Filter::compile("2").value());
    QTRY_VERIFY(bench.model.isComplete());
    QCOMPARE(bench.view.newRows(), 12U);
    bench.view.setFollowing(true);
    QCOMPARE(bench.view.newRows(), 0U);
}

void EventViewTest::movesByKeys_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<int>("expected");
    const int page = 19; // 20 rows high, less the header
    QTest::newRow("down") << Qt::Key_Down << Qt::KeyboardModifiers() << 201;
    QTest::newRow("up") << Qt::Key_Up << Qt::KeyboardModifiers() << 199;
    QTest::newRow("page down") << Qt::Key_PageDown << Qt::KeyboardModifiers() << 200 + page;
    QTest::newRow("page up") << Qt::Key_PageUp << Qt::KeyboardModifiers() << 200 - page;
    QTest::newRow("home") << Qt::Key_Home << Qt::KeyboardModifiers() << 0;
    QTest::newRow("end") << Qt::Key_End << Qt::KeyboardModifiers() << 499;
    QTest::newRow("ctrl home") << Qt::Key_Home << Qt::KeyboardModifiers(Qt::ControlModifier) << 0;
    QTest::newRow("ctrl end") << Qt::Key_End << Qt::KeyboardModifiers(Qt::ControlModifier) << 499;
}

void EventViewTest::movesByKeys()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(int, expected);
    Bench bench;
    QVERIFY(bench.add(500));
    bench.view.setCurrentEvent({201});
    bench.key(key, modifiers);
    const int row = bench.view.currentIndex().row();
    // A header higher than a row takes one more from the page.
    QVERIFY2(std::abs(row - expected) <= 1, qPrintable(QString::number(row)));
    QVERIFY(bench.view.viewport()->rect().contains(bench.view.visualRect(bench.view.currentIndex()).center().x(),
        bench.view.visualRect(bench.view.currentIndex()).center().y()));
}

void EventViewTest::extendsSelectionWithShift()
{
    Bench bench;
    QVERIFY(bench.add(500));
    bench.click(490);
    bench.key(Qt::Key_Down, Qt::ShiftModifier);
    bench.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(bench.selected(), (Numbers{491, 492, 493}));
    bench.key(Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(bench.selected().size(), 491U);
    QCOMPARE(bench.selected().front(), 1U);
}

void EventViewTest::selectsByMouse()
{
    Bench bench;
    QVERIFY(bench.add(500));
    bench.click(490);
    bench.click(495, Qt::ControlModifier);
    QCOMPARE(bench.selected(), (Numbers{491, 496}));
    bench.click(488);
    bench.click(491, Qt::ShiftModifier);
    QCOMPARE(bench.selected(), (Numbers{489, 490, 491, 492}));
}

void EventViewTest::keepsSelectionWhenRowsCome()
{
    Bench bench;
    QVERIFY(bench.add(100));
    bench.click(95);
    QSignalSpy current(&bench.view, &EventView::currentEventChanged);
    QVERIFY(bench.add(1000));
    QCOMPARE(bench.selected(), Numbers{96});
    QCOMPARE(bench.view.currentEvent(), EventNumber{96});
    QCOMPARE(current.size(), 0);
}

void EventViewTest::keepsSelectionAndPlaceWhenRowsAreEvicted()
{
    Bench bench(smallLog());
    QVERIFY(bench.add(9000));
    const auto middle = EventNumber{bench.model.numberAt(0).value + 1500};
    bench.view.setCurrentEvent(middle);
    const auto before = bench.model.numberAt(0);
    const auto top = bench.model.numberAt(bench.view.firstVisibleRow());
    QVERIFY(bench.add(600));
    QVERIFY(bench.model.numberAt(0) > before);
    QVERIFY(bench.model.rowOf(middle) >= 0);
    QCOMPARE(bench.view.currentEvent(), middle);
    QCOMPARE(bench.selected(), Numbers{middle.value});
    QCOMPARE(bench.model.numberAt(bench.view.firstVisibleRow()), top);
}

void EventViewTest::keepsSelectionWhenTheFilterChanges()
{
    Bench bench;
    QVERIFY(bench.add(1000));
    bench.view.setCurrentEvent({503});
    bench.click(bench.view.firstVisibleRow() + 2, Qt::ControlModifier);
    const auto before = bench.selected();
    QCOMPARE(before.size(), 2U);
    QSignalSpy current(&bench.view, &EventView::currentEventChanged);
    bench.view.setCurrentEvent({503});
    current.clear();
    bench.model.setFilter(filter::Filter::compile("502").value());
    QTRY_COMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.view.currentEvent(), EventNumber{503});
    QCOMPARE(bench.selected(), Numbers{503});
    bench.model.setFilter({});
    QTRY_COMPARE(bench.model.rowCount(), 1000);
    QCOMPARE(bench.view.currentEvent(), EventNumber{503});
    QCOMPARE(bench.selected(), Numbers{503});
    const int row = bench.view.currentIndex().row();
    QVERIFY(row >= bench.view.firstVisibleRow() && row <= bench.lastVisible());
    QCOMPARE(current.size(), 0);
}

void EventViewTest::saysNothingWhenTheCurrentRowIsEvicted()
{
    Bench bench(smallLog());
    QVERIFY(bench.add(200));
    bench.view.setCurrentEvent({5});
    QSignalSpy current(&bench.view, &EventView::currentEventChanged);
    QVERIFY(bench.add(9000));
    QVERIFY(bench.model.numberAt(0) > EventNumber{5});
    QCOMPARE(bench.view.currentEvent(), EventNumber{0});
    QVERIFY(bench.selected().empty());
    QCOMPARE(current.size(), 0);
}

void EventViewTest::selectsAllOfAMillionRows()
{
    Bench bench;
    for (int i = 0; i < 10; ++i)
        bench.streams.feedEvents(1, 100'000, "event", i * 100'000);
    QTRY_COMPARE(bench.model.rowCount(), 1'000'000);
    QElapsedTimer time;
    time.start();
    QTest::keySequence(&bench.view, QKeySequence::SelectAll);
    QVERIFY2(time.elapsed() < 500, qPrintable(QString::number(time.elapsed())));
    const auto selection = bench.view.selectionModel()->selection();
    QCOMPARE(selection.size(), 1);
    QCOMPARE(selection[0].height(), 1'000'000);
    bench.streams.feedEvents(1, 10, "later");
    QTRY_COMPARE(bench.model.rowCount(), 1'000'010);
    QCOMPARE(bench.view.selectionModel()->selection()[0].height(), 1'000'000);
    QSignalSpy noticed(&bench.view, &EventView::noticed);
    QTest::keySequence(&bench.view, QKeySequence::Copy);
    QTRY_VERIFY(!noticed.isEmpty() && noticed.last()[0].toString().contains(u"10,000"_s));
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 9999);
}

void EventViewTest::copiesData()
{
    Bench bench;
    QVERIFY(bench.add(100));
    bench.click(90);
    bench.click(92, Qt::ControlModifier);
    QTest::keySequence(&bench.view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"event 90\nevent 92"_s);
}

void EventViewTest::hidesColumns()
{
    Bench bench;
    auto *header = bench.view.header();
    header->setColumnShown(bench.column(ColumnKind::Gap), false);
    QVERIFY(!header->isColumnShown(bench.column(ColumnKind::Gap)));
    for (const auto kind :
        {ColumnKind::Time, ColumnKind::Source, ColumnKind::Id, ColumnKind::Type, ColumnKind::Size, ColumnKind::Data})
        header->setColumnShown(bench.column(kind), false);
    QVERIFY(header->isColumnShown(bench.column(ColumnKind::Data)));
    header->showDefaultColumns();
    QCOMPARE(header->hiddenSectionCount(), hiddenAtFirst);
}

void EventViewTest::columnsGiveWayToData()
{
    Bench bench;
    auto *header = bench.view.header();
    bench.view.resize(2000, 300);
    QTRY_COMPARE(header->hiddenSectionCount(), hiddenAtFirst);
    const int time = header->sectionSize(bench.column(ColumnKind::Time));
    const int data = QFontMetrics(bench.view.font()).averageCharWidth() * 12;
    bench.view.resize(time + data + time, 300);
    QTRY_VERIFY(header->isSectionHidden(bench.column(ColumnKind::Size)));
    QVERIFY(header->isColumnShown(bench.column(ColumnKind::Size)));
    QVERIFY(!header->isSectionHidden(bench.column(ColumnKind::Data)));
    QVERIFY(header->sectionSize(bench.column(ColumnKind::Data)) >= data);

    header->setColumnShown(bench.column(ColumnKind::Size), true);
    QVERIFY2(!header->isSectionHidden(bench.column(ColumnKind::Size)), "what was asked for by hand stays");
    bench.view.resize(2000, 300);
    QTRY_COMPARE(header->hiddenSectionCount(), hiddenAtFirst);
}

void EventViewTest::restoresColumns()
{
    Bench bench;
    auto *header = bench.view.header();
    header->moveSection(header->visualIndex(bench.column(ColumnKind::Size)), 0);
    header->setColumnShown(bench.column(ColumnKind::Id), false);
    header->resizeSection(bench.column(ColumnKind::Source), 222);
    Bench other;
    QVERIFY(other.view.header()->restore(header->save()));
    QCOMPARE(other.view.header()->visualIndex(bench.column(ColumnKind::Size)), 0);
    QVERIFY(!other.view.header()->isColumnShown(bench.column(ColumnKind::Id)));
    QCOMPARE(other.view.header()->sectionSize(bench.column(ColumnKind::Source)), 222);
    QVERIFY(!other.view.header()->restore("garbage"));
    QCOMPARE(other.view.header()->visualIndex(bench.column(ColumnKind::Size)), 0);
}

void EventViewTest::givesDataTheFreeWidth()
{
    Bench bench;
    bench.view.resize(2000, 400);
    QCOMPARE(bench.view.header()->length(), bench.view.viewport()->width());
    const int before = bench.view.header()->sectionSize(bench.column(ColumnKind::Data));
    const int time = bench.column(ColumnKind::Time);
    bench.view.header()->resizeSection(time, bench.view.header()->sectionSize(time) + 50);
    QCOMPARE(bench.view.header()->sectionSize(bench.column(ColumnKind::Data)), before - 50);
    // With every column pinned by hand there is nothing left that could give way.
    for (const auto kind : {ColumnKind::Size, ColumnKind::Id, ColumnKind::Gap, ColumnKind::Type, ColumnKind::Source})
        bench.view.header()->setColumnShown(bench.column(kind), true);
    bench.view.resize(300, 400);
    QVERIFY(bench.view.horizontalScrollBar()->maximum() > 0);
}

void EventViewTest::isAccessible()
{
    Bench bench;
    bench.view.setAccessibleName(u"Events"_s);
    QVERIFY(bench.add(50));
    auto *interface = QAccessible::queryAccessibleInterface(&bench.view);
    QVERIFY(interface);
    QCOMPARE(interface->text(QAccessible::Name), u"Events"_s);
    auto *table = interface->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 50);
    QCOMPARE(table->columnCount(), models::fixedColumnCount);
    QCOMPARE(table->columnDescription(bench.column(ColumnKind::Data)), u"Data"_s);
    QCOMPARE(table->cellAt(49, bench.column(ColumnKind::Data))->text(QAccessible::Name), u"event 49"_s);
}

QTEST_MAIN(EventViewTest)
#include "tst_eventview.moc"
