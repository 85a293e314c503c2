// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir::filter;

Q_DECLARE_METATYPE(weir::filter::ErrorKind)

// Every mistake has its kind, its place and a sentence.
class FilterErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void errors_data();
    void errors();
    void limits();
    void texts_data();
    void texts();
};

namespace {

tl::expected<Filter, Error> compile(const QByteArray &expression)
{
    return Filter::compile({expression.data(), static_cast<std::size_t>(expression.size())});
}

} // namespace

void FilterErrorTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterErrorTest::errors_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<QByteArray>("subject");

    const auto row = [](const char *expression, ErrorKind kind, int position, int length, const char *subject = "") {
        QTest::newRow(expression) << QByteArray(expression) << kind << position << length << QByteArray(subject);
    };
    using enum ErrorKind;

    row("and", ExpectedTerm, 0, 3, "and");
    row("or b", ExpectedTerm, 0, 2, "or");
    row("a and", ExpectedTerm, 5, 0);
    row("a or ", ExpectedTerm, 5, 0);
    row("a or or b", ExpectedTerm, 5, 2, "or");
    row("a and and b", ExpectedTerm, 6, 3, "and");
    row("not", ExpectedTerm, 3, 0);
    row("not or", ExpectedTerm, 4, 2, "or");
    row("-", ExpectedTerm, 0, 1, "-");
    row("a - b", ExpectedTerm, 2, 1, "-");
    row("-and", ExpectedTerm, 1, 3, "and");
    row("()", ExpectedTerm, 1, 1, ")");
    row("a ( )", ExpectedTerm, 4, 1, ")");
    row("(a or )", ExpectedTerm, 6, 1, ")");
    row("= 5", ExpectedTerm, 0, 1, "=");
    row("price > 5", ExpectedTerm, 6, 1, ">");
    row("type = trade", ExpectedTerm, 5, 1, "=");
    row("type==trade", ExpectedTerm, 4, 2, "==");
    row("kind!=event", ExpectedTerm, 4, 2, "!=");
    row("<div>", ExpectedTerm, 0, 1, "<");

    row("\"abc", UnclosedQuote, 0, 4);
    row("a \"b c", UnclosedQuote, 2, 4);
    row("\"abc\\\"", UnclosedQuote, 0, 6);
    row("type:\"abc", UnclosedQuote, 5, 4);
    row("type:a\"bc", UnclosedQuote, 6, 3);
    row("kind:\"event", UnclosedQuote, 5, 6);
    row("\"", UnclosedQuote, 0, 1);

    row("(a", UnclosedParenthesis, 0, 1);
    row("a (b (c)", UnclosedParenthesis, 2, 1);
    row("a)", UnexpectedParenthesis, 1, 1, ")");
    row(")", UnexpectedParenthesis, 0, 1, ")");
    row("(a))", UnexpectedParenthesis, 3, 1, ")");

    row("tpye:x", UnknownField, 0, 4, "tpye");
    row("a Type:x", UnknownField, 2, 4, "Type");
    row("size:10", UnknownField, 0, 4, "size");
    row("data:x", UnknownField, 0, 4, "data");
    row("error:", UnknownField, 0, 5, "error");
    row("-foo:bar", UnknownField, 1, 3, "foo");
    row("and:x", UnknownField, 0, 3, "and");

    row("type:", ExpectedValue, 5, 0, "type:");
    row("type: trade", ExpectedValue, 5, 1, "type:");
    row("(id:)", ExpectedValue, 4, 1, "id:");
    row("source: \"x\"", ExpectedValue, 7, 1, "source:");
    row("kind:", ExpectedValue, 5, 0, "kind:");

    row("kind:foo", UnknownKind, 5, 3, "foo");
    row("a kind:x*", UnknownKind, 7, 2, "x*");
    row("kind:events", UnknownKind, 5, 6, "events");
    row("kind:\"\"", UnknownKind, 5, 2, "\"\"");

    row("size >", ExpectedNumber, 6, 0);
    row("size > kB", ExpectedNumber, 7, 2, "kB");
    row("size > -5", ExpectedNumber, 7, 1, "-");
    row("size =< 5", ExpectedNumber, 6, 1, "<");
    row("(size >)", ExpectedNumber, 7, 1, ")");
    row("size > \"5\"", ExpectedNumber, 7, 3, "\"5\"");

    row("size > 10xB", UnknownUnit, 9, 2, "xB");
    row("size>10TB", UnknownUnit, 7, 2, "TB");
    row("size > 1.2.3", UnknownUnit, 10, 2, ".3");
    row("size > 5.kB", UnknownUnit, 8, 3, ".kB");
    row("size > 99999999999999999999", NumberTooLarge, 7, 20, "99999999999999999999");
    row("size > 5000000000 GiB", NumberTooLarge, 7, 14, "5000000000 GiB");

    row("gap >", ExpectedNumber, 5, 0);
    row("gap > x", ExpectedNumber, 6, 1, "x");
    row("gap > 2", ExpectedUnit, 6, 1, "2");
    row("gap > 2m", UnknownUnit, 7, 1, "m");
    row("gap > 2kB", UnknownUnit, 7, 2, "kB");
    row("gap > 9999999999h", NumberTooLarge, 6, 11, "9999999999h");
    row("gap:2s", UnknownField, 0, 3, "gap");
    row("attempt = x", ExpectedNumber, 10, 1, "x");
    row("attempt = -1", ExpectedNumber, 10, 1, "-");
    row("attempt = 3h", UnknownUnit, 11, 1, "h");
    row("attempt ~ 3", ExpectedTerm, 8, 1, "~");

    row("time >=", ExpectedTime, 7, 0);
    row("time >= noon", ExpectedTime, 8, 4, "noon");
    row("(time >)", ExpectedTime, 7, 1, ")");
    row("time > 14", ExpectedTime, 9, 0);
    row("time > 14:5", ExpectedTime, 11, 0);
    row("time > 24:00", ExpectedTime, 7, 5, "24:00");
    row("time > 14:60", ExpectedTime, 10, 2, "60");
    row("time > 14:05:60", ExpectedTime, 13, 2, "60");
    row("time > 14:05:01.", ExpectedTime, 16, 0);
    row("time > 14:05x", ExpectedTime, 12, 1, "x");
    row("time > 2026-02-30", ExpectedTime, 15, 2, "30");
    row("time > 2026-13-01", ExpectedTime, 12, 5, "13-01");
    row("time > 2026-11-22T", ExpectedTime, 18, 0);
    row("time > 2026-11-22 14:5", ExpectedTime, 22, 0);
    row("time > 2026-11-22T14:00+1", ExpectedTime, 25, 0);
    row("time:14:05", UnknownField, 0, 4, "time");

    row("data.price", ExpectedComparison, 0, 10, "data.price");
    row("not data.price", ExpectedComparison, 4, 10, "data.price");
    row("a data.csv b", ExpectedComparison, 2, 8, "data.csv");
    row("data.price >", ExpectedValue, 11, 1, ">");
    row("(data.price >)", ExpectedValue, 12, 1, ">");
    row("data.price =< 5", ExpectedValue, 11, 1, "=");
    row("data.user ~", ExpectedValue, 10, 1, "~");
    row("data ~", ExpectedValue, 5, 1, "~");
    row("data = 5", ExpectedTerm, 5, 1, "=");
    row("data.a > true", UnorderedValue, 9, 4, "true");
    row("data.a <= null", UnorderedValue, 10, 4, "null");
    row("data.a < ab*", UnorderedValue, 9, 3, "ab*");
    row("data[", ExpectedPath, 5, 0, "a number or a key in quotes");
    row("data[x] = 1", ExpectedPath, 5, 1, "a number or a key in quotes");
    row("data[-1] = 1", ExpectedPath, 5, 1, "a number or a key in quotes");
    row("data[0 = 1", ExpectedPath, 6, 1, "`]`");
    row("data[0]b = 1", ExpectedPath, 7, 1, "`.` and a key, or `[`");
    row("data.a. = 1", ExpectedPath, 7, 1, "a key");
    row("data.a..b = 1", ExpectedPath, 7, 1, "a key");
    row("data.a:b = 1", ExpectedPath, 6, 1, "`.` and a key, or `[`");
    row("data[\"x\" = 1", ExpectedPath, 8, 1, "`]`");
    row("data[99999999999] = 1", NumberTooLarge, 5, 11, "99999999999");
    row("data[\"x", UnclosedQuote, 5, 2);
    row("data.a = \"x", UnclosedQuote, 9, 2);
    row("data.a = b\"x", UnclosedQuote, 10, 2);
    row("has:data[\"x", UnclosedQuote, 9, 2);

    row("has:", ExpectedValue, 4, 0, "has:");
    row("has: id", ExpectedValue, 4, 1, "has:");
    row("has:price", UnknownPresence, 4, 5, "price");
    row("has:data.", UnknownPresence, 4, 5, "data.");
    row("has:data.a[", ExpectedPath, 11, 0, "a number or a key in quotes");

    row("/open x", UnclosedRegularExpression, 0, 5);
    row("a /b\\/", UnclosedRegularExpression, 2, 4);
    row("data.a ~ /x", UnclosedRegularExpression, 9, 2);
    row("/api/v1", UnknownFlag, 5, 2, "v1");
    row("/a/ix-", UnknownFlag, 5, 1, "-");
    row("data.a ~ /x/g", UnknownFlag, 12, 1, "g");
    row("/(a/", BadRegularExpression, 3, 1, "missing closing parenthesis");
    row("a /x[b-a]/", BadRegularExpression, 7, 1, "range out of order in character class");
    row("/*/", BadRegularExpression, 1, 1, "quantifier does not follow a repeatable item");
    row("/[/", BadRegularExpression, 2, 1, "missing terminating ] for character class");
    row("/[/]/", UnknownFlag, 3, 2, "]/");
    row("data.a ~ /\\C/", BadRegularExpression, 12, 1, "using \\C is disabled by the application");
    row("type ~ /x/", ExpectedTerm, 5, 1, "~");
    row("type~x", ExpectedTerm, 4, 1, "~");
    row("~x", ExpectedTerm, 0, 1, "~");
}

