// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventview.h"
#include "gui/limitsdialog.h"
#include "gui/windowbench.h"
#include "support/eventstream.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSpinBox>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using test::WindowBench;

// The limits as their user meets them: evicted events, and the dialog that changes the limits while all runs.
class LimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void evictedStandAboveTheFirstRow();
    void rowsStayInPlaceWhenTheTextAppears();
    void selectionStaysUntilItIsEvicted();
    void budgetIsLoweredWhileRunning();
    void largestEventActsWithoutANewConnection();
    void newSubscriptionsGetTheLargestEvent();
    void limitsAreKept();
};

namespace {

store::LogLimits smallLog()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 200 * 1024;
    return limits;
}

/// A view of a log that holds a few hundred events.
struct Bench
{
    Bench()
        : streams(smallLog())
        , feed(streams.log)
        , pane(feed)
        , view(pane.findChild<EventView *>())
    {
        pane.resize(1000, 400);
        pane.show();
    }

    void feedUntilEvicted()
    {
        while (streams.log.ledger().evicted == 0)
            more();
    }
    void more()
    {
        streams.feedEvents(1, 100, "event", next);
        next += 100;
    }
    bool isShown() const
    {
        const auto snapshot = streams.log.snapshot();
        return pane.eventModel()->isComplete() && pane.eventModel()->examinedEnd() == snapshot.end() &&
               pane.eventModel()->snapshot().begin() == snapshot.begin();
    }
    void scrollToTop() { view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum); }

    test::EventStreams streams;
    models::LogFeed feed;
    EventPane pane;
    EventView *view;
    int next = 0;
};

LimitsDialog *openDialog(const WindowBench &bench)
{
    bench.action("limitsAction")->trigger();
    return bench.find<LimitsDialog>("limitsDialog");
}

void confirm(LimitsDialog *dialog)
{
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
}

QString stateOf(const WindowBench &bench)
{
    return bench.subscriptions()->index(0, models::SubscriptionModel::StateColumn).data().toString();
}

} // namespace

void LimitsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    QLocale::setDefault(QLocale::c());
}

void LimitsTest::evictedStandAboveTheFirstRow()
{
    Bench bench;
    bench.more();
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 100);
    QVERIFY(bench.view->earlierText().isEmpty());
    bench.feedUntilEvicted();
    QTRY_VERIFY(bench.isShown());
    bench.scrollToTop();
    const auto evicted = QString::number(bench.streams.log.ledger().evicted);
    QVERIFY2(bench.view->earlierText().contains(evicted), qPrintable(bench.view->earlierText()));
    QVERIFY(bench.view->earlierText().contains(u"200 KiB"_s) || bench.view->earlierText().contains(u"200.0 KiB"_s));
    const auto first = bench.pane.eventModel()->index(0, 0);
    QCOMPARE(bench.view->visualRect(first).top(), bench.view->rowHeight());
    QVERIFY(!bench.view->indexAt({5, 5}).isValid());
    QSignalSpy wanted(&bench.pane, &EventPane::limitsRequested);
    QTest::mouseClick(bench.view->viewport(), Qt::LeftButton, {}, {50, bench.view->rowHeight() / 2});
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!bench.view->currentIndex().isValid());
    bench.view->verticalScrollBar()->setValue(1);
    QCOMPARE(bench.view->visualRect(first).top(), 0);
    // The last row is reached all the same.
    bench.view->verticalScrollBar()->setValue(bench.view->verticalScrollBar()->maximum());
    const auto last = bench.pane.eventModel()->index(bench.pane.eventModel()->rowCount() - 1, 0);
    QVERIFY(bench.view->viewport()->rect().contains(bench.view->visualRect(last).center()));
}

void LimitsTest::rowsStayInPlaceWhenTheTextAppears()
{
    Bench bench;
    for (int i = 0; i < 4; ++i)
        bench.more();
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 400);
    bench.pane.setFollowing(false);
    bench.view->verticalScrollBar()->setValue(250);
    const auto top = bench.pane.eventModel()->numberAt(bench.view->firstVisibleRow());
    while (bench.streams.log.snapshot().begin() < store::EventNumber{101})
        bench.more();
    QTRY_VERIFY(bench.isShown());
    QVERIFY(bench.streams.log.snapshot().contains(top));
    QVERIFY(!bench.view->earlierText().isEmpty());
    QCOMPARE(bench.pane.eventModel()->numberAt(bench.view->firstVisibleRow()), top);
}

