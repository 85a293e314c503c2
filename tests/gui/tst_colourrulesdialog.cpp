// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/colourrulesdialog.h"
#include "gui/colourrulesettings.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/rowcolours.h"
#include "support/eventstream.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using models::ColourRule;

// Editing the rules by which rows are coloured.
class ColourRulesDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void coloursRowsOnApply();
    void changesNothingOnCancel();
    void checksWhileTyping();
    void addsMovesAndRemoves();
    void switchesRules();
    void offersSuggestionsOnce();
    void exportsAndImports();
    void loadsWhatIsRightOfABadFile();
    void keepsRulesBetweenSessions();
};

namespace {

struct Bench
{
    explicit Bench(const QList<ColourRule> &begin = {})
        : rules(streams.log.clock())
    {
        rules.setRules(begin);
        dialog = new ColourRulesDialog(rules);
        dialog->open();
    }
    ~Bench() { delete dialog; }

    template <typename T>
    T *child(const char *name) const
    {
        return dialog->findChild<T *>(QLatin1String(name));
    }
    void press(const char *button) const { child<QPushButton>(button)->click(); }
    void press(QDialogButtonBox::StandardButton button) const
    {
        child<QDialogButtonBox>("buttonBox")->button(button)->click();
    }
    QListWidget *list() const { return child<QListWidget>("ruleList"); }
    QLineEdit *expression() const { return child<QLineEdit>("expressionEdit"); }
    QString note(const char *name) const { return child<QLabel>(name)->text(); }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < list()->count(); ++row)
            names << list()->item(row)->text();
        return names;
    }

    test::EventStreams streams;
    models::ColourRules rules;
    QPointer<ColourRulesDialog> dialog;
};

const QList<ColourRule> three = {
    {u"a"_s, u"alpha"_s, 1, true}, {u"b"_s, u"beta"_s, 4, true}, {u"c"_s, u"x"_s, 6, false}};

} // namespace

void ColourRulesDialogTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support (propagateSizeHints|raise))"_s));
}

void ColourRulesDialogTest::coloursRowsOnApply()
{
    Bench bench;
    models::LogFeed feed(bench.streams.log);
    EventPane pane(feed);
    pane.setColourRules(bench.rules);
    pane.resize(900, 400);
    pane.show();
    bench.streams.feedEvents(1, 3);
    QTRY_COMPARE(pane.eventModel()->rowCount(), 3);
    const auto paper = [&] {
        const auto rect = pane.view()->visualRect(pane.eventModel()->index(1, 0));
        return pane.view()->viewport()->grab().toImage().pixelColor(rect.right() - 8, rect.top() + 1);
    };
    bench.press("addRuleButton");
    QTest::keyClicks(bench.expression(), u"\"event 1\""_s);
    bench.child<QComboBox>("colourBox")->setCurrentIndex(3);
    const auto plain = paper();
    bench.press(QDialogButtonBox::Apply);
    QTRY_COMPARE(paper(), rowColours(4, pane.palette()).background);
    QVERIFY(plain != paper());
    bench.list()->item(0)->setCheckState(Qt::Unchecked);
    bench.press(QDialogButtonBox::Ok);
    QTRY_VERIFY(paper() != rowColours(4, pane.palette()).background);
}

void ColourRulesDialogTest::changesNothingOnCancel()
{
    Bench bench(three);
    QSignalSpy applied(bench.dialog, &ColourRulesDialog::applied);
    bench.press("removeRuleButton");
    bench.press(QDialogButtonBox::Cancel);
    QCOMPARE(bench.rules.rules(), three);
    QCOMPARE(applied.size(), 0);
}

void ColourRulesDialogTest::checksWhileTyping()
{
    Bench bench(three);
    bench.expression()->clear();
    QTest::keyClicks(bench.expression(), u"a and ("_s);
    QVERIFY2(bench.note("expressionNote").contains(u"Character 8"_s), qPrintable(bench.note("expressionNote")));
    QVERIFY(!bench.list()->item(0)->icon().isNull());
    QTest::keyClicks(bench.expression(), u"b)"_s);
    QVERIFY(bench.note("expressionNote").contains(u"understood"_s));
    QVERIFY(bench.list()->item(0)->icon().isNull());
}

