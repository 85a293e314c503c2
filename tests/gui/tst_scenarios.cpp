// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenarioeditor.h"
#include "gui/scenariospage.h"
#include "gui/stepform.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/scenariosteps.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace weir;
using namespace weir::gui;
using publish::Scenario;
using publish::Step;
using publish::StepKind;

// The page of scenarios, the files behind it, and the editor.
class ScenariosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support (propagateSizeHints|raise))"_s));
    }

    void runsPausesStepsAndStops();
    void playsToOneClient();
    void needsARunningPublisher();
    void keepsOwnScenariosInAFolder();
    void showsFilesThatAreWrong();
    void editsACopyOfAPreset();
    void editsSteps();
    void undoesAndRedoes();
    void textAndStepsAreEqual();
    void keepsAWrongText();
    void formsShowEveryKind();
    void keepsItsState();
    void showsDescriptionsWhole();
};

namespace {

QAction *actionNamed(const QWidget &owner, const QString &text)
{
    for (QAction *action : owner.findChildren<QAction *>()) {
        if (action->iconText() == text)
            return action;
    }
    qFatal("no action %s", qPrintable(text));
    return nullptr;
}

struct Bench
{
    Bench()
        : page(*publisher)
    {
        QObject::connect(&*publisher, &publish::Publisher::clientsChanged, &page, &ScenariosPage::setClients);
        page.setChannel(u"/events"_s);
        page.setRunning(true);
        page.resize(310, 600);
        page.show();
    }

    QString choose(const QByteArray &steps)
    {
        const QString key = page.library().add("{\"weirScenario\": 1, \"name\": \"own\", \"steps\": [" + steps + "]}");
        list()->setCurrentIndex(page.library().index(page.library().rowOf(key)));
        return key;
    }
    QListView *list() const { return page.findChild<QListView *>(u"scenarioList"_s); }
    QString firstRun() const { return page.runs().index(0).data().toString(); }
    void trigger(const QString &text) const { actionNamed(page, text)->trigger(); }

    publish::RunningPublisher publisher;
    ScenariosPage page;
};

struct Editing
{
    explicit Editing(const Scenario &scenario)
        : editor(publish::toJson(scenario))
    {
        QObject::connect(&editor, &ScenarioEditor::changed, &editor, [this](const QByteArray &json) { saved = json; });
        editor.show();
    }

    const Scenario &scenario() const { return editor.document().scenario(); }
    QTreeView *tree() const { return editor.findChild<QTreeView *>(u"stepTree"_s); }
    template <typename Widget>
    Widget *field(const char *key) const
    {
        return editor.findChild<Widget *>(QLatin1String(key));
    }
    void select(const models::StepPath &path) const
    {
        QModelIndex index;
        for (const int row : path)
            index = tree()->model()->index(row, 0, index);
        tree()->setCurrentIndex(index);
    }
    void trigger(const QString &text) const { actionNamed(editor, text)->trigger(); }
    void add(const QString &kind) const
    {
        for (QAction *action : actionNamed(editor, u"Add"_s)->menu()->actions()) {
            if (action->text() == kind)
                action->trigger();
        }
    }
    QString kinds() const
    {
        QStringList names;
        for (const Step &step : scenario().steps)
            names << QString::fromLatin1(publish::formOf(step.kind).name) +
                         (step.steps.empty() ? QString() : u"(%1)"_s.arg(step.steps.size()));
        return names.join(u' ');
    }

    ScenarioEditor editor;
    QByteArray saved;
};

Scenario twoSteps()
{
    return {u"Two"_s, {}, {{StepKind::Send, {{u"data"_s, u"x"_s}}, {}}, {StepKind::Wait, {}, {}}}};
}

} // namespace

