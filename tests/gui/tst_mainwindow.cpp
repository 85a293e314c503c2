// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowbench.h"
#include "models/subscriptionmodel.h"

#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QToolBar>
#include <QTreeWidget>
#include <QWidgetAction>

using namespace weir;
using namespace Qt::StringLiterals;
using models::SubscriptionModel;
using test::WindowBench;

namespace {

QString stateOf(const WindowBench &bench, int row)
{
    return bench.subscriptions()->index(row, SubscriptionModel::StateColumn).data().toString();
}

/// The numbers of the ledger's line; the first is what was received.
QList<qulonglong> ledgerNumbers(const WindowBench &bench)
{
    static const QRegularExpression number(u"[\\d,]+"_s);
    QList<qulonglong> numbers;
    auto matches = number.globalMatch(bench.find<QLabel>("ledgerLabel")->text());
    while (matches.hasNext())
        numbers << QLocale().toULongLong(matches.next().captured());
    return numbers;
}

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysWhatToDoNext();
    void startsTheDemoFromTheEmptyState();
    void showsRowsOfATypedUrl();
    void ledgerBalances();
    void viewsLieSideBySide();
    void mergedShowsOneView();
    void fifthSubscriptionOpensNoView();
    void removedSubscriptionTakesItsViewAlong();
    void mutedEventsAreHidden();
    void pauseFreezesTheCurrentView();
    void clearIsUndoable();
    void findGoesToTheCurrentView();
    void everyActionIsInAMenu();
    void closesAtOnceWhileConnected();
    void fitsOnTheScreenAtFirst();
    void remembersItsPlace();
    void unwritableHomeIsHarmless();
    void listsItsShortcuts();
};

void MainWindowTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    QLocale::setDefault(QLocale::c());
}

void MainWindowTest::saysWhatToDoNext()
{
    WindowBench bench;
    QVERIFY(bench.find<QWidget>("emptyState")->isVisible());
    QVERIFY(!bench.views()->isVisible());
    QVERIFY(!bench.action("pauseAction")->isEnabled());
    QTest::mouseClick(bench.find<QPushButton>("enterUrlButton"), Qt::LeftButton);
    QTRY_VERIFY(bench.find<QLineEdit>("urlEdit")->hasFocus());
}

void MainWindowTest::startsTheDemoFromTheEmptyState()
{
    WindowBench bench;
    QTest::mouseClick(bench.find<QPushButton>("startDemoButton"), Qt::LeftButton);
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 3);
    QVERIFY(bench.views()->isVisible());
    QTRY_VERIFY(bench.window->shownEvents() > 5);
    QCOMPARE(bench.window->streams().size(), std::size_t{3});
}

void MainWindowTest::showsRowsOfATypedUrl()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    auto *urlEdit = bench.find<QLineEdit>("urlEdit");
    QTest::keyClicks(urlEdit, u"127.0.0.1:%1/events"_s.arg(url.port()));
    QTest::keyClick(urlEdit, Qt::Key_Return);
    QCOMPARE(bench.subscriptions()->rowCount(), 1);
    QVERIFY(urlEdit->text().isEmpty());
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    const auto before = bench.rows(bench.views()->allEvents());
    bench.publish(u"/events"_s, "hello");
    QTRY_COMPARE(bench.rows(bench.views()->allEvents()), before + 1);
    QVERIFY(!bench.find<QWidget>("emptyState")->isVisible());
}

void MainWindowTest::ledgerBalances()
{
    WindowBench bench;
    bench.window->subscribe(bench.channel(bench.serve(), u"/events"_s));
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    for (int i = 0; i < 20; ++i)
        bench.publish(u"/events"_s, i % 2 == 0 ? "even" : "odd");
    QTRY_VERIFY(bench.window->shownEvents() >= 20);
    bench.views()->allEvents()->setFilterText(u"odd"_s);
    QTRY_COMPARE(bench.window->shownEvents(), 10U);
    QTRY_COMPARE(ledgerNumbers(bench).value(1), 10U);
    const auto numbers = ledgerNumbers(bench);
    QVERIFY(numbers.value(2) >= 10);
    qulonglong sum = 0;
    for (const auto number : numbers.mid(1))
        sum += number;
    QCOMPARE(numbers.first(), sum);
    QCOMPARE(numbers.first(), bench.log.ledger().received);
}

void MainWindowTest::viewsLieSideBySide()
{
    WindowBench bench;
    const auto server = bench.serve();
    for (const auto &path : {u"/a"_s, u"/b"_s, u"/c"_s})
        bench.window->subscribe(bench.channel(server, path));
    bench.window->showSideBySide();
    const auto panes = bench.views()->panes();
    QCOMPARE(panes.size(), 4);
    QVERIFY(!panes[0]->isVisible());
    for (int i = 1; i < 4; ++i) {
        QTRY_VERIFY(panes[i]->isVisible());
        QTRY_VERIFY(panes[i]->width() > bench.views()->width() / 4);
    }
    QVERIFY(panes[1]->mapToGlobal(QPoint()).x() < panes[2]->mapToGlobal(QPoint()).x());
    QCOMPARE(panes[1]->mapToGlobal(QPoint()).y(), panes[3]->mapToGlobal(QPoint()).y());
    QTRY_COMPARE(stateOf(bench, 1), u"open"_s);
    bench.publish(u"/b"_s, "only here");
    QTRY_COMPARE(panes[2]->eventModel()->ledger().inScope[0], 1U);
    QCOMPARE(panes[1]->eventModel()->ledger().inScope[0], 0U);
}

