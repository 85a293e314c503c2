// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowbench.h"

#include <QDialog>
#include <QPointer>
#include <QRegularExpression>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// Views of what another view's filter lets through, and what the window's menus do with filters.
class ResultsViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensFromTheMenu();
    void narrowsFurther();
    void looksIntoResultsOfResults();
    void goesWhenItIsClosed();
    void survivesArranging();
    void liftsTheFilterFromTheMenu();
    void editsSavedFiltersFromTheMenu();
};

namespace {

struct Bench : test::WindowBench
{
    Bench()
    {
        window->subscribe(QUrl(u"http://127.0.0.1:9/none"_s), u"prices"_s);
        for (int i = 0; i < 20; ++i)
            log.append({1}, 1, std::chrono::steady_clock::now(),
                {store::ConnectionState::Closed, 0, {},
                    i % 2 == 0   ? "even"
                    : i % 3 == 0 ? "three"
                                 : "odd"});
        views()->showAllEvents();
    }

    EventPane *current() const { return views()->current(); }
    std::uint64_t shown() const { return current()->eventModel()->ledger().shown; }
    QString title() const { return views()->titleOf(current()); }
};

} // namespace

void ResultsViewTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
}

void ResultsViewTest::opensFromTheMenu()
{
    Bench bench;
    QTRY_VERIFY(!bench.action("resultsAction")->isEnabled());
    bench.current()->setFilterText(u"even"_s);
    QTRY_VERIFY(bench.action("resultsAction")->isEnabled());
    bench.action("resultsAction")->trigger();
    QCOMPARE(bench.title(), u"even in All events"_s);
    QVERIFY(bench.current() != bench.views()->allEvents());
    QCOMPARE(bench.current()->filterText(), QString());
    QTRY_COMPARE(bench.shown(), 10U);
    QTRY_VERIFY(bench.current()->isVisible());
}

void ResultsViewTest::narrowsFurther()
{
    Bench bench;
    bench.current()->setFilterText(u"three or odd"_s);
    bench.views()->openResults(bench.current());
    QTRY_COMPARE(bench.shown(), 10U);
    bench.current()->setFilterText(u"three"_s);
    QTRY_COMPARE(bench.shown(), 3U);
    bench.views()->allEvents()->setFilterText(u"even"_s);
    QCOMPARE(bench.current()->effectiveFilter(), u"(three or odd) three"_s);
}

void ResultsViewTest::looksIntoResultsOfResults()
{
    Bench bench;
    bench.current()->setFilterText(u"three or odd"_s);
    bench.views()->openResults(bench.current());
    bench.current()->setFilterText(u"three"_s);
    Q_EMIT bench.current()->resultsViewRequested();
    QCOMPARE(bench.current()->effectiveFilter(), u"(three or odd) three"_s);
    QCOMPARE(bench.views()->panes().size(), 4);
    QTRY_COMPARE(bench.shown(), 3U);
}

void ResultsViewTest::goesWhenItIsClosed()
{
    Bench bench;
    const auto before = bench.views()->panes();
    bench.current()->setFilterText(u"even"_s);
    bench.action("resultsAction")->trigger();
    const QPointer<EventPane> results = bench.current();
    bench.action("closeViewAction")->trigger();
    QCOMPARE(bench.current(), bench.views()->allEvents());
    QTRY_VERIFY(!results);
    QCOMPARE(bench.views()->panes(), before);
    bench.current()->setFilterText(u"odd"_s);
    QVERIFY(!bench.views()->viewActions().isEmpty());
}

void ResultsViewTest::survivesArranging()
{
    Bench bench;
    bench.current()->setFilterText(u"even"_s);
    bench.action("resultsAction")->trigger();
    auto *results = bench.current();
    for (const auto *name : {"sideBySideAction", "mergedAction", "tabsAction"})
        bench.action(name)->trigger();
    QVERIFY(bench.views()->panes().contains(results));
    QTRY_COMPARE(results->eventModel()->ledger().shown, 10U);
}

void ResultsViewTest::liftsTheFilterFromTheMenu()
{
    Bench bench;
    auto *context = bench.action("contextAction");
    bench.current()->setFilterText(u"even"_s);
    QTRY_COMPARE(bench.shown(), 10U);
    context->trigger();
    QVERIFY(bench.current()->isInContext());
    QTRY_VERIFY(bench.shown() >= 20U);
    QTRY_VERIFY(context->isChecked());
    context->trigger();
    QTRY_COMPARE(bench.shown(), 10U);
    QTRY_VERIFY(!context->isChecked());
}

void ResultsViewTest::editsSavedFiltersFromTheMenu()
{
    Bench bench;
    QTRY_VERIFY(bench.action("savedFiltersAction")->isEnabled());
    bench.action("savedFiltersAction")->trigger();
    auto *dialog = bench.window->findChild<QDialog *>(u"SavedFilterDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    dialog->reject();
}

QTEST_MAIN(ResultsViewTest)
#include "tst_resultsview.moc"
