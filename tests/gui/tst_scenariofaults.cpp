// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inlinenote.h"
#include "gui/scenarioeditor.h"
#include "publish/faultplan.h"
#include "publish/scenariojson.h"
#include "publish/scenariosteps.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace weir;
using namespace weir::gui;
using publish::Fault;
using publish::FaultPlan;
using publish::Scenario;
using publish::StepKind;

// The step that sets faults, in the editor of scenarios.
class ScenarioFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support (propagateSizeHints|raise))"_s));
    }

    void choosesFaultsByName();
    void showsWhatTheTextSays();
    void keepsThePlanWhileTheSwitchesContradict();
    void namesTheFaultsInTheList();
};

namespace {

QJsonObject objectOf(const FaultPlan &plan)
{
    return QJsonDocument::fromJson(plan.toJson()).object();
}

struct Editing
{
    explicit Editing(const FaultPlan &plan)
        : editor(publish::toJson(Scenario{u"Faulty"_s, {}, {{StepKind::Faults, {{u"faults"_s, objectOf(plan)}}, {}}}}))
    {
        editor.show();
    }

    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return editor.findChild<Widget *>(name);
    }
    FaultPlan plan() const
    {
        QString error;
        const auto object = editor.document().scenario().steps[0].values.value("faults"_L1).toObject();
        return FaultPlan::fromJson(QJsonDocument(object).toJson(), &error).value_or(FaultPlan());
    }

    ScenarioEditor editor;
};

} // namespace

void ScenarioFaultsTest::choosesFaultsByName()
{
    Editing editing({});
    auto *find = editing.find<QLineEdit>(u"findFaultEdit"_s);
    find->setText(u"split"_s);
    auto *split = editing.find<QCheckBox>(u"splitAtBox"_s);
    QVERIFY(split->isVisible());
    split->click();
    editing.find<QSpinBox>(u"splitAt_byte"_s)->setValue(3);
    find->setText(u"line ends"_s);
    editing.find<QCheckBox>(u"lineEndsBox"_s)->click();
    editing.find<QComboBox>(u"lineEnds_ends"_s)->setCurrentText(u"cr"_s);
    QCOMPARE(editing.plan(),
        FaultPlan().with(Fault::SplitAt, {{u"byte"_s, 3}}).with(Fault::LineEnds, {{u"ends"_s, u"cr"_s}}));
    editing.find<QDoubleSpinBox>(u"connections"_s)->setValue(4);
    QCOMPARE(numberOf(editing.editor.document().scenario().steps[0], "connections"), 4.0);
    QVERIFY(!editing.editor.document().hasProblem());
}

void ScenarioFaultsTest::showsWhatTheTextSays()
{
    Editing editing(FaultPlan().with(Fault::Bom));
    QVERIFY(editing.find<QCheckBox>(u"bomBox"_s)->isChecked());
    QVERIFY(editing.find<QCheckBox>(u"bomBox"_s)->isVisible());
    auto *text = editing.find<QPlainTextEdit>(u"jsonEdit"_s);
    text->setPlainText(text->toPlainText().replace(u"\"bom\":{}"_s, u"\"oneByte\":{\"pauseMs\":5}"_s));
    QTRY_VERIFY(editing.find<QCheckBox>(u"oneByteBox"_s)->isChecked());
    QCOMPARE(editing.find<QSpinBox>(u"oneByte_pauseMs"_s)->value(), 5);
    QVERIFY(!editing.find<QCheckBox>(u"bomBox"_s)->isChecked());
}

void ScenarioFaultsTest::keepsThePlanWhileTheSwitchesContradict()
{
    Editing editing(FaultPlan().with(Fault::Silence));
    editing.find<QCheckBox>(u"halfCloseBox"_s)->click();
    QCOMPARE(editing.plan(), FaultPlan().with(Fault::Silence));
    bool isSaid = false;
    for (const auto *note : editing.editor.findChildren<InlineNote *>())
        isSaid = isSaid || (note->isVisible() && note->text().contains(u"Half-close"_s));
    QVERIFY(isSaid);
    editing.find<QCheckBox>(u"silenceBox"_s)->click();
    QCOMPARE(editing.plan(), FaultPlan().with(Fault::HalfClose));
}

void ScenarioFaultsTest::namesTheFaultsInTheList()
{
    const Editing editing(FaultPlan().with(Fault::Bom).with(Fault::SplitAt, {{u"byte"_s, 3}}));
    const auto *tree = editing.find<QTreeView>(u"stepTree"_s);
    const QString summary = tree->model()->index(0, 1).data().toString();
    QVERIFY2(summary.contains(u"Byte order mark"_s) && summary.contains(u"Split at a byte 3"_s), qPrintable(summary));
}

QTEST_MAIN(ScenarioFaultsTest)
#include "tst_scenariofaults.moc"
