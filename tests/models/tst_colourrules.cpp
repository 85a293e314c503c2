// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/colourrulefile.h"
#include "models/colourrules.h"
#include "support/eventstream.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

// Colour rules: which holds for an event, and the file that they are kept in.
class ColourRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void coloursByTheFirstThatMatches();
    void leavesOutWhatIsOffOrWrong();
    void forgetsAnswersWhenRulesChange();
    void followsNewNames();
    void suggestsRulesThatAreOff();
    void writesAndReadsFiles();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void loadsWhatIsRight();
};

namespace {

struct Bench
{
    Bench()
        : rules(streams.log.clock())
    {}

    int colour(std::uint64_t number) const { return rules.colourFor(streams.log.snapshot().at({number})); }

    test::EventStreams streams;
    ColourRules rules;
};

ColourRule rule(const QString &expression, int colour, bool isOn = true)
{
    return {expression, expression, colour, isOn};
}

} // namespace

void ColourRulesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void ColourRulesTest::coloursByTheFirstThatMatches()
{
    Bench bench;
    bench.streams.feed(1, "data: red\n\ndata: red green\n\ndata: green\n\ndata: none\n\n");
    bench.rules.setRules({rule(u"red"_s, 1), rule(u"green"_s, 4)});
    QCOMPARE(bench.colour(1), 1);
    QCOMPARE(bench.colour(2), 1);
    QCOMPARE(bench.colour(3), 4);
    QCOMPARE(bench.colour(4), 0);
    bench.rules.setRules({rule(u"green"_s, 4), rule(u"red"_s, 1)});
    QCOMPARE(bench.colour(2), 4);
}

void ColourRulesTest::leavesOutWhatIsOffOrWrong()
{
    Bench bench;
    bench.streams.feed(1, "data: x\n\n");
    bench.rules.setRules({rule(u"x"_s, 1, false), rule(u"x and ("_s, 2), rule(u" "_s, 3), rule(u"x"_s, 4)});
    QCOMPARE(bench.colour(1), 4);
    QCOMPARE(bench.rules.ruleFor(bench.streams.log.snapshot().at({1})), 3);
}

void ColourRulesTest::forgetsAnswersWhenRulesChange()
{
    Bench bench;
    bench.streams.feed(1, "data: x\n\n");
    QSignalSpy changed(&bench.rules, &ColourRules::changed);
    bench.rules.setRules({rule(u"x"_s, 1)});
    QCOMPARE(bench.colour(1), 1);
    bench.rules.setRules({rule(u"x"_s, 5)});
    QCOMPARE(bench.colour(1), 5);
    QCOMPARE(changed.size(), 2);
    bench.rules.setRules({rule(u"x"_s, 5)});
    QCOMPARE(changed.size(), 2);
}

void ColourRulesTest::followsNewNames()
{
    Bench bench;
    bench.streams.feed(1, "data: x\n\n");
    bench.rules.setRules({rule(u"source:prices"_s, 6)});
    QCOMPARE(bench.colour(1), 0);
    bench.rules.setSources({{{1}, {u"prices"_s, 0, true}}});
    QCOMPARE(bench.colour(1), 6);
}

void ColourRulesTest::suggestsRulesThatAreOff()
{
    for (const auto &rule : suggestedColourRules()) {
        QVERIFY(!rule.isOn);
        QVERIFY(filter::Filter::compile(rule.expression.toStdString()));
        QVERIFY(rule.colour >= 1 && rule.colour <= ruleColourCount);
    }
}

void ColourRulesTest::writesAndReadsFiles()
{
    QList<ColourRule> rules;
    for (int colour = 1; colour <= ruleColourCount; ++colour)
        rules << ColourRule{u"Name \"%1\" ü"_s.arg(colour), u"type:\"a b\" or x"_s, colour, colour % 2 == 0};
    const auto read = colourRulesFromJson(colourRulesToJson(rules));
    QVERIFY(read.isReadable);
    QVERIFY2(read.problems.isEmpty(), qPrintable(read.problems.join(u' ')));
    QCOMPARE(read.rules, rules);
}

void ColourRulesTest::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no JSON") << QByteArray("{\n\"rules\": [\nnope]}") << u"Line 3:"_s;
    QTest::newRow("empty") << QByteArray() << u"Line 1:"_s;
    QTest::newRow("something else") << QByteArray("{\"rules\": []}") << u"no colour rules of Weir"_s;
    QTest::newRow("a list") << QByteArray("[1]") << u"no colour rules of Weir"_s;
    QTest::newRow("newer") << QByteArray("{\"weirColourRules\": 2, \"rules\": []}") << u"newer Weir"_s;
}

void ColourRulesTest::saysWhatIsWrongWithAFile()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, problem);
    const auto read = colourRulesFromJson(json);
    QVERIFY(!read.isReadable);
    QVERIFY2(read.problems.value(0).contains(problem), qPrintable(read.problems.value(0)));
}

void ColourRulesTest::loadsWhatIsRight()
{
    const auto read = colourRulesFromJson(R"({"weirColourRules": 1, "rules": [
        {"name": "a", "expression": "a", "colour": "blue", "on": true},
        7,
        {"name": "no expression"},
        {"name": "b", "expression": "b and (", "colour": "green", "on": true},
        {"name": "c", "expression": "c", "colour": "mauve", "on": true}]})");
    QVERIFY(read.isReadable);
    QCOMPARE(read.rules.size(), 3);
    QCOMPARE(read.rules[0].colour, 6);
    QVERIFY(read.rules[0].isOn);
    QVERIFY(!read.rules[1].isOn);
    QCOMPARE(read.rules[1].expression, u"b and ("_s);
    QCOMPARE(read.rules[2].colour, 3);
    QCOMPARE(read.problems.size(), 4);
    QVERIFY(read.problems[0].startsWith(u"Rule 2:"_s));
    QVERIFY(read.problems[3].contains(u"mauve"_s));
}

QTEST_GUILESS_MAIN(ColourRulesTest)
#include "tst_colourrules.moc"
