// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alignment.h"
#include "models/difference.h"
#include "models/heldevent.h"
#include "support/eventstream.h"

#include <QRandomGenerator>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

class DifferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void comparesJson_data();
    void comparesJson();
    void mindsKeyOrderIfAsked();
    void pairsWhatArraysHaveInCommon();
    void tellsEqualNumbersFromChangedOnes();
    void comparesText();
    void marksWordsInLines();
    void leavesEqualLinesOut();
    void saysWhyItComparesText();
    void showsWhereLongValuesDiffer();
    void givesUpWhatDiffersTooMuch();
    void listsNoMoreThanItsLimit();
    void alignsAsWellAsThePlainAlgorithm();
    void findsThePreviousOfTheSameKind();
    void saysWhenItGaveUpLooking();
};

namespace {

/// `~ data.a: 1 > 2`, one row a line.
QStringList texts(const Difference &difference)
{
    QStringList lines;
    for (const auto &row : difference.rows) {
        const QChar sign = u" +-~"[int(row.change)];
        lines += u"%1 %2: %3 > %4"_s.arg(sign).arg(row.place, row.before, row.after);
    }
    return lines;
}

QString marked(const QString &line, const std::vector<TextSpan> &spans)
{
    QStringList words;
    for (const auto &span : spans)
        words += line.mid(span.begin, span.length);
    return words.join(u'|');
}

std::vector<std::uint64_t> randomSymbols(QRandomGenerator &random, int most)
{
    std::vector<std::uint64_t> symbols(static_cast<std::size_t>(random.bounded(most)));
    for (auto &symbol : symbols)
        symbol = random.bounded(4U);
    return symbols;
}

std::size_t longestCommon(const std::vector<std::uint64_t> &a, const std::vector<std::uint64_t> &b)
{
    std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j)
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
    }
    return table[a.size()][b.size()];
}

} // namespace

void DifferenceTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void DifferenceTest::comparesJson_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("equal") << QByteArray(R"({"a":1,"b":[1,2]})") << QByteArray(R"( {"b": [1, 2], "a":1 } )")
                           << QStringList();
    QTest::newRow("changed") << QByteArray(R"({"a":1,"b":{"c":"x"}})") << QByteArray(R"({"a":1,"b":{"c":"y"}})")
                             << QStringList{uR"(~ data.b.c: "x" > "y")"_s};
    QTest::newRow("added") << QByteArray(R"({})") << QByteArray(R"({"a":null})") << QStringList{u"+ data.a:  > null"_s};
    QTest::newRow("removed") << QByteArray(R"({"a":{"b":1}})") << QByteArray(R"({})")
                             << QStringList{uR"(- data.a: {"b":1} > )"_s};
    QTest::newRow("other type") << QByteArray(R"({"a":1})") << QByteArray(R"({"a":"1"})")
                                << QStringList{uR"(~ data.a: 1 > "1")"_s};
    QTest::newRow("last digit") << QByteArray(R"({"a":12345678901234567890})")
                                << QByteArray(R"({"a":12345678901234567891})")
                                << QStringList{u"~ data.a: 12345678901234567890 > 12345678901234567891"_s};
    QTest::newRow("equal keys") << QByteArray(R"({"a":1,"a":2})") << QByteArray(R"({"a":1,"a":3,"a":4})")
                                << QStringList{u"~ data.a: 2 > 3"_s, u"+ data.a:  > 4"_s};
    QTest::newRow("single values") << QByteArray("1") << QByteArray("2") << QStringList{u"~ data: 1 > 2"_s};
}

void DifferenceTest::comparesJson()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QStringList, rows);
    const auto difference = differenceOf(before.toStdString(), after.toStdString(), {});
    QVERIFY(difference.isJson);
    QCOMPARE(texts(difference), rows);
    QCOMPARE(difference.added + difference.removed + difference.changed, std::size_t(rows.size()));
}