void ScenariosTest::runsPausesStepsAndStops()
{
    Bench bench;
    publish::RawClient client(bench.publisher.port(), publish::get("/events"));
    QTRY_COMPARE(bench.publisher.clientCount(), 1);
    bench.choose(R"({"do":"send","data":"one"},{"do":"wait","ms":3600000},{"do":"send","data":"two"})");
    bench.trigger(u"Run"_s);
    QTRY_VERIFY(client.body().contains("data: one\n"));
    QTRY_VERIFY2(bench.firstRun().startsWith(u"own → /events\nstep 2"_s), qPrintable(bench.firstRun()));
    bench.trigger(u"Pause"_s);
    QTRY_VERIFY(bench.firstRun().endsWith(u"paused"_s));
    bench.trigger(u"Step"_s);
    QTRY_VERIFY(bench.firstRun().contains(u"step 3"_s) && bench.firstRun().endsWith(u"paused"_s));
    bench.trigger(u"Go on"_s);
    QTRY_VERIFY(client.body().contains("data: two\n"));
    QTRY_VERIFY(bench.firstRun().endsWith(u"ended"_s));
    bench.trigger(u"Run"_s);
    QTRY_COMPARE(bench.page.runs().rowCount(), 2);
    bench.trigger(u"Stop"_s);
    QTRY_VERIFY(bench.firstRun().endsWith(u"ended"_s));
    bench.trigger(u"Clear"_s);
    QCOMPARE(bench.page.runs().rowCount(), 0);
}

void ScenariosTest::playsToOneClient()
{
    Bench bench;
    publish::RawClient first(bench.publisher.port(), publish::get("/events"));
    QTRY_COMPARE(bench.publisher.clientCount(), 1);
    publish::RawClient second(bench.publisher.port(), publish::get("/events"));
    auto *target = bench.page.findChild<QComboBox *>(u"targetBox"_s);
    QTRY_COMPARE(target->count(), 3);
    target->setCurrentIndex(2);
    bench.choose(R"({"do":"send","data":"one"})");
    bench.trigger(u"Run"_s);
    QTRY_VERIFY(second.body().contains("data: one\n"));
    QVERIFY(!first.body().contains("data: one\n"));
    second.socket().abort();
    QTRY_COMPARE(target->count(), 2);
    QCOMPARE(target->currentIndex(), 0);
}

void ScenariosTest::needsARunningPublisher()
{
    Bench bench;
    bench.page.setRunning(false);
    QVERIFY(!actionNamed(bench.page, u"Run"_s)->isEnabled());
    QVERIFY(actionNamed(bench.page, u"Run"_s)->toolTip().contains(u"Start the publisher"_s));
    bench.page.setRunning(true);
    QVERIFY(actionNamed(bench.page, u"Run"_s)->isEnabled());
}

