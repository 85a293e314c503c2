// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventheader.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "support/eventstream.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using models::ColumnKind;
using models::CopyForm;

// What lands on the clipboard, form by form.
class CopyFormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void copiesData();
    void copiesJsonLines();
    void leavesOutWhatHasNoJsonLine();
    void copiesTheExactBytes();
    void copiesBytesThatAreNoText();
    void copiesTableRowsAsTheyAreShown();
    void keepsTableRowsOnTheirLines();
    void copiesTheCellsOfAColumn();
    void copiesWholeCells();
    void copiesManyRowsOnAThread();
    void copiesOneRowHoweverLarge();
    void saysWhatWasCut();
    void theNextCopyTakesThePlace();
    void canBeDeletedWhileCopying();
    void asksForACurlCommand();
};

namespace {

struct Bench
{
    Bench()
        : feed(streams.log)
        , pane(feed)
    {
        pane.setSources({{{1}, {u"prices"_s, 0, true}}});
        pane.resize(1400, 500);
        pane.show();
        QGuiApplication::clipboard()->setText(u"before"_s);
    }

    EventView &view() const { return *pane.view(); }
    bool feedAll(std::string_view bytes, int rows)
    {
        streams.feed(1, bytes);
        return QTest::qWaitFor([&] { return pane.eventModel()->rowCount() == rows; });
    }
    void selectAll(CopyForm form)
    {
        view().selectAll();
        view().copy(form);
    }
    QString notice() const { return notices.isEmpty() ? QString() : notices.last()[0].toString(); }

    test::EventStreams streams;
    models::LogFeed feed;
    EventPane pane;
    QSignalSpy notices{&view(), &EventView::noticed};
};

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

void CopyFormsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void CopyFormsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

void CopyFormsTest::copiesData()
{
    Bench bench;
    QVERIFY(bench.feedAll("data: a\ndata: b\n\ndata: c\n\n", 2));
    bench.selectAll(CopyForm::Data);
    QCOMPARE(clipboard(), u"a\nb\nc"_s);
    QCOMPARE(bench.notice(), u"Rows copied: 2"_s);
}

void CopyFormsTest::copiesJsonLines()
{
    Bench bench;
    QVERIFY(bench.feedAll("id: 7\nevent: trade\ndata: {\"a\":\"x\"}\n\n", 1));
    bench.streams.connection(1, store::ConnectionState::Closed, "ended");
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 2);
    bench.selectAll(CopyForm::JsonLines);
    const auto lines = clipboard().split(u'\n');
    QCOMPARE(lines.size(), 2);
    const auto event = QJsonDocument::fromJson(lines[0].toUtf8()).object();
    QCOMPARE(event.keys(),
        (QStringList{u"data"_s, u"id"_s, u"kind"_s, u"seq"_s, u"size"_s, u"source"_s, u"time"_s, u"type"_s}));
    QCOMPARE(event[u"kind"_s].toString(), u"event"_s);
    QCOMPARE(event[u"source"_s].toString(), u"prices"_s);
    QCOMPARE(event[u"seq"_s].toInt(), 1);
    QCOMPARE(event[u"id"_s].toString(), u"7"_s);
    QCOMPARE(event[u"type"_s].toString(), u"trade"_s);
    QCOMPARE(event[u"data"_s].toString(), u"{\"a\":\"x\"}"_s);
    const auto state = QJsonDocument::fromJson(lines[1].toUtf8()).object();
    QCOMPARE(state[u"kind"_s].toString(), u"state"_s);
    QCOMPARE(state[u"reason"_s].toString(), u"ended"_s);
}

void CopyFormsTest::leavesOutWhatHasNoJsonLine()
{
    Bench bench;
    bench.pane.eventModel()->setKinds(models::KindSet().set());
    QVERIFY(bench.feedAll("retry: soon\n\ndata: x\n\n:ping\n\n", 4));
    bench.selectAll(CopyForm::JsonLines);
    QCOMPARE(clipboard().count(u'\n'), 1);
    QVERIFY2(bench.notice().contains(u"left out"_s), qPrintable(bench.notice()));
}

void CopyFormsTest::copiesTheExactBytes()
{
    Bench bench;
    QVERIFY(bench.feedAll("id:7\r\ndata:  two spaces\r\nunknown: x\r\n\r\ndata: b\n\n", 2));
    bench.streams.connection(1, store::ConnectionState::Closed, "ended");
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 3);
    bench.selectAll(CopyForm::EventStream);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"text/event-stream"_s),
        QByteArray("id:7\r\ndata:  two spaces\r\nunknown: x\r\n\r\ndata: b\n\n"));
    QVERIFY(bench.notice().contains(u"left out"_s));
}

void CopyFormsTest::copiesBytesThatAreNoText()
{
    Bench bench;
    QVERIFY(bench.feedAll("data: \xff\xfe\n\n", 1));
    bench.selectAll(CopyForm::EventStream);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"text/event-stream"_s), QByteArray("data: \xff\xfe\n\n"));
}

