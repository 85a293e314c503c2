// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/columnbench.h"
#include "gui/timemenu.h"

#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using Bench = test::ColumnBench;
using models::ColumnKind;
using models::TimeMode;

// What the Time column tells, as the user chooses it.
class TimeModesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesTheTimeModeFromTheMenu();
    void takesAReferenceRow();
    void widensTheColumnForDates();
};

namespace {

QAction *actionOf(QMenu &menu, const QString &name)
{
    return menu.findChild<QAction *>(name);
}

} // namespace

void TimeModesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TimeModesTest::takesTheTimeModeFromTheMenu()
{
    Bench bench;
    QVERIFY(bench.addPrices(3));
    QSignalSpy changed(&bench.pane, &EventPane::stateChanged);
    QMenu menu;
    addTimeActions(menu, bench.view());
    auto *utc = actionOf(menu, u"timeMode%1Action"_s.arg(int(TimeMode::Utc)));
    QVERIFY(!utc->isChecked());
    utc->trigger();
    QCOMPARE(bench.model().timeFormat().mode, TimeMode::Utc);
    QVERIFY(changed.size() > 0);
    QVERIFY(bench.shownTitles().contains(u"Time (UTC)"_s));
}

void TimeModesTest::takesAReferenceRow()
{
    Bench bench;
    QVERIFY(bench.addPrices(3));
    QSignalSpy noticed(&bench.view(), &EventView::noticed);
    chooseTimeMode(bench.view(), TimeMode::SinceReference);
    QCOMPARE(bench.model().timeFormat().mode, TimeMode::Local);
    QCOMPARE(noticed.size(), 1);
    bench.view().setCurrentEvent({2});
    toggleTimeReference(bench.view());
    QCOMPARE(bench.model().timeFormat().mode, TimeMode::SinceReference);
    QCOMPARE(bench.model().index(1, bench.column(ColumnKind::Time)).data().toString(), u"0.000000"_s);
    toggleTimeReference(bench.view());
    QVERIFY(!bench.model().timeReference());
    QCOMPARE(bench.model().timeFormat().mode, TimeMode::Local);
}

void TimeModesTest::widensTheColumnForDates()
{
    Bench bench;
    QVERIFY(bench.addPrices(3));
    const int column = bench.column(ColumnKind::Time);
    const int before = bench.header().sectionSize(column);
    chooseTimeMode(bench.view(), TimeMode::LocalDate);
    QVERIFY(bench.header().sectionSize(column) > before);
    chooseTimeMode(bench.view(), TimeMode::Local);
    QCOMPARE(bench.header().sectionSize(column), before);
}

QTEST_MAIN(TimeModesTest)
#include "tst_timemodes.moc"
