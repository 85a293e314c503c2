// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/testlog.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::filter;

// What each construct of the language matches; every row is asked of matches() and of scan().
class FilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void matches_data();
    void matches();
    void kinds_data();
    void kinds();
    void sources_data();
    void sources();
    void foldsCase_data();
    void foldsCase();
};

namespace {

Filter compiled(const QByteArray &expression)
{
    const auto filter = Filter::compile({expression.data(), static_cast<std::size_t>(expression.size())});
    if (!filter)
        qWarning("%s: %s", expression.constData(), text(filter.error()).c_str());
    return filter.value_or(Filter());
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

void FilterTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterTest::matches_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<bool>("expected");

    const auto row = [](const char *expression, const char *block, bool expected) {
        QTest::addRow("%s | %s", expression, block) << QByteArray(expression) << QByteArray(block) << expected;
    };
    const auto yes = [&row](const char *expression, const char *block) { row(expression, block, true); };
    const auto no = [&row](const char *expression, const char *block) { row(expression, block, false); };

    yes("", "data:x");
    yes(" \t ", "data:x");

    // Words: anywhere in type, id or data, and nowhere else.
    yes("err", "data: an Error");
    yes("err", "event: ERROR\ndata");
    yes("err", "id: err-1\ndata");
    no("err", "data: fine");
    no("data", "data: fine");
    no("event", "event: x\nid: 1\ndata: y");
    no("xy", "event: x\ndata: y");
    no("message", "data: x");
    yes("message", "event: message\ndata: x");
    no("message", "event: other\ndata: x");
    yes("second", "data: first\ndata: second");
    no("data", "data: first\ndata: second");
    yes("Error", "data: an Error");
    no("Error", "data: an error");
    no("eRror", "data: an Error");
    yes("foo-bar", "data: foo-bar");
    yes("And", "data: And");
    yes("foo*", "data: foo*");
    no("foo*", "data: fooo");
    yes("size", "data: full size");
    yes("time gap", "data: gap in time");
    yes("a=b", "data: ?a=b");
    yes("x->y", "data: x->y");
    yes("\\", "data: a\\b");

    // Words with a colon that is no field's.
    yes("12:30", "data: at 12:30");
    no("12:30", "data: at 12:31");
    yes("http://x.org/y", "data: see http://x.org/y");
    yes("std::vector", "data: std::vector");
    yes(":5", "data: {\"a\":5}");
    yes("example.org:80", "data: example.org:80");

    // Phrases.
    yes("\"two words\"", "data: Two words");
    no("\"two words\"", "data: two  words");
    no("\"Two words\"", "data: two words");
    yes("\"say \\\"hi\\\"\"", "data: say \"hi\"");
    yes("\"a\\\\b\"", "data: a\\b");
    yes("\"a\\nb\"", "data: a\\nb");
    yes("\"\"", "data");
    yes("\"and\"", "data: sand");
    yes("\"type:x\"", "data: type:x");
    yes("\"(\"", "data: (");

    // Fields are compared as a whole.
    yes("type:trade", "event: trade\ndata");
    yes("type:trade", "event: Trade\ndata");
    no("type:trade", "event: trades\ndata");
    no("type:Trade", "event: trade\ndata");
    yes("type:message", "data");
    yes("type:tr*e", "event: trade\ndata");
    yes("type:*a*", "event: trade\ndata");
    no("type:*x*", "event: trade\ndata");
    yes("type:tr?de", "event: trade\ndata");
    yes("type:tr?de", "event: trüde\ndata");
    yes("type:t?de", "event: t\U0001F600de\ndata");
    no("type:t??de", "event: t\U0001F600de\ndata");
    no("type:trade?", "event: trade\ndata");
    yes("type:trade*", "event: trade\ndata");
    yes("type:*", "event: trade\ndata");
    yes("type:\"two words\"", "event: two words\ndata");
    yes("type:\"two \"w*", "event: two words\ndata");
    no("type:\"tr*\"", "event: trade\ndata");
    yes("type:\"tr*\"", "event: tr*\ndata");
    yes("type:a:b", "event: a:b\ndata");
    yes("type:*ab*abc", "event: xababxabc\ndata");
    no("type:*ab*abc", "event: xababxab\ndata");
    yes("id:42*", "id: 4211\ndata");
    no("id:42*", "id: 142\ndata");
    yes("id:\"\"", "data");
    no("id:\"\"", "id: 1\ndata");
    yes("id:?*", "id: 1\ndata");
    no("id:?*", "data");

    // Sizes are those of the block, here with two line ends.
    yes("size = 8", "data:x");
    yes("size == 8", "data:x");
    no("size != 8", "data:x");
    yes("size=8", "data:x");
    yes("size<9", "data:x");
    no("size < 8", "data:x");
    yes("size <= 8", "data:x");
    yes("size > 7", "data:x");
    no("size > 8", "data:x");
    yes("size >= 8", "data:x");
    no("size > 1kB", "data:x");
    yes("size < 1kB", "data:x");
    yes("size < 1 KiB", "data:x");
    yes("size < 0.01kB", "data:x");
    no("size < 0.008kB", "data:x");
    yes("size <= 0.008kB", "data:x");
    yes("size > 7.9B", "data:x");
    no("size = 8.5", "data:x");
    yes("size != 8.5", "data:x");
    yes("size < 8.5", "data:x");
    no("size >= 8.5", "data:x");
    no("size < 0", "data:x");
    yes("size < 1gib fine", "data: fine");
    yes("size < 4 MB", "data:x");

    // Regular expressions over data alone.
    yes("/er+or/", "data: an error");
    no("/er+or/", "data: an Error");
    yes("/er+or/i", "data: an ERROR");
    no("/error/", "event: error\nid: error\ndata: x");
    yes("/^b$/m", "data: a\ndata: b");
    no("/^b$/", "data: a\ndata: b");
    no("/a.b/", "data: a\ndata: b");
    yes("/a.b/s", "data: a\ndata: b");
    yes("/a  b # remark/x", "data: ab");
    yes("/^.$/", "data: ä");
    yes("/Ä/i", "data: ä");
    yes("/a\\/b/", "data: a/b");
    yes("/\"x y\"/", "data: \"x y\"");
    yes("/a|(b)/ x", "data: bx");
    yes("-/a/", "data: b");
    yes("/(*UCP)^\\w$/", "data: ä");
    no("/^\\w$/", "data: ä");
    yes("//", "data");
    yes("data ~ /^x/", "data: xy");
    no("data ~ /^y/", "data: xy");
    yes("data ~ word", "data: a Word");
    no("data ~ word", "event: word\ndata: x");
    no("data ~ Word", "data: a word");
    yes("data ~ \"two words\"", "data: two words");
    yes("data ~ \"\"", "data: x");

    // Presence.
    yes("has:id", "id: 1\ndata: x");
    no("has:id", "data: x");
    yes("has:type", "event: message\ndata: x");
    no("has:type", "data: x");
    yes("has:data", "data: x");
    no("has:data", "data:");
    yes("-has:id", "data: x");

    // The first record of a log has no gap, and no comparison holds.
    no("gap >= 0", "data: x");
    no("gap < 1h", "data: x");
    no("gap != 1s", "data: x");
    yes("attempt = 1", "data: x");
    no("attempt > 1", "data: x");
    yes("attempt != 2", "data: x");
    yes("attempt < 1.5", "data: x");

    // Operators.
    yes("a b", "data: ba");
    no("a b", "data: a");
    yes("a and b", "data: ba");
    yes("a AND b", "data: ba");
    yes("a or b", "data: b");
    yes("a OR b", "data: b");
    no("a or b", "data: c");
    yes("not a", "data: c");
    no("NOT a", "data: a");
    yes("not not a", "data: a");
    yes("-a", "data: c");
    no("-a", "data: a");
    yes("--a", "data: a");
    no("-\"a b\"", "data: a b");
    yes("-type:x", "data: x");
    no("-(a b)", "data: a b");
    yes("-(a b)", "data: a");
    yes("-size>9", "data:x");
    yes("b -a", "data: b");
    no("b-a", "data: b a");
    yes("c and not a", "data: c");

    // not binds tighter than and, and tighter than or.
    yes("x or a b", "data: x");
    no("x or a b", "data: a");
    yes("a b or x", "data: x");
    no("(a or x) b", "data: a");
    yes("(a or x) b", "data: ab");
    yes("not a or b", "data: ab");
    no("not (a or b)", "data: b");
    yes("not a b", "data: b");
    no("not a b", "data: c");
    yes("a(b)c", "data: abc");
    yes("a\"b\"c", "data: cba");
    yes("((a))", "data: a");
}

void FilterTest::matches()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, block);
    QFETCH(bool, expected);

    TestLog log;
    log.receive(view(block + "\n\n"));
    const store::Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.end().value - snapshot.begin().value, 1U);

    const Filter filter = compiled(expression);
    QCOMPARE(filter.matches(snapshot.at(snapshot.begin()), {}), expected);
    QCOMPARE(!matchedByScan(filter, snapshot, {}).empty(), expected);
    QCOMPARE(QByteArray::fromStdString(filter.expression()), expression);
}

