// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/filterterms.h"

#include "filter/filter.h"
#include "support/eventstream.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

// Filter expressions that are made of cells and values: each must compile, and find the event that it was made of.
class FilterTermsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changesExpressions_data();
    void changesExpressions();
    void joins();
    void quotesWhatWouldNotStandForItself_data();
    void quotesWhatWouldNotStandForItself();
    void makesTermsOfCells_data();
    void makesTermsOfCells();
    void makesTermsOfTheOtherKinds();
    void makesTermsOfTimes();
    void makesTermsOfJson_data();
    void makesTermsOfJson();
};

namespace {

const Sources sources{{{1}, {u"my prices"_s, 0, true}}};

filter::Filter compiled(const QString &expression, const test::EventStreams &streams)
{
    const auto filter = filter::Filter::compile(expression.toStdString(), {.clock = streams.log.clock()});
    if (!filter)
        qFatal("%s: %s", qPrintable(expression), filter::text(filter.error()).c_str());
    return *filter;
}

store::EventView eventOf(const test::EventStreams &streams, std::uint64_t number)
{
    static store::Snapshot snapshot;
    snapshot = streams.log.snapshot();
    return snapshot.at({number});
}

bool finds(const QString &expression, const test::EventStreams &streams, std::uint64_t number)
{
    return compiled(expression, streams).matches(eventOf(streams, number), {{1, "my prices"}});
}

} // namespace

void FilterTermsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void FilterTermsTest::changesExpressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("term");
    QTest::addColumn<FilterChange>("change");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *expression, const char *term, FilterChange change,
                         const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(expression) << QString::fromUtf8(term) << change
                            << QString::fromUtf8(expected);
    };
    using enum FilterChange;
    row("replace", "a b", "type:x", Replace, "type:x");
    row("narrow nothing", "  ", "type:x", Narrow, "type:x");
    row("narrow", "a", "type:x", Narrow, "a type:x");
    row("narrow an alternative", "a or b", "type:x", Narrow, "(a or b) type:x");
    row("narrow by an alternative", "a", "b OR c", Narrow, "a (b OR c)");
    row("no more parentheses than needed", "(a or b) c", "x", Narrow, "(a or b) c x");
    row("or in quotes is no operator", "\"a or b\"", "x", Narrow, "\"a or b\" x");
    row("twice is once", "a type:x", "type:x", Narrow, "a type:x");
    row("not the same within an alternative", "a or type:x", "type:x", Narrow, "(a or type:x) type:x");
    row("exclude", "a", "type:x", Exclude, "a -type:x");
    row("exclude a comparison", "", "data.n = 3", Exclude, "-data.n = 3");
    row("exclude what is absent", "", "-has:id", Exclude, "has:id");
    row("exclude several", "", "type:x b", Exclude, "not (type:x b)");
    row("exclude an alternative", "a", "b or c", Exclude, "a not (b or c)");
    row("widen nothing", "", "type:x", Widen, "type:x");
    row("widen", "a b", "type:x", Widen, "a b or type:x");
    row("widen by itself", "type:x", "type:x", Widen, "type:x");
}

void FilterTermsTest::changesExpressions()
{
    QFETCH(QString, expression);
    QFETCH(QString, term);
    QFETCH(FilterChange, change);
    QFETCH(QString, expected);
    const auto changed = changedExpression(expression, term, change);
    QCOMPARE(changed, expected);
    QVERIFY(filter::Filter::compile(changed.toStdString()).has_value());
}

void FilterTermsTest::joins()
{
    QCOMPARE(conjunction({}), QString());
    QCOMPARE(conjunction({u""_s, u" a or b "_s, u" "_s}), u"a or b"_s);
    QCOMPARE(conjunction({u"a or b"_s, u"c d"_s, u"not e"_s}), u"(a or b) c d not e"_s);
}

void FilterTermsTest::quotesWhatWouldNotStandForItself_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *value, const char *expected) {
        QTest::newRow(value) << QByteArray(value) << QString::fromUtf8(expected);
    };
    row("trade", "type:trade");
    row("and", "type:and");
    row("a.b-c/d:e", "type:a.b-c/d:e");
    row("Größe", "type:Größe");
    row("two words", "type:\"two words\"");
    row("4*", "type:\"4*\"");
    row("what?", "type:\"what?\"");
    row("say \"x\"", "type:\"say \\\"x\\\"\"");
    row("back\\slash", "type:\"back\\\\slash\"");
    row("(a)", "type:\"(a)\"");
}

void FilterTermsTest::quotesWhatWouldNotStandForItself()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    const auto term = fieldTerm("type", value.toStdString());
    QCOMPARE(term, expected);
    test::EventStreams streams;
    streams.feed(1, "event: " + value.toStdString() + "\ndata: x\n\nevent: x" + value.toStdString() + "x\ndata: x\n\n");
    QVERIFY(finds(term, streams, 1));
    QVERIFY(!finds(term, streams, 2));
}