void DifferenceTest::mindsKeyOrderIfAsked()
{
    const std::string_view before = R"({"a":{"x":1,"y":2}})";
    const std::string_view after = R"({"a":{"y":2,"x":1}})";
    QVERIFY(differenceOf(before, after, {}).rows.empty());
    const auto difference = differenceOf(before, after, {.ignoresKeyOrder = false});
    QCOMPARE(difference.rows.size(), std::size_t(1));
    QCOMPARE(difference.rows[0].place, u"data.a"_s);
    QVERIFY(!difference.rows[0].remark.isEmpty());
}

void DifferenceTest::pairsWhatArraysHaveInCommon()
{
    QCOMPARE(texts(differenceOf("[1,2,3,4]", "[0,1,2,{\"a\":1},4]", {})),
        (QStringList{u"+ data[0]:  > 0"_s, u"~ data[3]: 3 > {\"a\":1}"_s}));
    QCOMPARE(texts(differenceOf("[{\"a\":1,\"b\":1},5]", "[{\"a\":2,\"b\":1},5]", {})),
        (QStringList{u"~ data[0].a: 1 > 2"_s}));
    QCOMPARE(texts(differenceOf("[1,2,3]", "[1,3]", {})), (QStringList{u"- data[1]: 2 > "_s}));
}

void DifferenceTest::tellsEqualNumbersFromChangedOnes()
{
    const auto difference = differenceOf(R"({"a":1.10,"b":"é"})", R"({"a":1.1,"b":"\u00e9"})", {});
    QCOMPARE(difference.rows.size(), std::size_t(2));
    QCOMPARE(difference.rows[0].before, u"1.10"_s);
    QVERIFY(!difference.rows[0].remark.isEmpty());
    QVERIFY(!difference.rows[1].remark.isEmpty());
    QVERIFY(differenceOf("[1.10]", "[1.11]", {}).rows[0].remark.isEmpty());
}

void DifferenceTest::comparesText()
{
    QCOMPARE(texts(differenceOf("one\ntwo\nthree\n", "one\n2\nthree\nfour", {})),
        (QStringList{
            u"  1: one > one"_s, u"- 2: two > "_s, u"+ 2:  > 2"_s, u"  3: three > three"_s, u"+ 4:  > four"_s}));
    QVERIFY(differenceOf("same\ntext", "same\ntext", {}).rows.size() <= 1);
    QCOMPARE(texts(differenceOf("", "one", {})), (QStringList{u"+ 1:  > one"_s}));
}

void DifferenceTest::marksWordsInLines()
{
    const auto difference = differenceOf("user ann logged in", "user bob logged out", {});
    QCOMPARE(difference.rows.size(), std::size_t(2));
    QCOMPARE(marked(difference.rows[0].before, difference.rows[0].wordsBefore), u"ann|in"_s);
    QCOMPARE(marked(difference.rows[1].after, difference.rows[1].wordsAfter), u"bob|out"_s);
    const auto blanks = differenceOf("second\tline  with", "second line with", {});
    QCOMPARE(marked(blanks.rows.at(1).after, blanks.rows[1].wordsAfter), u" | "_s);
}

void DifferenceTest::leavesEqualLinesOut()
{
    std::string lines;
    for (int i = 0; i < 1000; ++i)
        lines += "line " + std::to_string(i) + '\n';
    const auto difference = differenceOf(lines + "old\n" + lines, lines + "new\n" + lines, {});
    QCOMPARE(difference.added, std::size_t(1));
    QCOMPARE(difference.removed, std::size_t(1));
    QCOMPARE(difference.rows.size(), std::size_t(10)); // two changed, three around each, two for the rest
    QVERIFY(difference.rows.front().remark.contains(u"997"_s));
}

void DifferenceTest::saysWhyItComparesText()
{
    const auto difference = differenceOf("{\"a\":1}", "{\"a\":", {});
    QVERIFY(!difference.isJson);
    QVERIFY(difference.remark.contains(u"JSON"_s));
    QVERIFY(differenceOf("a", "b", {}).remark.isEmpty());
    QVERIFY(!differenceOf("[1]", "[2]", {.comparesText = true}).isJson);
}