void LimitsTest::selectionStaysUntilItIsEvicted()
{
    Bench bench;
    bench.feedUntilEvicted();
    QTRY_VERIFY(bench.isShown());
    const auto chosen = bench.pane.eventModel()->numberAt(bench.pane.eventModel()->rowCount() - 10);
    bench.view->setCurrentEvent(chosen);
    while (bench.streams.log.snapshot().contains(chosen)) {
        QCOMPARE(bench.view->currentEvent(), chosen);
        QCOMPARE(bench.view->selectionModel()->selectedRows().size(), 1);
        bench.more();
        QTRY_VERIFY(bench.isShown());
    }
    QCOMPARE(bench.view->currentEvent(), store::EventNumber{});
    QVERIFY(!bench.view->selectionModel()->hasSelection());
}

void LimitsTest::budgetIsLoweredWhileRunning()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    bench.window->subscribe(url);
    QTRY_VERIFY(bench.rows(bench.views()->allEvents()) > 0);
    auto *dialog = openDialog(bench);
    QCOMPARE(dialog->findChild<QSpinBox *>(u"budgetSpin"_s)->value(),
        static_cast<int>(bench.log.ledger().memoryBudget >> 20));
    dialog->findChild<QSpinBox *>(u"budgetSpin"_s)->setValue(64);
    confirm(dialog);
    QTRY_COMPARE(bench.log.ledger().memoryBudget, std::size_t{64} << 20);
}

void LimitsTest::largestEventActsWithoutANewConnection()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    bench.window->subscribe(url);
    QTRY_COMPARE(stateOf(bench), u"open"_s);
    const auto counters = bench.window->streams().front().second;
    bench.publish(u"/events"_s, std::string(4000, 'x'));
    QTRY_COMPARE(counters->events.load(), 1U);
    auto *dialog = openDialog(bench);
    dialog->findChild<QSpinBox *>(u"eventSpin"_s)->setValue(2);
    dialog->findChild<QCheckBox *>(u"forAllCheck"_s)->setChecked(true);
    confirm(dialog);
    QTRY_VERIFY([&] {
        bench.publish(u"/events"_s, std::string(4000, 'x'));
        return bench.log.ledger().refusedAsTooLarge > 0;
    }());
    const auto events = counters->events.load();
    bench.publish(u"/events"_s, "small");
    QTRY_VERIFY(counters->events.load() > events);
    const auto snapshot = bench.log.snapshot();
    QCOMPARE(snapshot.at({snapshot.end().value - 1}).attempt(), 1U);
    QTRY_VERIFY(bench.action("undoAction")->isEnabled());
}

void LimitsTest::newSubscriptionsGetTheLargestEvent()
{
    WindowBench bench;
    auto *dialog = openDialog(bench);
    QVERIFY(!dialog->findChild<QCheckBox *>(u"forAllCheck"_s)->isVisible());
    dialog->findChild<QSpinBox *>(u"eventSpin"_s)->setValue(2);
    confirm(dialog);
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    bench.window->subscribe(url);
    QTRY_COMPARE(stateOf(bench), u"open"_s);
    const auto counters = bench.window->streams().front().second;
    bench.publish(u"/events"_s, "small");
    QTRY_COMPARE(counters->events.load(), 1U);
    bench.publish(u"/events"_s, std::string(4000, 'x'));
    QTRY_VERIFY(bench.log.ledger().refusedAsTooLarge > 0);
}

void LimitsTest::limitsAreKept()
{
    QTemporaryDir home;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    for (const bool isFirst : {true, false}) {
        store::EventLog log;
        subscribe::Ingest ingest{log};
        publish::Publisher publisher;
        MainWindow window(Session{log, ingest, publisher});
        window.findChild<QAction *>(u"limitsAction"_s)->trigger();
        auto *dialog = window.findChild<LimitsDialog *>();
        auto *budget = dialog->findChild<QSpinBox *>(u"budgetSpin"_s);
        auto *event = dialog->findChild<QSpinBox *>(u"eventSpin"_s);
        if (!isFirst) {
            QCOMPARE(budget->value(), 100);
            QCOMPARE(event->value(), 77);
            QTRY_COMPARE(log.ledger().memoryBudget, std::size_t{100} << 20);
        }
        budget->setValue(100);
        event->setValue(77);
        confirm(dialog);
        QThreadPool::globalInstance()->waitForDone();
    }
}

QTEST_MAIN(LimitsTest)
#include "tst_limits.moc"
