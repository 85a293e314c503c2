// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventheader.h"
#include "gui/eventview.h"
#include "gui/subscriptioncommands.h"
#include "gui/windowbench.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace Qt::StringLiterals;
using models::ColumnKind;
using models::TimeMode;
using test::WindowBench;

// What the whole window does with the columns, times and copies of its views.
class TableWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void viewsComeBackAsTheyWereLeft();
    void reopenedViewsInOneSessionToo();
    void resultsHaveTheSameColumns();
    void menusActOnTheCurrentView();
    void copiesACurlCommandThatResumes();
};

namespace {

filter::JsonPath price()
{
    return filter::JsonPath::compile("data.price").value();
}

gui::EventPane *viewOf(gui::MainWindow &window, const QString &name)
{
    auto *views = window.findChild<gui::ViewArea *>();
    for (auto *pane : views->panes()) {
        if (views->titleOf(pane) == name)
            return pane;
    }
    return nullptr;
}

bool hasPrice(const gui::EventPane &pane)
{
    return pane.eventModel()->columnOf(models::jsonColumn(price())) >= 0;
}

} // namespace

void TableWindowTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void TableWindowTest::viewsComeBackAsTheyWereLeft()
{
    WindowBench bench;
    const QUrl url(u"http://localhost:9/prices"_s);
    bench.window->subscribe(url, u"prices"_s);
    bench.window->subscribe(url, u"orders"_s);
    bench.window->showSideBySide();
    auto *prices = viewOf(*bench.window, u"prices"_s);
    QVERIFY(prices);
    prices->addColumn(price());
    prices->eventModel()->setTimeFormat({TimeMode::SinceConnect});
    bench.window->close();
    QThreadPool::globalInstance()->waitForDone();

    gui::MainWindow again(gui::Session{bench.log, bench.ingest, bench.publisher});
    again.subscribe(url, u"orders"_s);
    again.subscribe(url, u"prices"_s);
    again.showSideBySide();
    const auto *restored = viewOf(again, u"prices"_s);
    QVERIFY(restored);
    QVERIFY(hasPrice(*restored));
    QCOMPARE(restored->eventModel()->timeFormat().mode, TimeMode::SinceConnect);
    QVERIFY(!hasPrice(*viewOf(again, u"orders"_s)));
    QVERIFY(!hasPrice(*viewOf(again, u"All events"_s)));
}

void TableWindowTest::reopenedViewsInOneSessionToo()
{
    WindowBench bench;
    const QUrl url(u"http://localhost:9/prices"_s);
    bench.window->subscribe(url, u"prices"_s);
    bench.window->showSideBySide();
    viewOf(*bench.window, u"prices"_s)->addColumn(price());
    bench.find<QTreeView>("subscriptionView")->selectAll();
    bench.action("removeAction")->trigger();
    QTRY_VERIFY(!viewOf(*bench.window, u"prices"_s));
    bench.window->subscribe(url, u"prices"_s);
    bench.window->showSideBySide();
    QVERIFY(hasPrice(*viewOf(*bench.window, u"prices"_s)));
}

void TableWindowTest::resultsHaveTheSameColumns()
{
    WindowBench bench;
    bench.window->subscribe(QUrl(u"http://localhost:9/prices"_s), u"prices"_s);
    auto *all = bench.views()->allEvents();
    all->addColumn(price());
    all->setFilterText(u"type:trade"_s);
    QTRY_VERIFY(!all->effectiveFilter().isEmpty());
    const auto before = bench.views()->panes().size();
    Q_EMIT all->resultsViewRequested();
    QCOMPARE(bench.views()->panes().size(), before + 1);
    QVERIFY(hasPrice(*bench.views()->panes().last()));
}

void TableWindowTest::menusActOnTheCurrentView()
{
    WindowBench bench;
    bench.window->subscribe(QUrl(u"http://localhost:9/prices"_s), u"prices"_s);
    auto *pane = bench.views()->current();
    auto *menu = bench.find<QMenu>("timeMenu");
    Q_EMIT menu->aboutToShow();
    menu->findChild<QAction *>(u"timeMode%1Action"_s.arg(int(TimeMode::Utc)))->trigger();
    QCOMPARE(pane->eventModel()->timeFormat().mode, TimeMode::Utc);
    bench.action("columnsAction")->trigger();
    auto *dialog = pane->findChild<QDialog *>(u"ColumnsDialog"_s);
    QVERIFY(dialog);
    dialog->reject();
    bench.action("addColumnAction")->trigger();
    QVERIFY(pane->findChild<QDialog *>(u"ColumnDialog"_s));
}

void TableWindowTest::copiesACurlCommandThatResumes()
{
    WindowBench bench;
    subscribe::SubscriptionSettings settings;
    settings.url = QUrl(u"http://localhost:9/prices"_s);
    settings.name = u"prices"_s;
    settings.headers = {{"Authorization", "Bearer hush"}};
    settings.lastEventId = "7";
    bench.window->findChild<gui::SubscriptionCommands *>()->subscribeAll({settings});
    bench.window->showSideBySide();
    const auto id = viewOf(*bench.window, u"prices"_s)->eventModel()->criteria().scope.value();
    Q_EMIT bench.views()->current()->curlRequested(id, "42", false);
    auto copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(u"'Last-Event-ID: 42'"_s), qPrintable(copied));
    QVERIFY(!copied.contains(u"hush"_s));
    Q_EMIT bench.views()->current()->curlRequested(id, "42", true);
    copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(u"hush"_s), qPrintable(copied));
    Q_EMIT bench.views()->current()->curlRequested({999}, "42", true);
    QCOMPARE(QGuiApplication::clipboard()->text(), copied);
}

QTEST_MAIN(TableWindowTest)
#include "tst_tablewindow.moc"
