// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "gui/filteredit.h"
#include "gui/filtermemory.h"
#include "gui/suggestionpopup.h"
#include "support/eventstream.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// The list below the filter line: what is offered while typing, how it is taken or left, and the history.
class FilterCompleterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensByTyping();
    void opensWhenAsked();
    void completesAFilter();
    void returnAppliesWhatIsTyped();
    void tabTakesTheFirst();
    void escapeClosesOnlyTheList();
    void takesByMouse();
    void staysAwayFromChangesByOthers();
    void closesWithTheFocus();
    void remembersWhatWasApplied();
    void choosesFromTheHistory();
    void clearsTheHistory();
    void keepsTheHistoryInOrder();
    void keepsTheHistoryInTheSettings();
};

namespace {

struct Bench
{
    Bench()
        : feed(streams.log)
        , memory(feed)
        , pane(feed, memory)
    {
        pane.setSources({{{1}, {u"prices"_s, 0, true}}});
        pane.resize(1000, 400);
        pane.show();
        pane.activateWindow();
        pane.focusFilter();
        QTRY_VERIFY(edit()->hasFocus());
    }

    FilterEdit *edit() const { return pane.findChild<FilterEdit *>(); }
    SuggestionPopup *popup() const { return edit()->findChild<SuggestionPopup *>(); }
    QStringList offered() const
    {
        QStringList texts;
        for (int row = 0; popup()->isVisible() && row < popup()->model()->rowCount(); ++row)
            texts << popup()->model()->index(row, 0).data().toString();
        return texts;
    }
    void type(const QString &text) { QTest::keyClicks(edit(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(edit(), key, modifiers); }
    QString text() const { return edit()->text(); }

    test::EventStreams streams;
    models::LogFeed feed;
    FilterMemory memory;
    EventPane pane;
};

void feedTrades(Bench &bench)
{
    bench.streams.feed(1, "event: trade\ndata: {\"price\": 3}\n\nevent: trade\ndata: {\"price\": 4}\n\n"
                          "event: quote\ndata: {\"price\": 5}\n\n");
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 3);
}

} // namespace

void FilterCompleterTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
}

void FilterCompleterTest::opensByTyping()
{
    Bench bench;
    feedTrades(bench);
    QVERIFY(!bench.popup()->isVisible());
    bench.type(u"ty"_s);
    QVERIFY(bench.popup()->isVisible());
    QCOMPARE(bench.offered(), QStringList{u"type:"_s});
    QCOMPARE(bench.popup()->chosen(), -1);
    bench.type(u"pe:"_s);
    QTRY_COMPARE(bench.offered(), (QStringList{u"trade"_s, u"quote"_s})); // comes from the pool
    bench.type(u"q"_s);
    QCOMPARE(bench.offered(), QStringList{u"quote"_s});
    bench.type(u"x"_s);
    QVERIFY(!bench.popup()->isVisible());
    QVERIFY(bench.edit()->hasFocus());
}

