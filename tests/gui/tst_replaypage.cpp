// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventview.h"
#include "gui/replaypage.h"
#include "publish/rawclient.h"
#include "sse/parser.h"
#include "windowbench.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QSlider>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using State = publish::ReplayProgress::State;

// Replay from the window: by a row's menu, by the page's own, with its buttons and its slider.
class ReplayPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void replaysWhatTheViewShows();
    void replaysTheSelection();
    void replaysASubscription();
    void movesToAPlace();
    void stepsAndStops();
    void needsARunningPublisher();
    void staysWhereItIsWhenClientsCome();
    void keepsItsState();
};

namespace {

struct Bench : test::WindowBench
{
    explicit Bench(bool isServing = true)
    {
        for (int i = 0; i < 20; ++i)
            bytes += "data: event " + std::to_string(i) + "\n\n";
        parser.feed(bytes, batch);
        log.append({{1}, 1, 0, std::chrono::steady_clock::now(), static_cast<std::uint32_t>(bytes.size()), 0}, batch);
        window->subscribe(QUrl(u"http://127.0.0.1:1/"_s), u"dead"_s);
        views()->arrange(ViewArea::Arrangement::Merged);
        pane = views()->allEvents();
        pane->eventModel()->setKinds(models::KindSet(1));
        page = window->findChild<ReplayPage *>();
        if (isServing) {
            server = serve();
            client = std::make_unique<publish::RawClient>(static_cast<quint16>(server.port()), publish::get("/events"));
        }
    }

    bool isReady() const
    {
        return QTest::qWaitFor([this] { return rows(pane) == 20 && (!client || client->body().contains(":\n\n")); });
    }
    void trigger(const QString &text) const
    {
        for (QAction *one : page->findChildren<QAction *>()) {
            if (one->iconText() == text)
                return one->trigger();
        }
        qFatal("no action %s", qPrintable(text));
    }
    void choose(const QString &text) const
    {
        Q_EMIT page->sourceMenu()->aboutToShow();
        for (QAction *one : page->sourceMenu()->actions()) {
            if (one->iconText() == text)
                return one->trigger();
        }
        qFatal("no source %s", qPrintable(text));
    }
    QString source() const { return page->findChild<QLabel *>(u"sourceLabel"_s)->text(); }
    bool hasEnded() const { return page->progress().state == State::Ended; }
    QList<QByteArray> received() const
    {
        QList<QByteArray> data;
        for (const QByteArray &line : client->body().split('\n')) {
            if (line.startsWith("data: "))
                data << line.mid(6);
        }
        return data;
    }

    std::string bytes;
    sse::Parser parser;
    sse::Batch batch;
    EventPane *pane = nullptr;
    ReplayPage *page = nullptr;
    QUrl server;
    std::unique_ptr<publish::RawClient> client;
};

} // namespace

void ReplayPageTest::replaysWhatTheViewShows()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.pane->setFilterText(u"data ~ /event 1./"_s);
    QTRY_COMPARE(bench.rows(bench.pane), 10);
    bench.action("replayRowsAction")->trigger();
    QVERIFY(bench.page->isVisible());
    QVERIFY2(bench.source().contains(u"rows: 10"_s), qPrintable(bench.source()));
    bench.trigger(u"Play"_s);
    QTRY_VERIFY(bench.hasEnded());
    QTRY_COMPARE(bench.received().size(), 10);
    QCOMPARE(bench.received().first(), QByteArray("event 10"));
    QCOMPARE(bench.received().last(), QByteArray("event 19"));
}

void ReplayPageTest::replaysTheSelection()
{
    Bench bench;
    QVERIFY(bench.isReady());
    auto *selection = bench.pane->view()->selectionModel();
    const auto *model = bench.pane->eventModel();
    using enum QItemSelectionModel::SelectionFlag;
    selection->select(model->index(12, 0), Select | Rows);
    selection->select(model->index(3, 0), Select | Rows);
    selection->select(model->index(4, 0), Select | Rows);
    bench.action("replayRowsAction")->trigger();
    QVERIFY2(bench.source().contains(u"rows: 3"_s), qPrintable(bench.source()));
    bench.trigger(u"Play"_s);
    QTRY_VERIFY(bench.hasEnded());
    QTRY_COMPARE(bench.received(), (QList<QByteArray>{"event 3", "event 4", "event 12"}));
}

