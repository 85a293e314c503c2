// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/decodedvalue.h"
#include "gui/detailpane.h"
#include "gui/detailtext.h"
#include "gui/hexview.h"
#include "gui/jsontreeview.h"
#include "support/eventstream.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using Tab = DetailPane::Tab;

class DetailFormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsLineEndsAsTheyWereSent();
    void showsWhatCannotBeSeen();
    void findsInText();
    void findsAcrossBrokenLines();
    void copiesBrokenLinesWhole();
    void selectsBytes();
    void decodesTheSelectedValue();
    void decodesSelectedText();
    void keepsTheTabFromEventToEvent();
    void changesTabsByKeyboard();
    void opensSixteenMebibytesInEveryTab_data();
    void opensSixteenMebibytesInEveryTab();
};

namespace {

struct Bench
{
    explicit Bench(std::string_view bytes)
    {
        streams.feed(1, bytes);
        pane.setSnapshotSource([this] { return streams.log.snapshot(); });
        pane.resize(900, 400);
        pane.show();
    }

    void show(std::uint64_t number, Tab tab)
    {
        pane.setTab(tab);
        pane.setEvent(streams.log.snapshot(), {number});
    }

    DetailText *text() const { return pane.findChild<DetailText *>(u"dataText"_s); }
    QPlainTextEdit *edit() const { return text()->findChild<QPlainTextEdit *>(); }
    void toggle(const QString &name) const { text()->findChild<QAction *>(name)->toggle(); }
    QString shown() const { return edit()->toPlainText(); }
    QLineEdit *find()
    {
        edit()->setFocus();
        QTest::keySequence(edit(), QKeySequence::Find);
        return text()->findChild<QLineEdit *>(u"findEdit"_s);
    }
    QString count() const { return text()->findChild<QLabel *>(u"findCount"_s)->text(); }
    QString decoded() const { return pane.findChild<QPlainTextEdit *>(u"decodedText"_s)->toPlainText(); }

    test::EventStreams streams;
    DetailPane pane;
};

} // namespace

void DetailFormsTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

void DetailFormsTest::showsLineEndsAsTheyWereSent()
{
    Bench bench("event: x\rdata: a\r\ndata: b\n\n");
    bench.show(1, Tab::Text);
    QTRY_COMPARE(bench.shown(), u"a\nb"_s);
    bench.toggle(u"asSentAction"_s);
    QTRY_COMPARE(bench.shown(), u"event: x\ndata: a\ndata: b\n\n"_s);
    bench.toggle(u"whiteSpaceAction"_s);
    QTRY_COMPARE(bench.shown(), u"event: x↤\ndata: a↤↵\ndata: b↵\n↵\n"_s);
    bench.toggle(u"asSentAction"_s);
    QTRY_COMPARE(bench.shown(), u"a↵\nb"_s);
}

void DetailFormsTest::showsWhatCannotBeSeen()
{
    Bench bench("data: a\u200bb\u00a0c\x1b\u202e d\n\n");
    bench.show(1, Tab::Text);
    bench.toggle(u"whiteSpaceAction"_s);
    QTRY_COMPARE(bench.shown(), u"a⟨U+200B⟩b⟨U+00A0⟩c\u241b⟨U+202E⟩ d"_s);
}

void DetailFormsTest::findsInText()
{
    Bench bench("data: one two\ndata: Two one\ndata: two\n\n");
    bench.show(1, Tab::Text);
    QTRY_VERIFY(bench.text()->isComplete());
    auto *find = bench.find();
    QVERIFY(find->isVisible());
    QTest::keyClicks(find, u"two"_s);
    QTRY_COMPARE(bench.count(), u"1 of 3"_s);
    QTest::keyClick(find, Qt::Key_Return);
    QCOMPARE(bench.count(), u"2 of 3"_s);
    QCOMPARE(bench.edit()->textCursor().selectedText(), u"Two"_s);
    QTest::keyClick(find, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(bench.count(), u"1 of 3"_s);
    find->setText(u"Two"_s);
    QTRY_COMPARE(bench.count(), u"1 of 1"_s);
}

void DetailFormsTest::findsAcrossBrokenLines()
{
    Bench bench("data: " + std::string(1998, '-') + "needle" + std::string(3000, '-') + "\n\n");
    bench.show(1, Tab::Text);
    QTRY_VERIFY(bench.text()->isComplete() && bench.shown().size() > 5000);
    auto *find = bench.find();
    QTest::keyClicks(find, u"needle"_s);
    QTRY_COMPARE(bench.count(), u"1 of 1"_s);
    QCOMPARE(bench.edit()->textCursor().selectedText().remove(u'\u2029'), u"needle"_s);
}

void DetailFormsTest::copiesBrokenLinesWhole()
{
    Bench bench("data: " + std::string(5000, 'x') + "\n\n");
    bench.show(1, Tab::Text);
    QTRY_COMPARE(bench.shown().count(u'\n'), 2);
    bench.edit()->selectAll();
    bench.edit()->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString(5000, u'x'));
}