void MainWindowTest::mergedShowsOneView()
{
    WindowBench bench;
    for (const auto &path : {u"/a"_s, u"/b"_s})
        bench.window->subscribe(QUrl(u"http://127.0.0.1:1"_s + path));
    bench.window->showSideBySide();
    bench.action("mergedAction")->trigger();
    const auto panes = bench.views()->panes();
    QTRY_VERIFY(panes[0]->isVisible());
    QVERIFY(!panes[1]->isVisible());
    QVERIFY(!panes[2]->isVisible());
    QCOMPARE(bench.views()->current(), panes[0]);
}

void MainWindowTest::fifthSubscriptionOpensNoView()
{
    WindowBench bench;
    for (int i = 0; i < gui::ViewArea::automaticViews + 2; ++i)
        bench.window->subscribe(QUrl(u"http://127.0.0.1:1/%1"_s.arg(i)));
    QCOMPARE(bench.views()->panes().size(), gui::ViewArea::automaticViews + 1);
    auto *list = bench.find<QTreeView>("subscriptionView");
    list->setCurrentIndex(list->model()->index(5, 0));
    bench.action("showViewAction")->trigger();
    QCOMPARE(bench.views()->panes().size(), gui::ViewArea::automaticViews + 2);
    QCOMPARE(bench.views()->titleOf(bench.views()->current()), u"5"_s);
}

void MainWindowTest::removedSubscriptionTakesItsViewAlong()
{
    WindowBench bench;
    for (const auto &path : {u"/a"_s, u"/b"_s})
        bench.window->subscribe(QUrl(u"http://127.0.0.1:1"_s + path));
    auto *list = bench.find<QTreeView>("subscriptionView");
    list->setCurrentIndex(list->model()->index(0, 0));
    bench.action("showViewAction")->trigger();
    bench.action("removeAction")->trigger();
    QCOMPARE(bench.views()->panes().size(), 2);
    QVERIFY(bench.views()->current());
    bench.action("undoAction")->trigger();
    QCOMPARE(bench.subscriptions()->rowCount(), 2);
    QCOMPARE(bench.subscriptions()->index(0, SubscriptionModel::NameColumn).data().toString(), u"a"_s);
    QCOMPARE(bench.views()->panes().size(), 3);
}

void MainWindowTest::mutedEventsAreHidden()
{
    WindowBench bench;
    bench.window->subscribe(bench.channel(bench.serve(), u"/events"_s));
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    bench.publish(u"/events"_s, "hello");
    QTRY_VERIFY(bench.window->shownEvents() > 0);
    auto *list = bench.find<QTreeView>("subscriptionView");
    list->setCurrentIndex(list->model()->index(0, 0));
    bench.action("muteAction")->trigger();
    QVERIFY(bench.action("muteAction")->isChecked());
    QTRY_COMPARE(bench.window->shownEvents(), 0U);
    bench.action("muteAction")->trigger();
    QTRY_VERIFY(bench.window->shownEvents() > 0);
}

void MainWindowTest::pauseFreezesTheCurrentView()
{
    WindowBench bench;
    bench.window->subscribe(bench.channel(bench.serve(), u"/events"_s));
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    bench.publish(u"/events"_s, "before");
    auto *all = bench.views()->allEvents();
    QTRY_COMPARE(all->eventModel()->ledger().inScope[0], 1U);
    bench.views()->showAllEvents();
    bench.action("pauseAction")->trigger();
    QVERIFY(all->isPaused());
    const auto shown = bench.window->shownEvents();
    bench.publish(u"/events"_s, "during");
    QTRY_COMPARE(bench.log.ledger().receivedByKind[0], 2U);
    QTRY_VERIFY(bench.find<QLabel>("ledgerLabel")->text().contains(u"waiting 1"_s));
    QCOMPARE(bench.window->shownEvents(), shown);
    bench.action("pauseAction")->trigger();
    QTRY_COMPARE(bench.window->shownEvents(), shown + 1);
}

void MainWindowTest::clearIsUndoable()
{
    WindowBench bench;
    bench.window->subscribe(bench.channel(bench.serve(), u"/events"_s));
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    bench.publish(u"/events"_s, "hello");
    QTRY_COMPARE(bench.views()->allEvents()->eventModel()->ledger().inScope[0], 1U);
    const auto shown = bench.window->shownEvents();
    bench.views()->showAllEvents();
    bench.action("clearAction")->trigger();
    QTRY_COMPARE(bench.window->shownEvents(), 0U);
    QVERIFY(bench.action("undoAction")->isEnabled());
    bench.action("undoAction")->trigger();
    QTRY_COMPARE(bench.window->shownEvents(), shown);
    bench.action("redoAction")->trigger();
    QTRY_COMPARE(bench.window->shownEvents(), 0U);
}