void CopyFormsTest::copiesTableRowsAsTheyAreShown()
{
    Bench bench;
    QVERIFY(bench.feedAll("id: 7\ndata: {\"price\": 1.50}\n\nid: 8\ndata: x\n\n", 2));
    auto *header = bench.view().header();
    const auto *model = bench.pane.eventModel();
    bench.pane.addColumn(filter::JsonPath::compile("data.price").value());
    for (const auto kind : {ColumnKind::Time, ColumnKind::Gap, ColumnKind::Type})
        header->setColumnShown(model->columnOf(kind), false);
    header->moveSection(header->visualIndex(model->columnOf(ColumnKind::Size)), 0);
    bench.selectAll(CopyForm::Table);
    QCOMPARE(clipboard(), u"Size\tSource\tId\tprice\tData\n"
                          "29\tprices\t7\t1.50\t{\"price\": 1.50}\n"
                          "15\tprices\t8\t\tx"_s);
}

void CopyFormsTest::keepsTableRowsOnTheirLines()
{
    Bench bench;
    QVERIFY(bench.feedAll("data: a\tb\ndata: c\n\n", 1));
    bench.selectAll(CopyForm::Table);
    QCOMPARE(clipboard().count(u'\n'), 1);
    QVERIFY(clipboard().contains(u"a⇥b↵c"_s));
}

void CopyFormsTest::copiesTheCellsOfAColumn()
{
    Bench bench;
    QVERIFY(bench.feedAll("event: a\ndata: 1\n\nevent: b\ndata: 2\n\n", 2));
    bench.view().selectAll();
    const auto cell = bench.pane.eventModel()->index(1, bench.pane.eventModel()->columnOf(ColumnKind::Type));
    bench.view().selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
    bench.view().copy(CopyForm::Cell);
    QCOMPARE(clipboard(), u"a\nb"_s);
}

void CopyFormsTest::copiesWholeCells()
{
    Bench bench;
    const std::string value(5000, 'x');
    QVERIFY(bench.feedAll("data: {\"a\":\"" + value + "\"}\n\n", 1));
    const auto path = filter::JsonPath::compile("data.a").value();
    bench.pane.addColumn(path);
    bench.view().selectAll();
    const auto cell = bench.pane.eventModel()->index(0, bench.pane.eventModel()->columnOf(models::jsonColumn(path)));
    bench.view().selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
    bench.view().copy(CopyForm::Cell);
    QCOMPARE(clipboard(), QString::fromStdString(value));
    bench.view().copy(CopyForm::Table);
    QVERIFY2(clipboard().contains(QString::fromStdString(value)), "cells of a table are not cut either");
}

void CopyFormsTest::copiesManyRowsOnAThread()
{
    Bench bench;
    bench.streams.feedEvents(1, 5000);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 5000);
    bench.selectAll(CopyForm::Table);
    QCOMPARE(clipboard(), u"before"_s);
    QTRY_COMPARE(bench.notice(), u"Rows copied: 5,000"_s);
    QCOMPARE(clipboard().count(u'\n'), 5000);
}

void CopyFormsTest::copiesOneRowHoweverLarge()
{
    Bench bench;
    const std::string large(std::size_t{9} << 20, 'x');
    QVERIFY(bench.feedAll("data: " + large + "\n\n", 1));
    bench.selectAll(CopyForm::Data);
    QTRY_COMPARE(bench.notice(), u"Rows copied: 1"_s);
    QCOMPARE(clipboard().size(), static_cast<qsizetype>(large.size()));
}

void CopyFormsTest::saysWhatWasCut()
{
    Bench bench;
    bench.streams.feedEvents(1, 20'000);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 20'000);
    bench.selectAll(CopyForm::JsonLines);
    QTRY_VERIFY(bench.notice().contains(u"The first 10,000 of 20,000"_s));
    QCOMPARE(clipboard().count(u'\n'), 9999);
}

void CopyFormsTest::theNextCopyTakesThePlace()
{
    Bench bench;
    bench.streams.feedEvents(1, 5000);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 5000);
    bench.selectAll(CopyForm::Table);
    bench.view().setCurrentEvent({1});
    bench.view().copy(CopyForm::Data);
    QCOMPARE(clipboard(), u"event 0"_s);
    bench.selectAll(CopyForm::Data);
    QTRY_COMPARE(bench.notice(), u"Rows copied: 5,000"_s);
    QVERIFY(clipboard().startsWith(u"event 0\nevent 1\n"_s));
}

void CopyFormsTest::canBeDeletedWhileCopying()
{
    {
        Bench bench;
        bench.streams.feedEvents(1, 10'000);
        QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 10'000);
        bench.selectAll(CopyForm::Table);
    }
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(clipboard(), u"before"_s);
}

void CopyFormsTest::asksForACurlCommand()
{
    Bench bench;
    QVERIFY(bench.feedAll("id: 42\ndata: x\n\n", 1));
    bench.view().setCurrentEvent({1});
    QSignalSpy requested(&bench.pane, &EventPane::curlRequested);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(&bench.view(), &event);
    auto *action = bench.view().findChild<QAction *>(u"copyResumingCurlAction"_s);
    QVERIFY(action);
    action->trigger();
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested[0][0].value<store::SubscriptionId>(), store::SubscriptionId{1});
    QCOMPARE(requested[0][1].toByteArray(), QByteArray("42"));
    QCOMPARE(requested[0][2].toBool(), false);
}

QTEST_MAIN(CopyFormsTest)
#include "tst_copyforms.moc"