void DifferenceTest::showsWhereLongValuesDiffer()
{
    const std::string same(5000, 'x');
    const auto json = differenceOf("[\"" + same + "one\"]", "[\"" + same + "two\"]", {});
    QVERIFY(json.rows.at(0).before.contains(u"one"_s) && json.rows[0].after.contains(u"two"_s));
    const auto text = differenceOf(same + " one", same + " two", {});
    QVERIFY(text.rows.at(0).before.contains(u"one"_s) && text.rows.at(1).after.contains(u"two"_s));
    QCOMPARE(marked(text.rows[1].after, text.rows[1].wordsAfter), u"two"_s);
}

void DifferenceTest::givesUpWhatDiffersTooMuch()
{
    std::string before = "same\n";
    std::string after = "same\n";
    for (int i = 0; i < 3000; ++i) {
        before += "old " + std::to_string(i) + '\n';
        after += "new " + std::to_string(i) + '\n';
    }
    const auto difference = differenceOf(before, after, {});
    QVERIFY(difference.remark.contains(u"given up"_s));
    QCOMPARE(difference.removed, std::size_t(3000));
}

void DifferenceTest::listsNoMoreThanItsLimit()
{
    std::string before = "[0";
    std::string after = "[1";
    for (std::size_t i = 0; i < Difference::mostRows + 5; ++i) {
        before += ",0";
        after += ",1";
    }
    const auto difference = differenceOf(before + "]", after + "]", {});
    QVERIFY(difference.isCut);
    QCOMPARE(difference.rows.size(), Difference::mostRows);
}

void DifferenceTest::alignsAsWellAsThePlainAlgorithm()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 2000; ++round) {
        const auto a = randomSymbols(random, 30);
        const auto b = randomSymbols(random, 30);
        const auto alignment = align(a, b);
        QVERIFY(alignment.isComplete);
        std::size_t common = 0;
        std::size_t fromA = 0;
        std::size_t fromB = 0;
        for (const auto &run : alignment.runs) {
            QVERIFY(run.before >= fromA && run.after >= fromB);
            for (std::uint32_t i = 0; i < run.length; ++i)
                QCOMPARE(a.at(run.before + i), b.at(run.after + i));
            fromA = run.before + run.length;
            fromB = run.after + run.length;
            common += run.length;
        }
        QCOMPARE(common, longestCommon(a, b));
    }
}

void DifferenceTest::findsThePreviousOfTheSameKind()
{
    test::EventStreams streams;
    streams.feed(1, "event: a\ndata: 1\n\nevent: b\ndata: 2\n\n:comment\n");
    streams.feed(2, "event: a\ndata: 4\n\n");
    streams.feed(1, "event: a\ndata: 5\n\n");
    const auto snapshot = streams.log.snapshot();
    const auto last = HeldEvent::find(snapshot, {5});
    QVERIFY(last);
    const auto previous = PreviousEvent::find(snapshot, *last, std::chrono::seconds(10));
    QVERIFY(previous.event);
    QCOMPARE(previous.event->number(), store::EventNumber{1});
    QVERIFY(!PreviousEvent::find(snapshot, *previous.event, std::chrono::seconds(10)).event);
    QVERIFY(!HeldEvent::find(snapshot, {6}));
}

void DifferenceTest::saysWhenItGaveUpLooking()
{
    test::EventStreams streams;
    streams.feed(1, "event: rare\ndata: 0\n\n");
    streams.feedEvents(1, 100'000);
    streams.feed(1, "event: rare\ndata: 1\n\n");
    const auto snapshot = streams.log.snapshot();
    const auto last = HeldEvent::find(snapshot, {100'002});
    const auto previous = PreviousEvent::find(snapshot, *last, std::chrono::milliseconds(0));
    QVERIFY(previous.isGivenUp && !previous.event);
    QVERIFY(PreviousEvent::find(snapshot, *last, std::chrono::seconds(10)).event);
}

QTEST_GUILESS_MAIN(DifferenceTest)
#include "tst_difference.moc"
