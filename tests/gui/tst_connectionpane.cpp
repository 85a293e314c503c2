// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectionpane.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "store/eventlog.h"
#include "support/eventstream.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using gui::ConnectionPane;
using subscribe::AttemptReport;

namespace {

struct Bench
{
    test::EventStreams streams;
    subscribe::Ingest ingest{streams.log};
    models::SubscriptionModel list{ingest};
    models::LogFeed feed{streams.log};
    models::ConnectionLog log{ingest, streams.log.clock()};
    ConnectionPane pane{log, list, feed};
    store::SubscriptionId id = list.add(list.suggest(QUrl(u"http://127.0.0.1:1/prices"_s)));

    Bench()
    {
        pane.resize(900, 300);
        pane.show();
    }

    void run(std::uint32_t attempt, bool isOver = true, const QByteArray &body = {})
    {
        AttemptReport report;
        report.subscription = id;
        report.attempt = attempt;
        report.started = std::chrono::steady_clock::now();
        log.take(report);
        if (!isOver)
            return;
        report.ended = 10ms;
        report.ending = u"ending %1"_s.arg(attempt);
        report.bodyExcerpt = body;
        log.take(report);
    }
    template <typename Widget>
    Widget *find(const char *name) const
    {
        return pane.findChild<Widget *>(QLatin1String(name));
    }
    QString report() const { return find<QPlainTextEdit>("reportText")->toPlainText(); }
    QTableView *table() const { return find<QTableView>("attemptsView"); }
    QLineEdit *lastEventId() const { return find<QLineEdit>("lastEventIdEdit"); }
};

} // namespace

class ConnectionPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheNewestAttempt();
    void staysWithTheAttemptThatWasChosen();
    void showsBodiesOfRefusals();
    void copiesTheReport();
    void showsTheAttemptThatIsAskedFor();
    void lastEventIdFollowsTheStream();
    void lastEventIdCanBeSetAndReset();
    void removedSubscriptionIsShownNoMore();
    void reconnectsFromAnEvent();
};

void ConnectionPaneTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

void ConnectionPaneTest::showsTheNewestAttempt()
{
    Bench bench;
    bench.run(1);
    bench.pane.setSubscription(bench.id);
    QVERIFY(bench.report().contains(u"ending 1"_s));
    QVERIFY(bench.find<QLabel>("titleLabel")->text().contains(u"prices"_s));
    bench.run(2, false);
    QCOMPARE(bench.table()->currentIndex().row(), 1);
    QVERIFY(bench.report().startsWith(u"Attempt 2"_s));
}

void ConnectionPaneTest::staysWithTheAttemptThatWasChosen()
{
    Bench bench;
    bench.pane.setSubscription(bench.id);
    bench.run(1);
    bench.run(2);
    bench.table()->selectRow(0);
    bench.run(3);
    QVERIFY(bench.report().contains(u"ending 1"_s));
    bench.table()->selectRow(2);
    bench.run(4);
    QVERIFY(bench.report().contains(u"ending 4"_s));
}

void ConnectionPaneTest::showsBodiesOfRefusals()
{
    Bench bench;
    bench.run(1, true, R"({"error":"no such stream"})");
    bench.pane.setSubscription(bench.id);
    QVERIFY(bench.report().contains(u"  \"error\": \"no such stream\""_s));
}

void ConnectionPaneTest::copiesTheReport()
{
    Bench bench;
    bench.run(1);
    bench.pane.setSubscription(bench.id);
    bench.pane.activateWindow();
    bench.table()->setFocus();
    QTRY_VERIFY(bench.table()->hasFocus());
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(bench.table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), bench.report());
}

void ConnectionPaneTest::showsTheAttemptThatIsAskedFor()
{
    Bench bench;
    for (std::uint32_t attempt = 1; attempt <= 30; ++attempt)
        bench.run(attempt);
    bench.pane.showAttempt(bench.id, 20);
    QVERIFY(bench.report().contains(u"ending 20"_s));
    bench.pane.showAttempt(bench.id, 2);
    QVERIFY(bench.find<QLabel>("note")->text().contains(u"2"_s));
    QVERIFY(bench.find<QLabel>("titleLabel")->text().contains(u"10 older attempts"_s));
}

void ConnectionPaneTest::lastEventIdFollowsTheStream()
{
    Bench bench;
    bench.pane.setSubscription(bench.id);
    QVERIFY(bench.lastEventId()->text().isEmpty());
    bench.streams.feed(bench.id.value, "id: 41\ndata: x\n\n");
    bench.streams.feed(bench.id.value + 1, "id: other\ndata: x\n\n");
    QTRY_COMPARE(bench.lastEventId()->text(), u"41"_s);
}

void ConnectionPaneTest::lastEventIdCanBeSetAndReset()
{
    Bench bench;
    bench.pane.setSubscription(bench.id);
    QSignalSpy wanted(&bench.pane, &ConnectionPane::lastEventIdWanted);
    QObject::connect(
        &bench.pane, &ConnectionPane::lastEventIdWanted, &bench.list, &models::SubscriptionModel::setLastEventId);
    bench.streams.feed(bench.id.value, "id: 41\ndata: x\n\n");
    QTRY_COMPARE(bench.lastEventId()->text(), u"41"_s);
    bench.lastEventId()->clear();
    QTest::keyClicks(bench.lastEventId(), u"7"_s);
    auto *set = bench.find<QToolButton>("setIdButton");
    QVERIFY(set->isEnabled());
    set->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][1].toByteArray(), "7");
    // What came before the change is no longer in force.
    QCOMPARE(bench.lastEventId()->text(), u"7"_s);
    bench.find<QToolButton>("resetIdButton")->click();
    QCOMPARE(wanted[1][1].toByteArray(), QByteArray());
    QVERIFY(bench.lastEventId()->text().isEmpty());
    bench.streams.feed(bench.id.value, "id: 42\ndata: x\n\n");
    QTRY_COMPARE(bench.lastEventId()->text(), u"42"_s);
}

void ConnectionPaneTest::removedSubscriptionIsShownNoMore()
{
    Bench bench;
    bench.run(1);
    bench.pane.setSubscription(bench.id);
    bench.list.park(bench.id);
    QVERIFY(bench.report().isEmpty());
    QVERIFY(bench.find<QLabel>("emptyLabel")->isVisible());
}

void ConnectionPaneTest::reconnectsFromAnEvent()
{
    Bench bench;
    gui::EventPane events(bench.feed);
    events.show();
    bench.streams.feed(7, "id: 41\ndata: x\n\ndata: y\n\n");
    QTRY_COMPARE(events.eventModel()->rowCount(), 2);
    auto *view = events.findChild<gui::EventView *>();
    view->setCurrentEvent(events.eventModel()->numberAt(1));
    QSignalSpy requested(&events, &gui::EventPane::reconnectFromRequested);
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(view->viewport(), &menu);
    view->findChild<QAction *>(u"copyEventIdAction"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"41"_s);
    view->findChild<QAction *>(u"reconnectFromAction"_s)->trigger();
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested[0][0].value<store::SubscriptionId>(), store::SubscriptionId{7});
    QCOMPARE(requested[0][1].toByteArray(), "41");
}

QTEST_MAIN(ConnectionPaneTest)
#include "tst_connectionpane.moc"
