// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenariojson.h"
#include "publish/scenariosteps.h"
#include "publish/scenariowalk.h"
#include "publish/textpieces.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace weir::publish {

/// Scenario files: reading, writing, the place of an error; and the order in which steps are carried out.
class ScenarioFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void readsDefaults();
    void keepsBytesThatAreNoText();
    void tellsWhereItIsWrong_data();
    void tellsWhereItIsWrong();
    void refusesTooDeepNesting();
    void summarisesEveryKind();
    void walksThroughRepetitions();
    void walksForEver();
    void cutsTextIntoPieces_data();
    void cutsTextIntoPieces();
};

namespace {

Step step(StepKind kind, const QJsonObject &values = {})
{
    return {kind, values, {}};
}

Step repeat(int times, std::vector<Step> steps)
{
    return {StepKind::Repeat, {{u"times"_s, times}}, std::move(steps)};
}

QByteArray fileOf(const QByteArray &steps)
{
    return "{\n  \"weirScenario\": 1,\n  \"name\": \"x\",\n  \"steps\": [\n" + steps + "\n  ]\n}\n";
}

} // namespace

void ScenarioFileTest::readsWhatItWrites_data()
{
    QTest::addColumn<Scenario>("scenario");
    const auto row = [](const char *name, std::vector<Step> steps) {
        QTest::newRow(name) << Scenario{QString::fromLatin1(name), u"line one\nline “two”"_s, std::move(steps)};
    };
    row("no steps", {});
    row("send", {step(StepKind::Send, {{u"type"_s, u"a"_s}, {u"data"_s, u"{\"n\": {{seq}}}\n\u2028"_s}}),
                    step(StepKind::Send, {{u"ids"_s, u"own"_s}, {u"id"_s, u"n-{{seq}}"_s}})});
    row("raw", {step(StepKind::Raw, {{u"bytes"_s, u"data: x\r\r"_s}})});
    row("comment", {step(StepKind::Comment, {{u"text"_s, u"a\nb"_s}})});
    row("pieces", {step(StepKind::Pieces, {{u"text"_s, u"one two"_s}, {u"pieces"_s, u"characters"_s},
                                              {u"data"_s, u"{\"d\":{{piece json}}}"_s}, {u"ms"_s, 1}})});
    row("wait", {step(StepKind::Wait, {{u"ms"_s, 0.5}}),
                    step(StepKind::Wait, {{u"how"_s, u"random"_s}, {u"ms"_s, 1}, {u"toMs"_s, 1}}),
                    step(StepKind::Wait, {{u"how"_s, u"exponential"_s}})});
    row("burst and generate", {step(StepKind::Burst, {{u"count"_s, 5}, {u"rate"_s, 100}}),
                                  step(StepKind::Generate, {{u"rate"_s, 1e6}, {u"spacing"_s, u"random"_s}})});
    row("repeat", {repeat(0, {repeat(2, {step(StepKind::Wait)}), step(StepKind::Send)})});
    row("server", {step(StepKind::Retry, {{u"ms"_s, 10}}), step(StepKind::Drop, {{u"how"_s, u"reset"_s}}),
                      step(StepKind::Silence), step(StepKind::Answer, {{u"status"_s, 204}, {u"connections"_s, 2}}),
                      step(StepKind::WaitClients), step(StepKind::WaitResume)});
}

void ScenarioFileTest::readsWhatItWrites()
{
    QFETCH(Scenario, scenario);
    const QByteArray json = toJson(scenario);
    const ScenarioReading reading = readScenario(json);
    QVERIFY2(reading.scenario, qPrintable(reading.problem.sentence()));
    QCOMPARE(*reading.scenario, scenario);
    QCOMPARE(toJson(*reading.scenario), json);
}

void ScenarioFileTest::readsDefaults()
{
    const auto reading = readScenario(fileOf("{\"do\": \"wait\"}, {\"do\": \"generate\", \"type\": \"t\"}"));
    QVERIFY(reading.scenario);
    QCOMPARE(numberOf(reading.scenario->steps[0], "ms"), 1000.0);
    QCOMPARE(textOf(reading.scenario->steps[0], "how"), u"fixed"_s);
    QCOMPARE(textOf(reading.scenario->steps[1], "data"), u"{{seq}}"_s);
    QCOMPARE(textOf(reading.scenario->steps[1], "type"), u"t"_s);
}