void FilterErrorTest::errors()
{
    QFETCH(QByteArray, expression);
    QFETCH(ErrorKind, kind);
    QFETCH(int, position);
    QFETCH(int, length);
    QFETCH(QByteArray, subject);

    const auto filter = compile(expression);
    QVERIFY(!filter);
    const Error error = filter.error();
    QCOMPARE(static_cast<int>(error.kind), static_cast<int>(kind));
    QCOMPARE(static_cast<int>(error.position), position);
    QCOMPARE(static_cast<int>(error.length), length);
    QCOMPARE(QByteArray::fromStdString(error.subject), subject);
    QVERIFY(QByteArray::fromStdString(text(error)).contains(subject));
}

void FilterErrorTest::limits()
{
    QVERIFY(compile(QByteArray(10000, 'a')));
    const auto tooLong = compile(QByteArray(10001, 'a'));
    QVERIFY(!tooLong && tooLong.error().kind == ErrorKind::TooComplex);
    QCOMPARE(tooLong.error().position, std::size_t{10000});

    const auto nested = [](int depth) { return QByteArray(depth, '(') + 'a' + QByteArray(depth, ')'); };
    QVERIFY(compile(nested(200)));
    const auto tooDeep = compile(nested(201));
    QVERIFY(!tooDeep && tooDeep.error().kind == ErrorKind::TooComplex);
    QCOMPARE(tooDeep.error().position, std::size_t{200});
    QCOMPARE(tooDeep.error().length, std::size_t{1});

    QVERIFY(compile(QByteArray(9999, '-') + 'a'));
    QVERIFY(compile(QByteArray("not ").repeated(2000) + 'a'));
    QVERIFY(compile(QByteArray("-(a or ").repeated(200) + 'b' + QByteArray(200, ')')));
    QVERIFY(compile(QByteArray("a ").repeated(5000)));
    QVERIFY(compile(QByteArray("(a)").repeated(3000)));
}