void FilterTest::kinds_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<std::vector<std::uint64_t>>("expected");
    using Numbers = std::vector<std::uint64_t>;
    QTest::newRow("event") << QByteArray("kind:event") << Numbers{2};
    QTest::newRow("comment") << QByteArray("kind:comment") << Numbers{1};
    QTest::newRow("fields") << QByteArray("kind:fields") << Numbers{3, 5};
    QTest::newRow("diagnostic") << QByteArray("kind:diagnostic") << Numbers{4};
    QTest::newRow("connection") << QByteArray("kind:connection") << Numbers{6};
    QTest::newRow("capital") << QByteArray("kind:Event") << Numbers{2};
    QTest::newRow("quoted") << QByteArray("kind:\"event\"") << Numbers{2};
    QTest::newRow("wildcard") << QByteArray("kind:c*") << Numbers{1, 6};
    QTest::newRow("negated") << QByteArray("-kind:event") << Numbers{1, 3, 4, 5, 6};
    QTest::newRow("none") << QByteArray("kind:event kind:comment") << Numbers{};
    QTest::newRow("text of a comment") << QByteArray("hello") << Numbers{1};
    QTest::newRow("text of a diagnostic") << QByteArray("kind:diagnostic soon") << Numbers{4};
    QTest::newRow("text of a connection") << QByteArray("refused") << Numbers{6};
    QTest::newRow("message is the type of events only") << QByteArray("type:message") << Numbers{2};
    QTest::newRow("a connection has no bytes") << QByteArray("size = 0") << Numbers{6};
}