void ScenarioFileTest::keepsBytesThatAreNoText()
{
    const QByteArray bytes("data: \xff\xfe\0\r\n", 11);
    Scenario scenario{u"x"_s, {}, {step(StepKind::Raw, {{u"bytes"_s, jsonBytes(bytes)}})}};
    const auto reading = readScenario(toJson(scenario));
    QVERIFY(reading.scenario);
    QCOMPARE(bytesOf(reading.scenario->steps[0], "bytes"), bytes);
}

void ScenarioFileTest::tellsWhereItIsWrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("word");
    const QByteArray send = "    {\"do\": \"send\"},\n";
    QTest::newRow("no JSON") << QByteArray("{\n\"weirScenario\": 1,\n,}") << 3 << QString() << QString();
    QTest::newRow("empty") << QByteArray() << 1 << QString() << QString();
    QTest::newRow("a list") << QByteArray("[]") << 1 << QString() << u"object"_s;
    QTest::newRow("no version") << QByteArray("{\"steps\": []}") << 1 << u"/weirScenario"_s << u"no scenario"_s;
    QTest::newRow("later version") << QByteArray("{\n\"weirScenario\": 2}") << 2 << u"/weirScenario"_s
                                   << u"version 2"_s;
    QTest::newRow("no steps") << QByteArray("{\"weirScenario\": 1}") << 1 << u"/steps"_s << u"list"_s;
    QTest::newRow("unknown member") << QByteArray("{\"weirScenario\": 1, \"steps\": [],\n\"speed\": 1}") << 2
                                    << u"/speed"_s << u"no such member"_s;
    QTest::newRow("unknown kind") << fileOf(send + "{\"do\": \"fly\"}") << 6 << u"/steps/1/do"_s << u"“fly”"_s;
    QTest::newRow("no kind") << fileOf("{}") << 5 << u"/steps/0/do"_s << u"what to do"_s;
    QTest::newRow("no step") << fileOf(send + "7") << 6 << u"/steps/1"_s << u"object"_s;
    QTest::newRow("unknown value") << fileOf("{\"do\": \"wait\",\n \"sec\": 1}") << 6 << u"/steps/0/sec"_s
                                   << u"member"_s;
    QTest::newRow("text for number") << fileOf("{\"do\": \"wait\",\n \"ms\": \"1\"}") << 6 << u"/steps/0/ms"_s
                                     << u"number"_s;
    QTest::newRow("out of range") << fileOf("{\"do\": \"answer\", \"status\": 99}") << 5 << u"/steps/0/status"_s
                                  << u"200 to 599"_s;
    QTest::newRow("fraction") << fileOf("{\"do\": \"burst\", \"count\": 1.5}") << 5 << u"/steps/0/count"_s
                              << u"whole"_s;
    QTest::newRow("choice") << fileOf("{\"do\": \"drop\", \"how\": \"kick\"}") << 5 << u"/steps/0/how"_s
                            << u"end, reset"_s;
    QTest::newRow("type on two lines") << fileOf("{\"do\": \"send\", \"type\": \"a\\nb\"}") << 5 << u"/steps/0/type"_s
                                       << u"line"_s;
    QTest::newRow("template") << fileOf("{\"do\": \"send\", \"data\": \"{{what}}\"}") << 5 << u"/steps/0/data"_s
                              << u"what"_s;
    QTest::newRow("times") << fileOf("{\"do\": \"wait\", \"how\": \"random\", \"ms\": 9, \"toMs\": 1}") << 5
                           << u"/steps/0/toMs"_s << u"less"_s;
    QTest::newRow("base64") << fileOf("{\"do\": \"raw\", \"bytes\": {\"base64\": \"%%\"}}") << 5 << u"/steps/0/bytes"_s
                            << u"base64"_s;
    QTest::newRow("empty repeat") << fileOf("{\"do\": \"repeat\", \"steps\": []}") << 5 << u"/steps/0"_s
                                  << u"no steps"_s;
    QTest::newRow("nested")
        << fileOf(
               "{\"do\": \"repeat\", \"times\": 2, \"steps\": [\n{\"do\": \"wait\"},\n{\"do\": \"wait\", \"ms\": -1}]}")
        << 7 << u"/steps/0/steps/1/ms"_s << u"from 0"_s;
    QTest::newRow("steps in a send") << fileOf("{\"do\": \"send\", \"steps\": []}") << 5 << u"/steps/0/steps"_s
                                     << u"member"_s;
    QTest::newRow("key like an index") << fileOf("{\"do\": \"wait\", \"a/b~\": [\"}\", {\"\\\"\": 1}],\n\"zz\": 1}")
                                       << 5 << u"/steps/0/a~1b~0"_s << u"member"_s;
}