void DetailFormsTest::selectsBytes()
{
    Bench bench("event: ab\ndata:0123\n\n");
    bench.show(1, Tab::Hex);
    auto *hex = bench.pane.findChild<HexView *>();
    const auto *place = hex->findChild<QLabel *>(u"hexPlace"_s);
    hex->select(16, 18);
    QVERIFY2(place->text().contains(u"data, byte 1 of its value"_s), qPrintable(place->text()));
    QVERIFY2(place->text().contains(u"2 bytes selected"_s), qPrintable(place->text()));
    QTest::keySequence(hex, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"31 32"_s);
    hex->copyText();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"12"_s);
    QTest::keyClick(hex, Qt::Key_Home);
    QTest::keyClick(hex, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(hex->selectedBytes(), std::string_view("ev"));
    QVERIFY(place->text().contains(u"name of the field event"_s));
    // The byte under the mouse is the one that is drawn there, in both halves.
    const auto middleOf = [hex](int column) {
        const auto metrics = hex->fontMetrics();
        return QPoint(metrics.averageCharWidth() + metrics.horizontalAdvance(QString(column, u'0')) + 3, 3);
    };
    QTest::mouseClick(hex->viewport(), Qt::LeftButton, {}, middleOf(13));
    QCOMPARE(hex->selectedBytes(), std::string_view("v"));
    QTest::mouseClick(hex->viewport(), Qt::LeftButton, {}, middleOf(10 + 50 + 15));
    QCOMPARE(hex->selectedBytes(), std::string_view("0"));
}

void DetailFormsTest::decodesTheSelectedValue()
{
    Bench bench("data: {\"greeting\":\"SGVsbG8sIHdvcmxkIQ==\",\"plain\":\"words\"}\n\n");
    bench.show(1, Tab::Tree);
    auto *view = bench.pane.findChild<JsonTreeView *>();
    QTRY_VERIFY(view->isComplete());
    auto *tree = view->findChild<QTreeView *>();
    bench.pane.findChild<QToolButton *>(u"decodeButton"_s)->click();
    tree->setCurrentIndex(tree->model()->index(0, 0));
    QTRY_VERIFY(bench.decoded().contains(u"Hello, world!"_s));
    tree->setCurrentIndex(tree->model()->index(1, 0));
    QTRY_VERIFY2(bench.decoded().startsWith(u"Nothing to decode"_s), qPrintable(bench.decoded()));
    bench.pane.findChild<QToolButton *>(u"decodeButton"_s)->click();
    QVERIFY(!bench.pane.findChild<DecodedValue *>()->isVisible());
}

void DetailFormsTest::decodesSelectedText()
{
    Bench bench("data: id=a%20b 1700000000\n\n");
    bench.show(1, Tab::Text);
    QTRY_VERIFY(bench.text()->isComplete());
    bench.pane.findChild<QToolButton *>(u"decodeButton"_s)->click();
    QTRY_VERIFY(bench.decoded().contains(u"id=a b 1700000000"_s));
    auto cursor = bench.edit()->textCursor();
    cursor.setPosition(9);
    cursor.setPosition(19, QTextCursor::KeepAnchor);
    bench.edit()->setTextCursor(cursor);
    QTRY_VERIFY(bench.decoded().contains(u"2023-11-1"_s));
}

void DetailFormsTest::keepsTheTabFromEventToEvent()
{
    Bench bench("data: 1\n\ndata: 2\n\n");
    bench.show(1, Tab::Hex);
    bench.pane.setEvent(bench.streams.log.snapshot(), {2});
    QCOMPARE(bench.pane.tab(), Tab::Hex);
    bench.pane.clear();
    bench.pane.setEvent(bench.streams.log.snapshot(), {1});
    QCOMPARE(bench.pane.tab(), Tab::Hex);
}

void DetailFormsTest::changesTabsByKeyboard()
{
    Bench bench("data: 1\n\n");
    bench.show(1, Tab::Text);
    bench.pane.activateWindow();
    bench.edit()->setFocus();
    QTRY_VERIFY(bench.edit()->hasFocus());
    QTest::keyClick(bench.edit(), Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(bench.pane.tab(), Tab::Pretty);
    for (int i = 0; i < 6; ++i)
        QTest::keyClick(&bench.pane, Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(bench.pane.tab(), Tab::Tree);
}

void DetailFormsTest::opensSixteenMebibytesInEveryTab_data()
{
    QTest::addColumn<int>("tab");
    QTest::newRow("fields") << int(Tab::Fields);
    QTest::newRow("tree") << int(Tab::Tree);
    QTest::newRow("pretty") << int(Tab::Pretty);
    QTest::newRow("text") << int(Tab::Text);
    QTest::newRow("hex") << int(Tab::Hex);
    QTest::newRow("wire") << int(Tab::Wire);
    QTest::newRow("difference") << int(Tab::Difference);
}

void DetailFormsTest::opensSixteenMebibytesInEveryTab()
{
    QFETCH(int, tab);
    std::string json = "[0";
    while (json.size() < (16U << 20U) - 100)
        json += ",{\"k\":\"0123456789\"}";
    Bench bench("data: {\"small\":1}\n\ndata: " + json + "]\n\n");
    bench.show(1, Tab(tab));
    bench.pane.setEvent(bench.streams.log.snapshot(), {2});
    // However the tab goes on with it, the next event is shown at once: nothing waits for the large one.
    bench.pane.setEvent(bench.streams.log.snapshot(), {1});
    QCOMPARE(bench.pane.eventNumber(), store::EventNumber{1});
    bench.pane.setEvent(bench.streams.log.snapshot(), {2});
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(0);
    QTRY_VERIFY(turns > 20);
    QCOMPARE(bench.pane.eventNumber(), store::EventNumber{2});
}

QTEST_MAIN(DetailFormsTest)
#include "tst_detailforms.moc"
