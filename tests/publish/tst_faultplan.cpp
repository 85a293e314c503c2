// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultcatalogue.h"
#include "publish/faulttext.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// What a plan of faults is, says, and refuses.
class FaultPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsOfEveryFault();
    void hasItsParameters();
    void survivesAFile();
    void refusesWhatItDidNotWrite_data();
    void refusesWhatItDidNotWrite();
    void refusesContradictions_data();
    void refusesContradictions();
    void knowsWhatCannotBeginLive();
    void hasPresetsThatHold();
    void keepsMixedLineEndsApart();
};

void FaultPlanTest::tellsOfEveryFault()
{
    QSet<QString> names;
    for (const FaultInfo &info : faultCatalogue()) {
        QVERIFY2(!names.contains(QString::fromLatin1(info.name)), info.name);
        names.insert(QString::fromLatin1(info.name));
        QVERIFY2(!info.shownTitle().isEmpty(), info.name);
        QVERIFY2(info.shownEffect().endsWith(u'.') && info.shownAnswer().endsWith(u'.'), info.name);
        QCOMPARE(findFault(QString::fromLatin1(info.name)), &info);
        QCOMPARE(&infoOf(info.fault), &info);
    }
    QCOMPARE(names.size(), 29);
    QVERIFY(!findFault(u"nothing"_s));
}

void FaultPlanTest::hasItsParameters()
{
    FaultPlan plan;
    QCOMPARE(plan.set(Fault::SplitAt), QString());
    QCOMPARE(plan.number(Fault::SplitAt, "byte"), 7);
    QCOMPARE(plan.set(Fault::SplitAt, {{u"byte"_s, 3}}), QString());
    QCOMPARE(plan.number(Fault::SplitAt, "byte"), 3);
    QCOMPARE(plan.set(Fault::SplitAt, {{u"byte"_s, 0}}),
        u"In “splitAt”: “byte” must be a whole number from 1 to 1073741824."_s);
    QCOMPARE(
        plan.set(Fault::LineEnds, {{u"ends"_s, u"lf"_s}}), u"In “lineEnds”: “ends” must be one of: crlf, cr, mixed."_s);
    QCOMPARE(plan.set(Fault::ContentType, {{u"type"_s, u"a\r\nX: y"_s}}),
        u"In “contentType”: “type” must be one line of 1 to 200 characters."_s);
    QCOMPARE(plan.set(Fault::Bom, {{u"n"_s, 1}}), u"In “bom”: there is no parameter “n”."_s);
    QCOMPARE(plan.number(Fault::SplitAt, "byte"), 3);
    QCOMPARE(plan.summary(), u"Split at a byte 3"_s);
    plan.remove(Fault::SplitAt);
    QVERIFY(plan.isEmpty());
}

void FaultPlanTest::survivesAFile()
{
    FaultPlan plan;
    for (const FaultInfo &info : faultCatalogue()) {
        QString error;
        const FaultPlan one = FaultPlan().with(info.fault);
        QCOMPARE(FaultPlan::fromJson(one.toJson(), &error), std::optional(one));
        QCOMPARE(error, QString());
    }
    plan.with(Fault::LineEnds, {{u"ends"_s, u"mixed"_s}}).with(Fault::Drip, {{u"bytesPerSecond"_s, 5}});
    QCOMPARE(plan.toJson(), QByteArray(R"({"drip":{"bytesPerSecond":5},"lineEnds":{"ends":"mixed"}})"));
}

void FaultPlanTest::refusesWhatItDidNotWrite_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    QTest::newRow("not JSON") << QByteArray("{\"bom\":") << u"The fault plan is not valid JSON at byte 7: *"_s;
    QTest::newRow("array") << QByteArray("[]") << u"A fault plan must be a JSON object."_s;
    QTest::newRow("unknown") << QByteArray(R"({"bomb":{}})") << u"There is no fault “bomb”."_s;
    QTest::newRow("no object") << QByteArray(R"({"bom":true})") << u"“bom” must be a JSON object of parameters."_s;
    QTest::newRow("fraction") << QByteArray(R"({"splitAt":{"byte":1.5}})")
                              << u"In “splitAt”: “byte” must be a whole number from 1 to 1073741824."_s;
    QTest::newRow("text for number") << QByteArray(R"({"splitAt":{"byte":"1"}})")
                                     << u"In “splitAt”: “byte” must be a whole number from 1 to 1073741824."_s;
    QTest::newRow("contradiction") << QByteArray(R"({"silence":{},"halfClose":{}})")
                                   << u"“Silence” and “Half-close” cannot go together: *"_s;
}