void ScenarioFileTest::tellsWhereItIsWrong()
{
    QFETCH(QByteArray, json);
    const ScenarioReading reading = readScenario(json);
    QVERIFY(!reading.scenario);
    QTEST(reading.problem.line, "line");
    QTEST(reading.problem.pointer, "pointer");
    QFETCH(QString, word);
    QVERIFY2(reading.problem.sentence().contains(word), qPrintable(reading.problem.sentence()));
    QVERIFY(reading.problem.sentence().startsWith(u"line "_s));
}

void ScenarioFileTest::refusesTooDeepNesting()
{
    Step inner = step(StepKind::Wait);
    for (int i = 0; i < 40; ++i)
        inner = repeat(1, {inner});
    const auto reading = readScenario(toJson({u"x"_s, {}, {inner}}));
    QVERIFY(!reading.scenario);
    QVERIFY(reading.problem.text.contains(u"deep"_s));
}

void ScenarioFileTest::summarisesEveryKind()
{
    for (const StepForm &form : stepForms()) {
        QVERIFY(!label(form).isEmpty());
        QCOMPARE(formNamed(QString::fromLatin1(form.name)), &form);
        QCOMPARE(summary(step(form.kind)).contains(u'\n'), false);
        for (const StepField &field : form.fields)
            QVERIFY2(!label(field).isEmpty(), field.key);
    }
    QCOMPARE(summary(step(StepKind::Wait, {{u"ms"_s, 1500}})), u"1.5 s"_s);
    QCOMPARE(summary(repeat(3, {})), u"3 ×"_s);
}

void ScenarioFileTest::walksThroughRepetitions()
{
    const Scenario scenario{u"x"_s, {},
        {step(StepKind::Send), repeat(2, {step(StepKind::Wait), repeat(2, {step(StepKind::Comment)})}),
            step(StepKind::Drop)}};
    QStringList seen;
    ScenarioWalk walk(scenario);
    for (; walk.current(); walk.advance()) {
        QString at = QString::fromLatin1(formOf(walk.current()->kind).name);
        for (const int index : walk.path())
            at += u' ' + QString::number(index);
        for (const quint64 round : walk.rounds())
            at += u" #"_s + QString::number(round);
        seen << at;
    }
    QCOMPARE(seen.join(u", "_s), u"send 0, wait 1 0 #1, comment 1 1 0 #1 #1, comment 1 1 0 #1 #2, "_s
                                 u"wait 1 0 #2, comment 1 1 0 #2 #1, comment 1 1 0 #2 #2, drop 2"_s);
    QVERIFY(walk.path().isEmpty());
}

void ScenarioFileTest::walksForEver()
{
    const Scenario scenario{u"x"_s, {}, {repeat(0, {step(StepKind::Wait)})}};
    ScenarioWalk walk(scenario);
    for (int i = 0; i < 10'000; ++i)
        walk.advance();
    QCOMPARE(walk.rounds(), QList<quint64>{10'001});
    const Scenario empty;
    QVERIFY(!ScenarioWalk(empty).current());
}

void ScenarioFileTest::cutsTextIntoPieces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QStringList>("pieces");
    QTest::newRow("words") << u"a weir, is"_s << u"words"_s << QStringList{u"a"_s, u" weir,"_s, u" is"_s};
    QTest::newRow("spaces") << u" a\n\n b "_s << u"words"_s << QStringList{u" a"_s, u"\n\n b"_s, u" "_s};
    QTest::newRow("long word") << u"abcdefghij"_s << u"words"_s << QStringList{u"abcde"_s, u"fghij"_s};
    QTest::newRow("characters") << u"ö👨‍👩‍👧!"_s << u"characters"_s
                                << QStringList{u"ö"_s, u"👨‍👩‍👧"_s, u"!"_s};
    QTest::newRow("lines") << u"a\n\nb"_s << u"lines"_s << QStringList{u"a\n"_s, u"\n"_s, u"b"_s};
    QTest::newRow("nothing") << QString() << u"words"_s << QStringList();
}

void ScenarioFileTest::cutsTextIntoPieces()
{
    QFETCH(QString, text);
    QFETCH(QString, how);
    const QStringList pieces = textPieces(text, how);
    QCOMPARE(pieces.join(QString()), text);
    QTEST(pieces, "pieces");
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ScenarioFileTest)
#include "tst_scenariofile.moc"