void FilterTest::kinds()
{
    QFETCH(QByteArray, expression);
    QFETCH(std::vector<std::uint64_t>, expected);

    TestLog log;
    log.receive(":hello\n\ndata:x\n\nretry:5\n\nretry:soon\n\n");
    log.connect("refused");
    const store::Snapshot snapshot = log.snapshot();
    const Filter filter = compiled(expression);
    QCOMPARE(matchedOneByOne(filter, snapshot, {}), expected);
    QCOMPARE(matchedByScan(filter, snapshot, {}), expected);
}

void FilterTest::sources_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<std::vector<std::uint64_t>>("expected");
    using Numbers = std::vector<std::uint64_t>;
    QTest::newRow("name") << QByteArray("source:prices") << Numbers{1, 4};
    QTest::newRow("capital") << QByteArray("source:Prices") << Numbers{1, 4};
    QTest::newRow("wrong capital") << QByteArray("source:PRICES") << Numbers{};
    QTest::newRow("wildcard") << QByteArray("source:*s*") << Numbers{1, 2, 4};
    QTest::newRow("quoted") << QByteArray("source:\"the log's\"") << Numbers{2};
    QTest::newRow("without a name") << QByteArray("source:\"\"") << Numbers{3};
    QTest::newRow("two") << QByteArray("source:prices or source:the*") << Numbers{1, 2, 4};
    QTest::newRow("negated") << QByteArray("-source:prices") << Numbers{2, 3};
}

void FilterTest::sources()
{
    QFETCH(QByteArray, expression);
    QFETCH(std::vector<std::uint64_t>, expected);

    TestLog log;
    for (const std::uint32_t subscription : {7U, 4000000000U, 9U, 7U})
        log.receive("data:x\n\n", subscription);
    const SourceNames names{{7, "Prices"}, {4000000000U, "The log's"}};
    const store::Snapshot snapshot = log.snapshot();
    const Filter filter = compiled(expression);
    QCOMPARE(matchedOneByOne(filter, snapshot, names), expected);
    QCOMPARE(matchedByScan(filter, snapshot, names), expected);
}

void FilterTest::foldsCase_data()
{
    QTest::addColumn<char32_t>("first");
    QTest::addColumn<char32_t>("last");
    QTest::newRow("ASCII") << U'A' << U'Z';
    QTest::newRow("Latin-1") << char32_t{0xC0} << char32_t{0xDE};
    QTest::newRow("Latin Extended-A") << char32_t{0x100} << char32_t{0x17E};
    QTest::newRow("Latin Extended-B") << char32_t{0x1CD} << char32_t{0x1DC};
    QTest::newRow("Latin Extended-B, additions") << char32_t{0x218} << char32_t{0x21B};
    QTest::newRow("Greek") << char32_t{0x370} << char32_t{0x3CF};
    QTest::newRow("Cyrillic") << char32_t{0x400} << char32_t{0x52F};
    QTest::newRow("Armenian") << char32_t{0x531} << char32_t{0x556};
}

// Qt's tables, which come from the Unicode Character Database, say what the pairs are.
void FilterTest::foldsCase()
{
    QFETCH(char32_t, first);
    QFETCH(char32_t, last);

    int pairs = 0;
    for (char32_t capital = first; capital <= last; ++capital) {
        const char32_t small = QChar::toLower(capital);
        const QByteArray capitalText = QString::fromUcs4(&capital, 1).toUtf8();
        const QByteArray smallText = QString::fromUcs4(&small, 1).toUtf8();
        if (small == capital || smallText.size() != capitalText.size())
            continue;
        ++pairs;
        TestLog log;
        log.receive(view("data: <" + capitalText + ">\n\ndata: <" + smallText + ">\n\n"));
        QVERIFY2(matchedByScan(compiled(smallText), log.snapshot(), {}).size() == 2, smallText.constData());
        QVERIFY2(matchedByScan(compiled(capitalText), log.snapshot(), {}).size() == 1, capitalText.constData());
        log.receive(view("event: " + capitalText + "\ndata\n\n"));
        QVERIFY2(matchedByScan(compiled("type:" + smallText), log.snapshot(), {}).size() == 1, smallText.constData());
    }
    QVERIFY(pairs > 1);
}

// Around the widths in which text is searched.
QTEST_GUILESS_MAIN(FilterTest)
#include "tst_filter.moc"