void ReplayPageTest::replaysASubscription()
{
    Bench bench;
    QVERIFY(bench.isReady());
    // The subscription in the list is number 1 to the log, whatever brought its records.
    bench.choose(u"dead"_s);
    QCOMPARE(bench.source(), u"Subscription dead"_s);
    bench.trigger(u"Play"_s);
    QTRY_VERIFY(bench.hasEnded());
    QTRY_COMPARE(bench.received().size(), 20);
}

void ReplayPageTest::movesToAPlace()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.choose(u"Rows of the current view"_s);
    QTRY_VERIFY(bench.page->progress().state == State::Paused);
    auto *slider = bench.page->findChild<QSlider *>(u"placeSlider"_s);
    slider->setValue(slider->maximum() / 2 + 1);
    QTRY_VERIFY(bench.page->progress().position.value > bench.page->progress().begin.value + 5);
    bench.trigger(u"Play"_s);
    QTRY_VERIFY(bench.hasEnded());
    QTRY_VERIFY(bench.received().endsWith("event 19"));
    QVERIFY(bench.received().size() < 15);
}

void ReplayPageTest::stepsAndStops()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.choose(u"Everything in the log"_s);
    bench.trigger(u"Next event"_s);
    QTRY_COMPARE(bench.received(), QList<QByteArray>{"event 0"});
    QTRY_VERIFY(bench.page->progress().state == State::Paused);
    bench.trigger(u"Next event"_s);
    QTRY_COMPARE(bench.received().size(), 2);
    bench.trigger(u"Stop"_s);
    QTRY_VERIFY(bench.page->progress().state == State::Closed);
    bench.trigger(u"Next event"_s);
    QTRY_COMPARE(bench.received(), (QList<QByteArray>{"event 0", "event 1", "event 0"}));
}

void ReplayPageTest::needsARunningPublisher()
{
    Bench bench(false);
    QVERIFY(bench.isReady());
    bench.choose(u"Everything in the log"_s);
    QAction *play = nullptr;
    for (QAction *one : bench.page->findChildren<QAction *>())
        play = one->iconText() == u"Play"_s ? one : play;
    QVERIFY(play && !play->isEnabled());
    QVERIFY(play->toolTip().contains(u"Start the publisher"_s));
    QVERIFY(!bench.serve().isEmpty());
    QTRY_VERIFY(play->isEnabled());
}

void ReplayPageTest::staysWhereItIsWhenClientsCome()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.choose(u"Everything in the log"_s);
    bench.trigger(u"Next event"_s);
    QTRY_VERIFY(bench.page->progress().events == 1 && bench.page->progress().state == State::Paused);
    const auto *target = bench.page->findChild<QComboBox *>(u"targetBox"_s);
    QTRY_COMPARE(target->count(), 3); // with the line that adds a hub
    publish::RawClient other(static_cast<quint16>(bench.server.port()), publish::get("/events"));
    QTRY_COMPARE(target->count(), 4);
    bench.trigger(u"Next event"_s);
    QTRY_COMPARE(bench.page->progress().events, 2U);
    QCOMPARE(bench.received(), (QList<QByteArray>{"event 0", "event 1"}));
}

void ReplayPageTest::keepsItsState()
{
    publish::Publisher publisher;
    QByteArray state;
    {
        ReplayPage page(publisher);
        page.findChild<QComboBox *>(u"paceBox"_s)->setCurrentIndex(1);
        page.findChild<QComboBox *>(u"whatBox"_s)->setCurrentIndex(2);
        page.findChild<QDoubleSpinBox *>(u"rateBox"_s)->setValue(2500);
        state = page.saveState();
    }
    ReplayPage page(publisher);
    page.restoreState("nonsense");
    QVERIFY(page.options() == publish::ReplayOptions());
    page.restoreState(state);
    const auto options = page.options();
    QVERIFY(options.pace == publish::ReplayOptions::Pace::FixedRate);
    QVERIFY(options.form == publish::ReplayOptions::Form::AsReceived && options.keepsReads);
    QCOMPARE(options.eventsPerSecond, 2500.0);
}

QTEST_MAIN(ReplayPageTest)
#include "tst_replaypage.moc"
