// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/scenariorunmodel.h"
#include "models/scenariostepmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace weir::models {

using publish::Scenario;
using publish::ScenarioProgress;
using publish::Step;
using publish::StepKind;
using State = ScenarioProgress::State;

/// The steps of a scenario as a tree, and the list of runs.
class ScenarioModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsStepsAsATree();
    void keepsItsShapeWhereOnlyValuesChange();
    void saysWhatIsWrong();
    void movesSteps_data();
    void movesSteps();
    void listsRuns();
    void keepsTheLastEndedRunsOnly();
    void tellsDurations();
};

namespace {

Step comment(const QString &text)
{
    return {StepKind::Comment, {{u"text"_s, text}}, {}};
}

/// a, (b, (c)), d
Scenario nested()
{
    return {u"n"_s, {},
        {comment(u"a"_s), {StepKind::Repeat, {}, {comment(u"b"_s), {StepKind::Repeat, {}, {comment(u"c"_s)}}}},
            comment(u"d"_s)}};
}

QString textOfSteps(const std::vector<Step> &steps)
{
    QStringList texts;
    for (const Step &step : steps)
        texts << (step.kind == StepKind::Repeat ? u'(' + textOfSteps(step.steps) + u')'
                                                : step.values.value(u"text"_s).toString());
    return texts.join(u' ');
}

} // namespace

void ScenarioModelsTest::showsStepsAsATree()
{
    ScenarioStepModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setScenario(nested());
    QCOMPARE(model.rowCount(), 3);
    const QModelIndex inner = model.indexOf({1, 1, 0});
    QVERIFY(inner.isValid());
    QCOMPARE(model.pathOf(inner), (StepPath{1, 1, 0}));
    QCOMPARE(inner.data().toString(), u"Send comment"_s);
    QCOMPARE(inner.siblingAtColumn(1).data().toString(), u"c"_s);
    QCOMPARE(inner.parent().parent().data().toString(), u"Repeat"_s);
    QVERIFY(!model.indexOf({1, 7}).isValid());
    model.setCurrentStep({1, 1, 0});
    QVERIFY(inner.data(ScenarioStepModel::IsCurrentRole).toBool());
    QVERIFY(!inner.parent().data(ScenarioStepModel::IsCurrentRole).toBool());
    model.setScenario({});
    QCOMPARE(model.rowCount(), 0);
}

void ScenarioModelsTest::keepsItsShapeWhereOnlyValuesChange()
{
    ScenarioStepModel model;
    model.setScenario(nested());
    const QPersistentModelIndex inner = model.indexOf({1, 1, 0});
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    Scenario changed = nested();
    stepAt(changed, {1, 1, 0})->values.insert(u"text"_s, u"new"_s);
    model.setScenario(changed);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(inner.sibling(0, 1).data().toString(), u"new"_s);
    changed.steps.pop_back();
    model.setScenario(changed);
    QCOMPARE(resets.size(), 1);
}

void ScenarioModelsTest::saysWhatIsWrong()
{
    ScenarioStepModel model;
    model.setScenario({u"n"_s, {}, {{StepKind::Answer, {{u"status"_s, 7}}, {}}, {StepKind::WaitResume, {}, {}}}});
    QVERIFY(model.index(0, 0).data(ScenarioStepModel::ProblemRole).toString().contains(u"200"_s));
    QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole), model.index(0, 0).data(ScenarioStepModel::ProblemRole));
    QCOMPARE(model.index(1, 0).data(ScenarioStepModel::ProblemRole).toString(), QString());
}

void ScenarioModelsTest::movesSteps_data()
{
    QTest::addColumn<StepPath>("from");
    QTest::addColumn<bool>("isUp");
    QTest::addColumn<StepPath>("to");
    QTest::addColumn<QString>("steps");
    QTest::newRow("first up") << StepPath{0} << true << StepPath{0} << u"a (b (c)) d"_s;
    QTest::newRow("last down") << StepPath{2} << false << StepPath{2} << u"a (b (c)) d"_s;
    QTest::newRow("into the one below") << StepPath{0} << false << StepPath{0, 0} << u"(a b (c)) d"_s;
    QTest::newRow("into the one above") << StepPath{2} << true << StepPath{1, 2} << u"a (b (c) d)"_s;
    QTest::newRow("out at the top") << StepPath{1, 0} << true << StepPath{1} << u"a b ((c)) d"_s;
    QTest::newRow("out at the bottom") << StepPath{1, 1, 0} << false << StepPath{1, 2} << u"a (b () c) d"_s;
    QTest::newRow("a repetition up") << StepPath{1} << true << StepPath{0} << u"(b (c)) a d"_s;
    QTest::newRow("a repetition down") << StepPath{1} << false << StepPath{2} << u"a d (b (c))"_s;
}

void ScenarioModelsTest::movesSteps()
{
    QFETCH(StepPath, from);
    QFETCH(bool, isUp);
    Scenario scenario = nested();
    const StepPath to = moveStep(scenario, from, isUp ? MoveStep::Up : MoveStep::Down);
    QTEST(to, "to");
    QTEST(textOfSteps(scenario.steps), "steps");
    if (to == from)
        return;
    moveStep(scenario, to, isUp ? MoveStep::Down : MoveStep::Up);
    QCOMPARE(scenario, nested());
}

void ScenarioModelsTest::listsRuns()
{
    ScenarioRunModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ScenarioProgress progress;
    progress.run = 1;
    progress.name = u"Ticker"_s;
    progress.target = u"/events"_s;
    progress.step = {1, 0};
    progress.rounds = {3};
    progress.events = 12;
    progress.elapsedMs = 65'000;
    progress.remark = u"Waits for clients"_s;
    model.take(progress);
    progress.run = 2;
    model.take(progress);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data(ScenarioRunModel::RunRole).toInt(), 2);
    QCOMPARE(model.index(1).data().toString(),
        u"Ticker → /events\nstep 2.1 · round 3 · events: 12 · 1:05 · Waits for clients"_s);
    progress.run = 1;
    progress.state = State::Ended;
    progress.problem = u"Step 2: no."_s;
    model.take(progress);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1).data().toString(), u"Ticker → /events\nevents: 12 · 1:05 · Step 2: no."_s);
    QVERIFY(model.hasEnded());
    model.removeEnded();
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!model.hasEnded());
}

void ScenarioModelsTest::keepsTheLastEndedRunsOnly()
{
    ScenarioRunModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ScenarioProgress progress;
    for (int run = 1; run <= 40; ++run) {
        progress.run = run;
        progress.state = run == 3 ? State::Paused : State::Ended;
        model.take(progress);
    }
    QCOMPARE(model.rowCount(), static_cast<int>(ScenarioRunModel::maxEnded) + 1);
    QVERIFY(model.rowOf(3) >= 0 && model.rowOf(40) == 0 && model.rowOf(4) < 0);
}

void ScenarioModelsTest::tellsDurations()
{
    QCOMPARE(durationText(0), u"0:00"_s);
    QCOMPARE(durationText(59'999), u"0:59"_s);
    QCOMPARE(durationText(3'600'000), u"1:00:00"_s);
    QCOMPARE(durationText(61'250, true), u"1:01.2"_s);
}

} // namespace weir::models

QTEST_GUILESS_MAIN(weir::models::ScenarioModelsTest)
#include "tst_scenariomodels.moc"