void MainWindowTest::findGoesToTheCurrentView()
{
    WindowBench bench;
    for (const auto &path : {u"/a"_s, u"/b"_s})
        bench.window->subscribe(QUrl(u"http://127.0.0.1:1"_s + path));
    bench.window->showSideBySide();
    QVERIFY(QTest::qWaitForWindowActive(bench.window.get()));
    auto *second = bench.views()->panes().at(2);
    QTRY_VERIFY(second->isVisible());
    second->focusFilter();
    QTRY_COMPARE(bench.views()->current(), second);
    bench.find<QTreeView>("subscriptionView")->setFocus();
    QCOMPARE(bench.views()->current(), second);
    bench.action("filterAction")->trigger();
    QTRY_VERIFY(second->isAncestorOf(QApplication::focusWidget()));
}

void MainWindowTest::everyActionIsInAMenu()
{
    WindowBench bench;
    QSet<const QAction *> inMenus;
    for (const auto *menu : bench.window->findChildren<QMenu *>())
        for (const auto *action : menu->actions())
            inMenus << action;
    for (const auto *bar : bench.window->findChildren<QToolBar *>(QString(), Qt::FindDirectChildrenOnly))
        for (const auto *action : bar->actions())
            if (!action->isSeparator() && !qobject_cast<const QWidgetAction *>(action))
                QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    QStringList shortcuts;
    QStringList inOnePart; // of the window, while it has the focus; another part may use them too
    for (const auto *action : inMenus) {
        if (action->shortcut().isEmpty())
            continue;
        const bool isEverywhere = action->shortcutContext() >= Qt::WindowShortcut &&
                                  action->shortcutContext() != Qt::WidgetWithChildrenShortcut;
        (isEverywhere ? shortcuts : inOnePart) << action->shortcut().toString();
    }
    const QStringList all = shortcuts;
    QVERIFY2(shortcuts.removeDuplicates() == 0, qPrintable(all.join(u' ')));
    for (const auto &shortcut : inOnePart)
        QVERIFY2(!shortcuts.contains(shortcut), qPrintable(shortcut));
}

void MainWindowTest::closesAtOnceWhileConnected()
{
    QElapsedTimer elapsed;
    {
        WindowBench bench;
        const auto server = bench.serve();
        for (int i = 0; i < 10; ++i)
            bench.window->subscribe(bench.channel(server, u"/%1"_s.arg(i)));
        QTRY_COMPARE(stateOf(bench, 9), u"open"_s);
        elapsed.start();
        QVERIFY(bench.window->close());
    }
    QVERIFY2(elapsed.elapsed() < 4000, qPrintable(QString::number(elapsed.elapsed())));
}

void MainWindowTest::fitsOnTheScreenAtFirst()
{
    const QFont usual = QApplication::font();
    QFont large = usual;
    large.setPointSize(24);
    QApplication::setFont(large);
    {
        WindowBench bench;
        const gui::MainWindow first(gui::Session{bench.log, bench.ingest, bench.publisher});
        const QSize screen = first.screen()->availableSize();
        QVERIFY(first.width() <= screen.width() && first.height() < screen.height());
    }
    QApplication::setFont(usual);
}

void MainWindowTest::remembersItsPlace()
{
    WindowBench bench;
    bench.find<QDockWidget>("publisherDock")->hide();
    bench.window->resize(900, 700);
    bench.window->close();
    QThreadPool::globalInstance()->waitForDone();
    gui::MainWindow again(gui::Session{bench.log, bench.ingest, bench.publisher});
    QVERIFY(again.findChild<QDockWidget *>(u"publisherDock"_s)->isHidden());
    QCOMPARE(again.size(), QSize(900, 700));
}

void MainWindowTest::unwritableHomeIsHarmless()
{
    WindowBench bench;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, u"/proc/nowhere"_s);
    QVERIFY(bench.window->close());
    QThreadPool::globalInstance()->waitForDone();
    const gui::MainWindow again(gui::Session{bench.log, bench.ingest, bench.publisher});
    QCOMPARE(again.windowTitle(), u"Weir"_s);
}

void MainWindowTest::listsItsShortcuts()
{
    WindowBench bench;
    bench.action("shortcutsAction")->trigger();
    auto *tree = bench.find<QTreeWidget>("shortcutTree");
    QVERIFY(tree);
    QCOMPARE(tree->findItems(u"Filter"_s, Qt::MatchExactly | Qt::MatchRecursive).value(0)->text(1), u"Ctrl+F"_s);
    bench.action("aboutAction")->trigger();
    QVERIFY(bench.find<QDialog>("aboutBox"));
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
