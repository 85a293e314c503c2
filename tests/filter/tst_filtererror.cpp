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

    row("/rege?x/i", NotYet, 0, 9, "/…/");
    row("a /b c/ d", NotYet, 2, 5, "/…/");
    row("/a\\/b/", NotYet, 0, 6, "/…/");
    row("/open x", NotYet, 0, 5, "/…/");
    row("-/x/", NotYet, 1, 3, "/…/");
    row("type ~ /x/", NotYet, 5, 1, "~");
    row("type~x", NotYet, 4, 1, "~");
    row("~x", NotYet, 0, 1, "~");
    row("has:id", NotYet, 0, 4, "has:");
    row("a has:data.price", NotYet, 2, 4, "has:");
    row("gap > 2s", NotYet, 0, 3, "gap");
    row("gap>2s", NotYet, 0, 3, "gap");
    row("(time >= 14:05)", NotYet, 1, 4, "time");
    row("time:14", NotYet, 0, 5, "time:");
    row("attempt = 3", NotYet, 0, 7, "attempt");
    row("data.price > 100", NotYet, 0, 10, "data.price");
    row("not data.price", NotYet, 4, 10, "data.price");
    row("data.a.b[0] = 1", NotYet, 0, 11, "data.a.b[0]");
    row("data[\"odd key\"] = 1", NotYet, 0, 15, "data[\"odd key\"]");
    row("data[", NotYet, 0, 5, "data[");
    row("data[\"x", NotYet, 0, 7, "data[\"x");
    row("data ~ x", NotYet, 5, 1, "~");
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
                           << QByteArray("unknown field \"tpye\"; known: type, id, source, kind, size; text with a "
                                         "colon goes in quotes");
    QTest::newRow("end") << QByteArray("a or")
                         << QByteArray("the expression ends where a word, a phrase or a field was expected");
    QTest::newRow("kind") << QByteArray("kind:x")
                          << QByteArray("unknown kind \"x\"; known: event, comment, fields, diagnostic, connection");
    QTest::newRow("unit") << QByteArray("size > 1X")
                          << QByteArray("unknown unit \"X\"; known: B, kB, KiB, MB, MiB, GB, GiB");
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
