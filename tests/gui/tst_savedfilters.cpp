// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventpane.h"
#include "gui/filteredit.h"
#include "gui/filtermemory.h"
#include "gui/savedfilterdialog.h"
#include "support/eventstream.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolBar>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;

// Filters with names: buttons that are combined with the line, edited in one place for all views.
class SavedFiltersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesNoRoomWithoutAny();
    void combinesWithTheLine();
    void isOnAtStart();
    void remembersWhichAreOn();
    void followsChangesInAllViews();
    void savesTheLine();
    void editsInADialog();
    void wantsNames();
    void ignoresWhatIsNotUnderstood();
    void roundTripsAsJson();
    void putsUnreadableSettingsAside();
    void givesIds();
};

namespace {

struct Bench
{
    explicit Bench(const QList<SavedFilter> &filters = {})
        : feed(streams.log)
        , memory(feed)
    {
        memory.saved().setList(filters);
        pane = std::make_unique<EventPane>(feed, memory);
        pane->resize(1000, 400);
        pane->show();
        streams.feedEvents(1, 100);
    }

    int rows() const { return pane->eventModel()->rowCount(); }
    QToolBar *buttons() const { return pane->findChild<QToolBar *>(u"savedButtons"_s); }
    QAction *button(int id) const { return buttons()->findChild<QAction *>(u"savedFilter%1Action"_s.arg(id)); }
    SavedFilterDialog *dialog() const { return pane->findChild<SavedFilterDialog *>(); }

    test::EventStreams streams;
    models::LogFeed feed;
    FilterMemory memory;
    std::unique_ptr<EventPane> pane;
};

const QList<SavedFilter> twoFilters{{1, u"Ones"_s, u"1 or 2"_s, false}, {2, u"Threes"_s, u"3"_s, false}};

template <typename Widget>
Widget *find(const QWidget *parent, const char *name)
{
    return parent->findChild<Widget *>(QLatin1String(name));
}

} // namespace

void SavedFiltersTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
}

void SavedFiltersTest::takesNoRoomWithoutAny()
{
    Bench bench;
    QVERIFY(!bench.buttons()->isVisible());
    bench.memory.saved().setList(twoFilters);
    QVERIFY(bench.buttons()->isVisible());
    QCOMPARE(bench.button(1)->text(), u"Ones"_s);
    QVERIFY(bench.buttons()->widgetForAction(bench.button(1))->focusPolicy() & Qt::TabFocus);
}

void SavedFiltersTest::combinesWithTheLine()
{
    Bench bench(twoFilters);
    QTRY_COMPARE(bench.rows(), 100);
    bench.button(1)->trigger();
    QTRY_COMPARE(bench.rows(), 36);
    bench.button(2)->trigger();
    QTRY_COMPARE(bench.rows(), 4);
    bench.pane->setFilterText(u"13"_s);
    QCOMPARE(bench.pane->effectiveFilter(), u"(1 or 2) 3 13"_s);
    QTRY_COMPARE(bench.rows(), 1);
    bench.pane->setInContext(true);
    QTRY_COMPARE(bench.rows(), 100);
    QVERIFY(!bench.buttons()->isEnabled());
    bench.pane->setInContext(false);
    bench.button(1)->trigger();
    bench.button(2)->trigger();
    QCOMPARE(bench.pane->effectiveFilter(), u"13"_s);
}

void SavedFiltersTest::isOnAtStart()
{
    Bench bench({{1, u"Ones"_s, u"1"_s, true}, {2, u"Twos"_s, u"2"_s, false}});
    QVERIFY(bench.button(1)->isChecked() && !bench.button(2)->isChecked());
    QTRY_COMPARE(bench.rows(), 19);
    bench.button(1)->trigger();
    QTRY_COMPARE(bench.rows(), 100);
    bench.button(1)->trigger();
    QTRY_COMPARE(bench.rows(), 19);
    bench.pane->switchSavedFiltersOff();
    QTRY_COMPARE(bench.rows(), 100);
}

void SavedFiltersTest::remembersWhichAreOn()
{
    Bench bench(twoFilters);
    bench.button(2)->trigger();
    Bench other(twoFilters);
    QVERIFY(other.pane->restoreState(bench.pane->saveState()));
    QVERIFY(!other.button(1)->isChecked() && other.button(2)->isChecked());
    QTRY_COMPARE(other.rows(), 19);
}

void SavedFiltersTest::followsChangesInAllViews()
{
    Bench bench(twoFilters);
    EventPane second(bench.feed, bench.memory);
    bench.button(2)->trigger();
    QTRY_COMPARE(bench.rows(), 19);
    bench.memory.saved().setList({{2, u"Fours"_s, u"44"_s, false}});
    QTRY_COMPARE(bench.rows(), 1);
    QCOMPARE(bench.button(2)->text(), u"Fours"_s);
    QVERIFY(bench.button(2)->isChecked());
    auto *buttons = second.findChild<QToolBar *>(u"savedButtons"_s);
    QCOMPARE(buttons->findChild<QAction *>(u"savedFilter2Action"_s)->text(), u"Fours"_s);
    QVERIFY(!buttons->findChild<QAction *>(u"savedFilter2Action"_s)->isChecked());
    QCOMPARE(second.effectiveFilter(), QString());
    bench.memory.saved().setList({});
    QTRY_COMPARE(bench.rows(), 100);
    QVERIFY(!bench.buttons()->isVisible());
}