void FilterTermsTest::makesTermsOfCells_data()
{
    QTest::addColumn<Column>("column");
    QTest::addColumn<QString>("expected");
    QTest::newRow("source") << Column{ColumnKind::Source} << u"source:\"my prices\""_s;
    QTest::newRow("id") << Column{ColumnKind::Id} << u"id:42"_s;
    QTest::newRow("type") << Column{ColumnKind::Type} << u"type:trade"_s;
    QTest::newRow("data") << Column{ColumnKind::Data} << u"\"{\\\"n\\\": 3}\""_s;
    QTest::newRow("size") << Column{ColumnKind::Size} << u"size >= 36"_s;
    QTest::newRow("kind") << Column{ColumnKind::Kind} << u"kind:event"_s;
    QTest::newRow("attempt") << Column{ColumnKind::Attempt} << u"attempt = 1"_s;
    QTest::newRow("json") << jsonColumn(filter::JsonPath().key("n")) << u"data.n = 3"_s;
    QTest::newRow("no such value") << jsonColumn(filter::JsonPath().key("m")) << u"-has:data.m"_s;
}

void FilterTermsTest::makesTermsOfCells()
{
    QFETCH(Column, column);
    QFETCH(QString, expected);
    test::EventStreams streams;
    streams.feed(1, "id: 42\nevent: trade\ndata: {\"n\": 3}\n\n");
    QCOMPARE(cellTerm(eventOf(streams, 1), column, sources), expected);
    QVERIFY(finds(expected, streams, 1));
}

void FilterTermsTest::makesTermsOfTheOtherKinds()
{
    test::EventStreams streams;
    streams.feed(1, ":ping\ndata\n\n");
    streams.feed(1, "data: " + std::string(5000, 'x') + "\n\n");
    QCOMPARE(cellTerm(eventOf(streams, 1), {ColumnKind::Type}, sources), u"kind:comment"_s);
    QCOMPARE(cellTerm(eventOf(streams, 1), {ColumnKind::Id}, sources), u"-has:id"_s);
    QCOMPARE(cellTerm(eventOf(streams, 1), {ColumnKind::Data}, sources), u"\"ping\""_s);
    QCOMPARE(cellTerm(eventOf(streams, 1), {ColumnKind::Source}, {}), QString());
    QCOMPARE(cellTerm(eventOf(streams, 2), {ColumnKind::Data}, sources), u"-has:data"_s);
    QCOMPARE(cellTerm(eventOf(streams, 3), {ColumnKind::Data}, sources), QString());
    const auto gap = cellTerm(eventOf(streams, 3), {ColumnKind::Gap}, sources);
    QVERIFY2(gap.startsWith(u"gap >= "_s), qPrintable(gap));
    QVERIFY(finds(gap, streams, 3));
}

void FilterTermsTest::makesTermsOfTimes()
{
    test::EventStreams streams;
    streams.feedEvents(1, 1);
    streams.feedEvents(1, 1);
    streams.feedEvents(1, 1);
    const auto from = timeTerm(eventOf(streams, 2), ">=", streams.log.clock());
    const auto until = timeTerm(eventOf(streams, 2), "<=", streams.log.clock());
    QVERIFY(!finds(from, streams, 1) && finds(from, streams, 2) && finds(from, streams, 3));
    QVERIFY(finds(until, streams, 1) && finds(until, streams, 2) && !finds(until, streams, 3));
}

void FilterTermsTest::makesTermsOfJson_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *value, const char *expected) {
        QTest::newRow(value) << QByteArray(value) << QString::fromUtf8(expected);
    };
    row("101.50", "data[\"odd key\"] = 101.50");
    row("12345678901234567890", "data[\"odd key\"] = 12345678901234567890");
    row("\"101\"", "data[\"odd key\"] = \"101\"");
    row("\"a \\\"b\\\" *\"", "data[\"odd key\"] = \"a \\\"b\\\" *\"");
    row("true", "data[\"odd key\"] = true");
    row("null", "data[\"odd key\"] = null");
    row("{\"a\": 1}", "has:data[\"odd key\"]");
}

void FilterTermsTest::makesTermsOfJson()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    const std::string data = "{\"odd key\": " + value.toStdString() + "}";
    const auto term = pathTerm(filter::JsonPath().key("odd key"), data);
    QCOMPARE(term, expected);
    test::EventStreams streams;
    streams.feed(1, "data: " + data + "\n\n");
    QVERIFY(finds(term, streams, 1));
}

QTEST_GUILESS_MAIN(FilterTermsTest)
#include "tst_filterterms.moc"