void FilterErrorTest::texts_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("field") << QByteArray("tpye:x")
                           << QByteArray("unknown field \"tpye\"; known: type, id, source, kind, has, size, gap, "
                                         "time, attempt; text with a colon goes in quotes");
    QTest::newRow("end") << QByteArray("a or")
                         << QByteArray("the expression ends where a word, a phrase or a field was expected");
    QTest::newRow("kind") << QByteArray("kind:x")
                          << QByteArray("unknown kind \"x\"; known: event, comment, fields, diagnostic, connection");
    QTest::newRow("unit") << QByteArray("size > 1X")
                          << QByteArray("unknown unit \"X\"; known: B, kB, KiB, MB, MiB, GB, GiB");
    const auto row = [](const char *expression, const char *expected) {
        QTest::newRow(expression) << QByteArray(expression) << QByteArray(expected);
    };
    row("gap > 2", "`gap` needs a unit after 2; known: ns, us, ms, s, min, h");
    row("gap > 2x", "unknown unit \"x\"; known: ns, us, ms, s, min, h");
    row("attempt > 2x", "unknown unit \"x\"; `attempt` has none");
    row("time > 25:00", "`25:00` stands where a time was expected; for example: 14:05, 14:05:01.5, 2026-11-22, "
                        "2026-11-22T14:00Z");
    row("data.price", "`data.price` needs a comparison; for example: data.price > 5, or has:data.price; to search for "
                      "that text put it in quotes");
    row("price > 5", "`>` compares size, gap, time, attempt and values in data (data.price > 5); other fields take a "
                     "colon (type:value), text can stand in quotes");
    row("/(/", "the regular expression is wrong here: missing closing parenthesis");
    row("/api/v1", "unknown flag \"v1\" of a regular expression; known: i, s, m, x; text with a slash goes in quotes");
    row("data.a >", "`>` needs a value; for example: data.price > 5, or data.name = \"abc\"");
    row("data.a > null", "`null` is neither more nor less than anything; expected a number or a text, or = or !=");
    row("gap:2", "`gap` takes a comparison, not a colon; for example: gap > 2s");
    row("data:2", "`data` takes no colon; for example: data.price > 5, or data ~ word");
    QTest::newRow("limit") << QByteArray(10001, 'a')
                           << QByteArray("the expression is too complex; at most 10000 bytes and 200 parentheses in "
                                         "each other are possible");
}

void FilterErrorTest::texts()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, expected);
    const auto filter = compile(expression);
    QVERIFY(!filter);
    QCOMPARE(QByteArray::fromStdString(text(filter.error())), expected);
}

QTEST_GUILESS_MAIN(FilterErrorTest)
#include "tst_filtererror.moc"