void ColourRulesDialogTest::addsMovesAndRemoves()
{
    Bench bench(three);
    QVERIFY(!bench.child<QPushButton>("moveUpButton")->isEnabled());
    bench.press("moveDownButton");
    QCOMPARE(bench.names(), (QStringList{u"b"_s, u"a"_s, u"c"_s}));
    QCOMPARE(bench.list()->currentRow(), 1);
    bench.press("removeRuleButton");
    QCOMPARE(bench.names(), (QStringList{u"b"_s, u"c"_s}));
    QCOMPARE(bench.expression()->text(), u"x"_s);
    bench.press("addRuleButton");
    bench.child<QLineEdit>("nameEdit")->setText(u"d"_s);
    bench.press("moveUpButton");
    bench.press(QDialogButtonBox::Ok);
    QCOMPARE(bench.rules.rules().size(), 3);
    QCOMPARE(bench.rules.rules()[1].name, u"d"_s);
}

void ColourRulesDialogTest::switchesRules()
{
    Bench bench(three);
    bench.list()->item(0)->setCheckState(Qt::Unchecked);
    bench.list()->item(2)->setCheckState(Qt::Checked);
    bench.press(QDialogButtonBox::Ok);
    QVERIFY(!bench.rules.rules()[0].isOn);
    QVERIFY(bench.rules.rules()[1].isOn);
    QVERIFY(bench.rules.rules()[2].isOn);
}

void ColourRulesDialogTest::offersSuggestionsOnce()
{
    Bench bench;
    bench.press("suggestButton");
    const auto count = bench.list()->count();
    QCOMPARE(count, static_cast<int>(models::suggestedColourRules().size()));
    bench.press("suggestButton");
    QCOMPARE(bench.list()->count(), count);
}

void ColourRulesDialogTest::exportsAndImports()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"rules.json"_s);
    {
        Bench bench(three);
        bench.dialog->exportFile(path);
        QTRY_VERIFY(bench.note("fileNote").contains(u"Exported"_s));
    }
    Bench other;
    other.dialog->importFile(path);
    QTRY_COMPARE(other.names(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    QVERIFY(other.note("fileNote").contains(u"imported: 3"_s));
    other.press(QDialogButtonBox::Ok);
    QCOMPARE(other.rules.rules(), three);
}

void ColourRulesDialogTest::loadsWhatIsRightOfABadFile()
{
    const QTemporaryDir folder;
    const auto write = [&](const QByteArray &bytes) {
        QFile file(folder.filePath(u"rules.json"_s));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    };
    Bench bench;
    bench.dialog->importFile(write(R"({"weirColourRules": 1, "rules": [{"name": "good", "expression": "g",
        "colour": "red"}, {"name": "no expression"}]})"));
    QTRY_COMPARE(bench.names(), QStringList{u"good"_s});
    QVERIFY2(bench.note("fileNote").contains(u"Rule 2"_s), qPrintable(bench.note("fileNote")));
    bench.dialog->importFile(write("{\"rules\":\n["));
    QTRY_VERIFY(bench.note("fileNote").contains(u"Line 2"_s));
    QCOMPARE(bench.list()->count(), 1);
    bench.dialog->importFile(folder.filePath(u"missing"_s));
    QTRY_VERIFY(bench.note("fileNote").contains(u"cannot be imported"_s));
    bench.dialog->exportFile(u"/proc/none/rules.json"_s);
    QTRY_VERIFY(bench.note("fileNote").contains(u"cannot be written"_s));
}

void ColourRulesDialogTest::keepsRulesBetweenSessions()
{
    const QTemporaryDir home;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    QCOMPARE(loadColourRules(), models::suggestedColourRules());
    saveColourRules(three);
    QThreadPool::globalInstance()->waitForDone();
    QCOMPARE(loadColourRules(), three);
}

QTEST_MAIN(ColourRulesDialogTest)
#include "tst_colourrulesdialog.moc"