void FilterCompleterTest::opensWhenAsked()
{
    Bench bench;
    feedTrades(bench);
    bench.press(Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(bench.offered().contains(u"data.price"_s));
    QVERIFY(bench.offered().contains(u"type:"_s));
    QCOMPARE(bench.text(), QString());
}

void FilterCompleterTest::completesAFilter()
{
    Bench bench;
    feedTrades(bench);
    bench.type(u"ty"_s);
    bench.press(Qt::Key_Down);
    bench.press(Qt::Key_Return);
    QCOMPARE(bench.text(), u"type:"_s);
    QTRY_VERIFY(bench.offered().contains(u"trade"_s));
    bench.press(Qt::Key_Down);
    bench.press(Qt::Key_Down);
    QCOMPARE(bench.popup()->chosen(), 1);
    bench.press(Qt::Key_Up);
    bench.press(Qt::Key_Return);
    QCOMPARE(bench.text(), u"type:trade"_s);
    bench.type(u" pri"_s);
    bench.press(Qt::Key_Tab);
    QCOMPARE(bench.text(), u"type:trade data.price "_s);
    bench.type(u">"_s);
    QVERIFY(bench.offered().contains(u">="_s));
    bench.press(Qt::Key_Tab);
    QCOMPARE(bench.text(), u"type:trade data.price > "_s);
    QTRY_VERIFY(bench.offered().contains(u"3"_s));
    bench.type(u"3"_s);
    bench.press(Qt::Key_Return);
    QTRY_COMPARE(bench.pane.eventModel()->rowCount(), 1);
}

void FilterCompleterTest::returnAppliesWhatIsTyped()
{
    Bench bench;
    feedTrades(bench);
    bench.type(u"t"_s);
    QVERIFY(bench.popup()->isVisible());
    bench.press(Qt::Key_Return);
    QCOMPARE(bench.text(), u"t"_s);
    QVERIFY(!bench.popup()->isVisible());
    QCOMPARE(bench.pane.effectiveFilter(), u"t"_s);
}

void FilterCompleterTest::tabTakesTheFirst()
{
    Bench bench;
    bench.type(u"kind:dia"_s);
    QVERIFY(bench.popup()->isVisible());
    bench.press(Qt::Key_Tab);
    QCOMPARE(bench.text(), u"kind:diagnostic"_s);
    QVERIFY(!bench.popup()->isVisible());
    bench.press(Qt::Key_Tab);
    QVERIFY(!bench.edit()->hasFocus());
}

void FilterCompleterTest::escapeClosesOnlyTheList()
{
    Bench bench;
    bench.type(u"ty"_s);
    bench.press(Qt::Key_Escape);
    QVERIFY(!bench.popup()->isVisible());
    QCOMPARE(bench.text(), u"ty"_s);
    QVERIFY(bench.edit()->hasFocus());
    bench.memory.seenValues().update();
    QVERIFY(!bench.popup()->isVisible());
}

void FilterCompleterTest::takesByMouse()
{
    Bench bench;
    bench.type(u"kind:"_s);
    QVERIFY(bench.popup()->isVisible());
    const auto row = bench.popup()->model()->index(1, 0);
    QTest::mouseClick(bench.popup()->viewport(), Qt::LeftButton, {}, bench.popup()->visualRect(row).center());
    QCOMPARE(bench.text(), u"kind:comment"_s);
    QVERIFY(bench.edit()->hasFocus());
}

void FilterCompleterTest::staysAwayFromChangesByOthers()
{
    Bench bench;
    bench.pane.changeFilter(u"ty"_s, FilterChange::Replace);
    QVERIFY(!bench.popup()->isVisible());
}

void FilterCompleterTest::closesWithTheFocus()
{
    Bench bench;
    bench.type(u"ty"_s);
    QVERIFY(bench.popup()->isVisible());
    bench.edit()->clearFocus();
    QVERIFY(!bench.popup()->isVisible());
}

void FilterCompleterTest::remembersWhatWasApplied()
{
    Bench bench;
    bench.type(u"first ("_s);
    bench.press(Qt::Key_Return);
    QVERIFY2(bench.memory.history().expressions().isEmpty(), "it is not understood");
    bench.edit()->clear();
    bench.type(u"first"_s);
    bench.press(Qt::Key_Return);
    QCOMPARE(bench.memory.history().expressions(), QStringList{u"first"_s});
    bench.edit()->clear();
    bench.type(u"while"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.memory.history().expressions(), (QStringList{u"while"_s, u"first"_s}), 10000);
}

void FilterCompleterTest::choosesFromTheHistory()
{
    Bench bench;
    bench.memory.history().setExpressions({u"newest"_s, u"a or b"_s});
    bench.press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(bench.offered().mid(0, 2), (QStringList{u"newest"_s, u"a or b"_s}));
    bench.press(Qt::Key_Down);
    bench.press(Qt::Key_Down);
    bench.press(Qt::Key_Return);
    QCOMPARE(bench.text(), u"a or b"_s);
    QCOMPARE(bench.pane.effectiveFilter(), u"a or b"_s);
    QCOMPARE(bench.memory.history().expressions().first(), u"a or b"_s);
    bench.edit()->historyAction()->trigger();
    QVERIFY(bench.popup()->isVisible());
    bench.edit()->historyAction()->trigger();
    QVERIFY(!bench.popup()->isVisible());
}

void FilterCompleterTest::clearsTheHistory()
{
    Bench bench;
    bench.memory.history().setExpressions({u"secret"_s});
    bench.press(Qt::Key_Down, Qt::AltModifier);
    bench.press(Qt::Key_Up);
    bench.press(Qt::Key_Return);
    QVERIFY(bench.memory.history().expressions().isEmpty());
    QCOMPARE(bench.text(), QString());
    QVERIFY(bench.pane.findChild<QLabel *>(u"noteLabel"_s)->text().contains(u"history"_s));
}

void FilterCompleterTest::keepsTheHistoryInOrder()
{
    FilterHistory history;
    for (int i = 0; i < 60; ++i)
        history.add(QString::number(i));
    QCOMPARE(history.expressions().size(), FilterHistory::most);
    history.add(u" 20 "_s);
    history.add(u"  "_s);
    QCOMPARE(history.expressions().mid(0, 2), (QStringList{u"20"_s, u"59"_s}));
    QCOMPARE(history.expressions().count(u"20"_s), 1);
}

void FilterCompleterTest::keepsTheHistoryInTheSettings()
{
    const QTemporaryDir home;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    test::EventStreams streams;
    models::LogFeed feed(streams.log);
    {
        FilterMemory memory(feed);
        QCOMPARE(memory.load(), QString());
        memory.history().add(u"a, \"b\" = c"_s);
        memory.history().add(u"größer"_s);
        memory.saved().setList({{0, u"Errors"_s, u"type:error"_s, true}});
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
    FilterMemory memory(feed);
    QCOMPARE(memory.load(), QString());
    QCOMPARE(memory.history().expressions(), (QStringList{u"größer"_s, u"a, \"b\" = c"_s}));
    QCOMPARE(memory.saved().list(), (QList<SavedFilter>{{1, u"Errors"_s, u"type:error"_s, true}}));
}

QTEST_MAIN(FilterCompleterTest)
#include "tst_filtercompleter.moc"