void ScenariosTest::keepsOwnScenariosInAFolder()
{
    QTemporaryDir folder;
    ScenarioLibrary library;
    const QAbstractItemModelTester tester(&library, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const int presets = library.rowCount();
    QVERIFY(presets >= 9);
    QSignalSpy loaded(&library, &ScenarioLibrary::loaded);
    library.useFolder(folder.path());
    QTRY_COMPARE(loaded.size(), 1);
    const QString first = library.add(publish::toJson(publish::Scenario{u"Mine / öne!"_s, {}, {}}));
    const QString second = library.add(publish::toJson(publish::Scenario{u"Mine / öne!"_s, {}, {}}));
    QCOMPARE(first, u"mine-öne.json"_s);
    QVERIFY(second != first);
    library.save(first, publish::toJson({u"Changed"_s, {}, {{StepKind::WaitResume, {}, {}}}}));
    QTRY_COMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
    library.remove(second);
    QTRY_COMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    ScenarioLibrary again;
    again.useFolder(folder.path());
    QTRY_COMPARE(again.rowCount(), presets + 1);
    QCOMPARE(again.find(first)->title, u"Changed"_s);
    QCOMPARE(again.find(first)->scenario->steps.size(), 1U);
    again.save(again.at(0)->key, "{}");
    QVERIFY(again.at(0)->scenario); // presets stay as they are
}

void ScenariosTest::showsFilesThatAreWrong()
{
    Bench bench;
    const QString key = bench.page.library().add("{\n\"weirScenario\": 1, \"steps\": [\n{\"do\": \"fly\"}]}");
    const auto *entry = bench.page.library().find(key);
    QVERIFY(entry && !entry->scenario);
    bench.list()->setCurrentIndex(bench.page.library().index(bench.page.library().rowOf(key)));
    QVERIFY(!actionNamed(bench.page, u"Run"_s)->isEnabled());
    bool isSaid = false;
    for (const auto *label : bench.page.findChildren<QLabel *>())
        isSaid = isSaid || label->text().startsWith(u"line 3, /steps/0/do: "_s);
    QVERIFY(isSaid);
}

void ScenariosTest::editsACopyOfAPreset()
{
    Bench bench;
    const int count = bench.page.library().rowCount();
    bench.list()->setCurrentIndex(bench.page.library().index(0));
    bench.trigger(u"Edit…"_s);
    auto *editor = bench.page.findChild<ScenarioEditor *>();
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(bench.page.library().rowCount(), count + 1);
    auto *name = editor->findChild<QLineEdit *>(u"nameEdit"_s);
    QVERIFY(name->text().endsWith(u"(copy)"_s));
    name->clear();
    QTest::keyClicks(name, u"Renamed"_s);
    QCOMPARE(bench.page.library().at(count)->title, u"Renamed"_s);
    bench.trigger(u"Edit…"_s);
    QCOMPARE(bench.page.findChildren<ScenarioEditor *>().size(), 1);
    bench.trigger(u"Remove"_s);
    QCOMPARE(bench.page.library().rowCount(), count);
    QVERIFY(!bench.page.findChild<ScenarioEditor *>());
}

void ScenariosTest::editsSteps()
{
    Editing editing(twoSteps());
    QVERIFY(editing.field<QPlainTextEdit>("data")->toPlainText() == u"x"_s);
    QTest::keyClicks(editing.field<QPlainTextEdit>("data"), u"y"_s);
    QCOMPARE(editing.scenario().steps[0].values.value(u"data"_s).toString(), u"yx"_s);
    editing.select({1});
    editing.field<QDoubleSpinBox>("ms")->setValue(250);
    editing.field<QComboBox>("how")->setCurrentText(u"random"_s);
    QVERIFY(editing.field<QDoubleSpinBox>("toMs")->isVisible());
    QCOMPARE(numberOf(editing.scenario().steps[1], "ms"), 250.0);
    editing.add(u"Repeat"_s);
    QCOMPARE(editing.kinds(), u"send wait repeat"_s);
    QCOMPARE(editing.field<QDoubleSpinBox>("times")->text(), u"for ever"_s); // not 0
    QVERIFY(editing.editor.document().problem().pointer == u"/steps/2"_s);
    editing.add(u"Send comment"_s);
    QCOMPARE(editing.kinds(), u"send wait repeat(1)"_s);
    QVERIFY(!editing.editor.document().hasProblem());
    editing.trigger(u"Duplicate"_s);
    QCOMPARE(editing.kinds(), u"send wait repeat(2)"_s);
    editing.select({0});
    editing.trigger(u"Move down"_s);
    QCOMPARE(editing.kinds(), u"wait send repeat(2)"_s);
    editing.trigger(u"Move down"_s);
    QCOMPARE(editing.kinds(), u"wait repeat(3)"_s);
    editing.trigger(u"Remove"_s);
    QCOMPARE(editing.kinds(), u"wait repeat(2)"_s);
    const auto reading = publish::readScenario(editing.saved);
    QVERIFY(reading.scenario && *reading.scenario == editing.scenario());
}

void ScenariosTest::undoesAndRedoes()
{
    Editing editing(twoSteps());
    const Scenario before = editing.scenario();
    QTest::keyClicks(editing.field<QPlainTextEdit>("data"), u"abc"_s);
    editing.trigger(u"Remove"_s);
    const Scenario after = editing.scenario();
    auto *undo = actionNamed(editing.editor, u"Undo removal of a step"_s);
    undo->trigger();
    QCOMPARE(editing.kinds(), u"send wait"_s);
    undo->trigger(); // typing in a row is one change
    QCOMPARE(editing.scenario(), before);
    QVERIFY(!undo->isEnabled());
    editing.editor.findChild<QUndoStack *>();
    for (QAction *action : editing.editor.actions()) {
        if (action->iconText().startsWith(u"Redo"_s)) {
            action->trigger();
            action->trigger();
        }
    }
    QCOMPARE(editing.scenario(), after);
}

void ScenariosTest::textAndStepsAreEqual()
{
    Editing editing(twoSteps());
    auto *text = editing.field<QPlainTextEdit>("jsonEdit");
    QCOMPARE(text->toPlainText().toUtf8(), publish::toJson(editing.scenario()));
    QTest::keyClicks(editing.field<QPlainTextEdit>("data"), u"y"_s);
    QCOMPARE(text->toPlainText().toUtf8(), publish::toJson(editing.scenario()));
    const QString edited = text->toPlainText().replace(u"wait"_s, u"waitResume"_s);
    text->setPlainText(edited);
    QTRY_COMPARE(editing.kinds(), u"send waitResume"_s);
    QCOMPARE(text->toPlainText(), edited);
}

void ScenariosTest::keepsAWrongText()
{
    Editing editing(twoSteps());
    auto *text = editing.field<QPlainTextEdit>("jsonEdit");
    const QString wrong = text->toPlainText().replace(u"wait"_s, u"fly"_s);
    text->setPlainText(wrong);
    QTRY_VERIFY(editing.editor.document().hasProblem());
    QCOMPARE(QString::fromUtf8(editing.saved), wrong);
    QCOMPARE(editing.kinds(), u"send wait"_s);
    QVERIFY(!editing.tree()->isEnabled());
    ScenarioEditor again(editing.saved);
    QCOMPARE(again.findChild<QTabWidget *>()->currentIndex(), 1);
    QCOMPARE(again.findChild<QPlainTextEdit *>(u"jsonEdit"_s)->toPlainText(), wrong);
}

void ScenariosTest::formsShowEveryKind()
{
    StepForm form;
    form.show();
    const QSignalSpy edited(&form, &StepForm::edited);
    for (const publish::StepForm &kind : publish::stepForms()) {
        form.setStep({kind.kind, {}, {}});
        for (const publish::StepField &field : kind.fields)
            QVERIFY2(form.findChild<QWidget *>(QLatin1String(field.key)), field.key);
    }
    QCOMPARE(edited.size(), 0);
    form.setStep({StepKind::Raw, {{u"bytes"_s, publish::jsonBytes("a\r\n\xff")}}, {}});
    auto *bytes = form.findChild<QPlainTextEdit *>(u"bytes"_s);
    QVERIFY2(bytes->toPlainText().contains(u"\\xff"_s, Qt::CaseInsensitive), qPrintable(bytes->toPlainText()));
    bytes->setPlainText(u"b\\x00\\r"_s);
    QCOMPARE(edited.last().at(1).toJsonValue().toString(), QString::fromUtf8("b\0\r", 3));
    bytes->setPlainText(u"b\\q"_s);
    QCOMPARE(edited.size(), 1);
}

void ScenariosTest::keepsItsState()
{
    QTemporaryDir folder;
    QByteArray state;
    {
        Bench bench;
        bench.page.library().useFolder(folder.path());
        QSignalSpy loaded(&bench.page.library(), &ScenarioLibrary::loaded);
        QTRY_COMPARE(loaded.size(), 1);
        bench.choose(R"({"do":"waitResume"})");
        state = bench.page.saveState();
        QTRY_COMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }
    Bench bench;
    bench.page.restoreState("nonsense");
    bench.page.restoreState(state);
    bench.page.library().useFolder(folder.path());
    QTRY_COMPARE(bench.list()->currentIndex().data().toString(), u"own"_s);
}

void ScenariosTest::showsDescriptionsWhole()
{
    Bench bench;
    bench.page.resize(290, 240);
    const auto *description = bench.page.findChild<QLabel *>(u"scenarioDescription"_s);
    for (int row = 0; row < bench.page.library().rowCount(); ++row) {
        bench.list()->setCurrentIndex(bench.page.library().index(row));
        QTRY_VERIFY(description->height() >= description->heightForWidth(description->width()));
        QTRY_VERIFY(!description->geometry().intersects(bench.list()->geometry()));
    }
}

QTEST_MAIN(ScenariosTest)
#include "tst_scenarios.moc"
