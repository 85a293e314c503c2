// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "gui/eventcompose.h"
#include "gui/eventview.h"
#include "gui/publisherpane.h"
#include "models/messagemime.h"
#include "publisherbench.h"
#include "windowbench.h"

#include <QContextMenuEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using weir::gui::Composer;
using weir::gui::EventView;
using weir::test::drop;
using weir::test::WindowBench;

namespace {

constexpr auto data = "{\"price\": 7}\n{{not a template}}";

} // namespace

/// Received events become messages to send: dragged from the table, or by the menu of a row.
class TestComposing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Nor does it support what a menu does.
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void dragsAnEventIntoTheComposer();
    void dragsEventsIntoTheLibrary();
    void putsAnEventIntoTheComposer_data();
    void putsAnEventIntoTheComposer();
    void sendsItAgainExactly();
    void saysWhatIsNoMessage();

private:
    /// The table with that many events in it, the last of which is selected.
    static EventView *receive(WindowBench &bench, int count = 1)
    {
        const auto url = bench.channel(bench.serve(), u"/events"_s);
        bench.window->subscribe(url);
        if (!QTest::qWaitFor([&] { return bench.subscriptions()->index(0, 0).data().toString().contains(u"open"_s); }))
            qFatal("no connection");
        auto *pane = bench.views()->allEvents();
        for (int i = 0; i < count; ++i) {
            weir::publish::Publication event;
            event.message = {"trade", "id-7", data, {}, {}};
            bench.publisher.publish(event);
        }
        const auto isLast = [pane, count] {
            const auto *model = pane->eventModel();
            int events = 0;
            for (int row = 0; row < model->rowCount(); ++row)
                events += model->snapshot().at(model->numberAt(row)).kind() == weir::store::Kind::Event;
            return events == count;
        };
        if (!QTest::qWaitFor(isLast))
            qFatal("the events did not come");
        auto *view = pane->view();
        view->setCurrentIndex(view->model()->index(view->model()->rowCount() - 1, 0));
        return view;
    }
    static Composer *composer(const WindowBench &bench) { return bench.window->findChild<Composer *>(); }
};

void TestComposing::dragsAnEventIntoTheComposer()
{
    WindowBench bench;
    const auto *view = receive(bench);
    const std::unique_ptr<QMimeData> content(weir::models::messagesToMime(weir::gui::selectedMessages(*view, false)));
    QCOMPARE(content->text(), QString::fromUtf8(data)); // what other programs get
    drop(*bench.find<QPlainTextEdit>("dataEdit")->viewport(), *content);
    const auto publication = composer(bench)->publication();
    QCOMPARE(publication.message.type, std::string("trade"));
    QCOMPARE(publication.message.data.value(), std::string(data));
    QVERIFY(!publication.message.id && publication.automaticId && !publication.isTemplate);
}

void TestComposing::dragsEventsIntoTheLibrary()
{
    WindowBench bench;
    auto *view = receive(bench, 3);
    view->selectAll();
    const std::unique_ptr<QMimeData> content(weir::models::messagesToMime(weir::gui::selectedMessages(*view, false)));
    auto *library = bench.find<QTreeView>("libraryView");
    drop(*library->viewport(), *content);
    QCOMPARE(library->model()->rowCount(), 3);
    QCOMPARE(library->model()->index(0, 0).data().toString(), u"trade"_s);
}

void TestComposing::putsAnEventIntoTheComposer_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("id");
    QTest::newRow("as new") << u"composeAction"_s << QString();
    QTest::newRow("with its ID") << u"composeWithIdAction"_s << u"id-7"_s;
}

void TestComposing::putsAnEventIntoTheComposer()
{
    QFETCH(QString, action);
    QFETCH(QString, id);
    WindowBench bench;
    auto *view = receive(bench);
    bench.find<QDockWidget>("publisherDock")->hide();
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(5, 5), view->viewport()->mapToGlobal(QPoint(5, 5)));
    QCoreApplication::sendEvent(view->viewport(), &byKey);
    auto *menu = view->findChild<QMenu *>();
    const auto actions = menu->actions();
    const auto found =
        std::find_if(actions.begin(), actions.end(), [&](const QAction *each) { return each->objectName() == action; });
    QVERIFY(found != actions.end());
    (*found)->trigger();
    menu->close();
    QVERIFY(bench.find<QDockWidget>("publisherDock")->isVisible());
    QVERIFY(composer(bench)->isVisible());
    const auto publication = composer(bench)->publication();
    QCOMPARE(publication.message.data.value(), std::string(data));
    QCOMPARE(QString::fromStdString(publication.message.id.value_or("")), id);
}

void TestComposing::sendsItAgainExactly()
{
    WindowBench bench;
    const auto *view = receive(bench);
    bench.action("composeWithIdAction")->trigger();
    composer(bench)->sendAction()->trigger();
    const auto *model = view->eventModel();
    const auto lastTwo = [model] { return model->rowCount() - 2; };
    QTRY_VERIFY(lastTwo() >= 0 && model->snapshot().at(model->numberAt(lastTwo())).kind() == weir::store::Kind::Event);
    const auto before = model->snapshot().at(model->numberAt(lastTwo()));
    const auto after = model->snapshot().at(model->numberAt(lastTwo() + 1));
    QVERIFY(before.number() != after.number());
    QVERIFY(before.data() == after.data() && before.id() == after.id() && before.typeBuffer() == after.typeBuffer());
}

void TestComposing::saysWhatIsNoMessage()
{
    WindowBench bench;
    auto *view = receive(bench);
    bench.find<QPlainTextEdit>("dataEdit")->setPlainText(u"mine"_s);
    view->setCurrentIndex(view->model()->index(0, 0)); // that it connects
    QSignalSpy said(bench.window->findChild<weir::gui::EventCompose *>(), &weir::gui::EventCompose::remark);
    bench.action("composeAction")->trigger();
    QCOMPARE(said.count(), 1);
    QVERIFY(said.first().first().toString().contains(u"Only events"_s));
    QCOMPARE(bench.find<QPlainTextEdit>("dataEdit")->toPlainText(), u"mine"_s);
}

QTEST_MAIN(TestComposing)
#include "tst_composing.moc"