void SavedFiltersTest::savesTheLine()
{
    Bench bench;
    auto *keep = bench.pane->findChild<FilterEdit *>()->keepAction();
    QVERIFY(!keep->isEnabled());
    bench.pane->setFilterText(u"type:error ("_s);
    QVERIFY(!keep->isEnabled());
    bench.pane->setFilterText(u"type:error"_s);
    keep->trigger();
    QVERIFY(bench.dialog());
    bench.dialog()->accept();
    QCOMPARE(bench.memory.saved().list(), (QList<SavedFilter>{{1, u"type:error"_s, u"type:error"_s, false}}));
    QVERIFY(bench.buttons()->isVisible());
}

void SavedFiltersTest::editsInADialog()
{
    Bench bench(twoFilters);
    bench.buttons()->findChild<QAction *>(u"editSavedFiltersAction"_s)->trigger();
    auto *dialog = bench.dialog();
    auto *model = find<QTableView>(dialog, "filterTable")->model();
    QVERIFY(model->setData(model->index(0, 0), u"First"_s));
    QVERIFY(model->setData(model->index(0, 1), u"type:x"_s));
    QVERIFY(model->setData(model->index(0, 2), Qt::Checked, Qt::CheckStateRole));
    QTest::mouseClick(find<QPushButton>(dialog, "downButton"), Qt::LeftButton);
    QCOMPARE(model->index(1, 0).data().toString(), u"First"_s);
    QCOMPARE(bench.memory.saved().list(), twoFilters);
    dialog->accept();
    QCOMPARE(bench.memory.saved().list(), (QList<SavedFilter>{twoFilters[1], {1, u"First"_s, u"type:x"_s, true}}));
    QTRY_VERIFY(!bench.dialog());
    bench.buttons()->findChild<QAction *>(u"editSavedFiltersAction"_s)->trigger();
    QTest::mouseClick(find<QPushButton>(bench.dialog(), "removeButton"), Qt::LeftButton);
    bench.dialog()->reject();
    QCOMPARE(bench.memory.saved().list().size(), 2);
}

void SavedFiltersTest::wantsNames()
{
    Bench bench(twoFilters);
    SavedFilterDialog dialog(bench.memory.saved());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    auto *model = find<QTableView>(&dialog, "filterTable")->model();
    auto *ok = find<QDialogButtonBox>(&dialog, "buttonBox")->button(QDialogButtonBox::Ok);
    const auto *note = find<QLabel>(&dialog, "noteLabel");
    QVERIFY(ok->isEnabled());
    model->setData(model->index(1, 0), u"Ones"_s);
    QVERIFY(!ok->isEnabled() && note->text().contains(u"“Ones”"_s));
    model->setData(model->index(1, 0), u" "_s);
    QVERIFY(!ok->isEnabled() && note->text().contains(u"needs a name"_s));
    model->setData(model->index(1, 0), u"Twos"_s);
    model->setData(model->index(0, 1), u"size >"_s);
    QVERIFY(ok->isEnabled());
    QVERIFY2(note->text().contains(u"Character "_s), qPrintable(note->text()));
}

void SavedFiltersTest::ignoresWhatIsNotUnderstood()
{
    Bench bench({{1, u"Wrong"_s, u"size >"_s, true}, {2, u"Threes"_s, u"3"_s, true}});
    QCOMPARE(bench.pane->effectiveFilter(), u"3"_s);
    QVERIFY(!bench.button(1)->isCheckable());
    QVERIFY(bench.button(1)->toolTip().contains(u"Not understood"_s));
    const auto note = bench.pane->findChild<QLabel *>(u"noteLabel"_s)->text();
    QVERIFY2(note.contains(u"“Wrong”"_s) && note.contains(u"ignored"_s), qPrintable(note));
    bench.button(1)->trigger();
    QVERIFY(bench.dialog());
}

void SavedFiltersTest::roundTripsAsJson()
{
    const QList<SavedFilter> filters{{7, u"Größe \"x\""_s, u"data.a = \"b\\\"c\""_s, true}, {9, u"b"_s, u""_s, false}};
    QCOMPARE(savedFiltersFromJson(toJson(filters)), filters);
    QCOMPARE(savedFiltersFromJson("[]"), QList<SavedFilter>());
    for (const auto *wrong : {"", "{}", "[1]", "[{\"name\": \"x\"}]", "[{\"name\": 1, \"filter\": \"x\"}]", "[{"})
        QVERIFY2(!savedFiltersFromJson(wrong), wrong);
}

void SavedFiltersTest::putsUnreadableSettingsAside()
{
    const QTemporaryDir home;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    const auto settings = [] { return QSettings(QSettings::IniFormat, QSettings::UserScope, u"weir"_s, u"weir"_s); };
    settings().setValue(u"filters/saved"_s, u"[{oops"_s);
    Bench bench;
    QVERIFY(!bench.memory.load().isEmpty());
    bench.memory.saved().setList(twoFilters);
    QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
    QCOMPARE(settings().value(u"filters/unreadable"_s).toString(), u"[{oops"_s);
    QCOMPARE(savedFiltersFromJson(settings().value(u"filters/saved"_s).toString().toUtf8()), twoFilters);
}

void SavedFiltersTest::givesIds()
{
    SavedFilters filters;
    filters.setList({{0, u"a"_s, u"a"_s, false}, {3, u"b"_s, u"b"_s, false}, {3, u"c"_s, u"c"_s, false}});
    QCOMPARE(filters.list()[0].id, 4U);
    QCOMPARE(filters.list()[1].id, 3U);
    QCOMPARE(filters.list()[2].id, 5U);
}

QTEST_MAIN(SavedFiltersTest)
#include "tst_savedfilters.moc"