void FaultPlanTest::refusesWhatItDidNotWrite()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, message);
    QString error;
    QVERIFY(!FaultPlan::fromJson(json, &error));
    const auto pattern = QRegularExpression::fromWildcard(message);
    QVERIFY2(pattern.match(error).hasMatch(), qPrintable(error));
}

void FaultPlanTest::refusesContradictions_data()
{
    QTest::addColumn<FaultPlan>("plan");
    QTest::addColumn<bool>("holds");
    const auto pair = [](Fault one, Fault other) { return FaultPlan().with(one).with(other); };
    QTest::newRow("two endings") << pair(Fault::CutInEvent, Fault::ResetInEvent) << false;
    QTest::newRow("no stream") << pair(Fault::Status, Fault::OneByte) << false;
    QTest::newRow("status 200") << FaultPlan().with(Fault::Status, {{u"status"_s, 200}}).with(Fault::OneByte) << true;
    QTest::newRow("late status") << pair(Fault::Status, Fault::HeadDelay) << true;
    QTest::newRow("loop") << pair(Fault::RedirectLoop, Fault::Bom) << false;
    QTest::newRow("late loop") << pair(Fault::RedirectLoop, Fault::HeadDelay) << true;
    QTest::newRow("chain, then all else") << pair(Fault::Redirect, Fault::Silence).with(Fault::Bom) << true;
    QTest::newRow("types") << pair(Fault::ContentType, Fault::NoContentType) << false;
    QTest::newRow("split twice") << pair(Fault::OneByte, Fault::SplitAt) << false;
    QTest::newRow("split compressed") << pair(Fault::GzipUnflushed, Fault::SplitCharacter) << false;
    QTest::newRow("compressed bytes") << pair(Fault::GzipTruncated, Fault::OneByte) << true;
    QTest::newRow("no LF") << pair(Fault::SplitLineEnd, Fault::LineEnds).with(Fault::LineEnds, {{u"ends"_s, u"cr"_s}})
                           << false;
    QTest::newRow("chunks with length") << pair(Fault::BadChunkSize, Fault::LengthTooShort) << false;
    QTest::newRow("text") << pair(Fault::NulInId, Fault::BadRetry).with(Fault::InvalidUtf8).with(Fault::LineEnds)
                          << true;
}

void FaultPlanTest::refusesContradictions()
{
    QFETCH(FaultPlan, plan);
    QFETCH(bool, holds);
    QCOMPARE(plan.contradiction().isEmpty(), holds);
}

void FaultPlanTest::knowsWhatCannotBeginLive()
{
    QCOMPARE(FaultPlan().with(Fault::OneByte).liveObstacle(), QString());
    QCOMPARE(FaultPlan().with(Fault::Bom).liveObstacle(),
        u"“Byte order mark” is about how a response begins: it can only be set for connections to come."_s);
    QVERIFY(!FaultPlan().with(Fault::GzipUnflushed).liveObstacle().isEmpty());
    QVERIFY(!FaultPlan().with(Fault::Status).liveObstacle().isEmpty());
}

void FaultPlanTest::hasPresetsThatHold()
{
    QVERIFY(faultPresets().size() > 5);
    for (const FaultPreset &preset : faultPresets()) {
        QVERIFY(!preset.title.isEmpty() && !preset.plan.isEmpty());
        QCOMPARE(preset.plan.contradiction(), QString());
    }
}

void FaultPlanTest::keepsMixedLineEndsApart()
{
    FaultText text(FaultPlan().with(Fault::LineEnds, {{u"ends"_s, u"mixed"_s}}));
    QByteArray all;
    for (int i = 0; i < 30; ++i)
        all += text.apply("data: x\n\n").bytes;
    // Read as the standard says: 30 lines, each followed by an empty one.
    const QByteArray unified = QByteArray(all).replace("\r\n", "\n").replace('\r', '\n');
    QCOMPARE(unified, QByteArray("data: x\n\n").repeated(30));
    QVERIFY(all.contains("x\r\n") && all.contains("x\n") && all.contains("x\r\r"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultPlanTest)
#include "tst_faultplan.moc"
