// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"
#include "filter/syntax.h"

#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace weir::filter;

// What colours and completes an expression sees.
class FilterSyntaxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cutsIntoTokens_data();
    void cutsIntoTokens();
    void namesCompile();
    void quotes_data();
    void quotes();
};

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

const char *nameOf(TokenKind kind)
{
    constexpr const char *names[] = {"word", "phrase", "field", "path", "value", "comparison", "number", "regex",
        "operator", "parenthesis", "invalid"};
    return names[static_cast<std::size_t>(kind)];
}

} // namespace

void FilterSyntaxTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterSyntaxTest::cutsIntoTokens_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *expression, const char *expected) {
        QTest::newRow(expression) << QByteArray(expression) << QByteArray(expected);
    };
    row("", "");
    row("  ", "");
    row("foo", "word[foo]");
    row(" foo  bar ", "word[foo] word[bar]");
    row("\"a b\" \"c\\\"d\"", "phrase[\"a b\"] phrase[\"c\\\"d\"]");
    row("type:trade", "field[type:] value[trade]");
    row("type:\"a b\"* x", "field[type:] value[\"a b\"*] word[x]");
    row("type:", "field[type:]");
    row("type: trade", "field[type:] word[trade]");
    row("size >= 10kB", "field[size] comparison[>=] number[10kB]");
    row("size>10 kB x", "field[size] comparison[>] number[10 kB] word[x]");
    row("size < 10 x", "field[size] comparison[<] number[10] word[x]");
    row("size <", "field[size] comparison[<]");
    row("size", "word[size]");
    row("not (a or -b)", "operator[not] parenthesis[(] word[a] operator[or] operator[-] word[b] parenthesis[)]");
    row("a AND b", "word[a] operator[AND] word[b]");
    row("andy", "word[andy]");
    row("tpye:x", "invalid[tpye] word[x]");
    row("\"abc", "invalid[\"abc]");
    row("a type:\"abc", "word[a] field[type:] invalid[\"abc]");
    row("/a b/i c", "regex[/a b/i] word[c]");
    row("/a\\/b/ (c)", "regex[/a\\/b/] parenthesis[(] word[c] parenthesis[)]");
    row("/open b", "invalid[/open] word[b]");
    row("data.a[\"b c\"] > 5", "path[data.a[\"b c\"]] comparison[>] number[5]");
    row("data.a>-5.5e3 x", "path[data.a] comparison[>] number[-5.5e3] word[x]");
    row("data.a != \"x y\"*", "path[data.a] comparison[!=] value[\"x y\"*]");
    row("data.a ~ /x y/i z", "path[data.a] comparison[~] regex[/x y/i] word[z]");
    row("data.a = /x y/", "path[data.a] comparison[=] value[/x] word[y/]");
    row("data ~ x", "path[data] comparison[~] value[x]");
    row("data.a", "path[data.a]");
    row("data.a =", "path[data.a] comparison[=]");
    row("data[\"x", "path[data[] invalid[\"x]");
    row("has:data.a b", "field[has:] path[data.a] word[b]");
    row("has:id", "field[has:] value[id]");
    row("gap > 2s", "field[gap] comparison[>] number[2s]");
    row("gap>2 min x", "field[gap] comparison[>] number[2 min] word[x]");
    row("time >= 14:05 x", "field[time] comparison[>=] number[14:05] word[x]");
    row("time < 2026-11-22 14:05 x", "field[time] comparison[<] number[2026-11-22 14:05] word[x]");
    row("time < 2026-11-22 x", "field[time] comparison[<] number[2026-11-22] word[x]");
    row("attempt=3", "field[attempt] comparison[=] number[3]");
    row("time gap data has", "word[time] word[gap] word[data] word[has]");
    row("http://x 12:30", "word[http://x] word[12:30]");
    row(")) (", "parenthesis[)] parenthesis[)] parenthesis[(]");
}

void FilterSyntaxTest::cutsIntoTokens()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, expected);
    QByteArrayList parts;
    for (const Token &token : tokens(view(expression))) {
        const auto begin = static_cast<qsizetype>(token.begin);
        const auto length = static_cast<qsizetype>(token.end - token.begin);
        parts += QByteArray(nameOf(token.kind)) + '[' + expression.mid(begin, length) + ']';
    }
    QCOMPARE(parts.join(' '), expected);
}

void FilterSyntaxTest::namesCompile()
{
    const std::map<std::string_view, std::string_view> values{
        {"kind", ":event"}, {"has", ":id"}, {"size", ">1"}, {"gap", ">1s"}, {"time", ">14:05"}, {"attempt", "=1"}};
    for (const std::string_view name : fieldNames()) {
        const std::string rest(values.contains(name) ? values.at(name) : ":x");
        QVERIFY2(Filter::compile(std::string(name) + rest), name.data());
        QCOMPARE(isComparedField(name), rest.front() != ':');
    }
    for (const std::string_view name : presenceNames())
        QVERIFY2(Filter::compile("has:" + std::string(name)), name.data());
    for (const std::string_view comparison : comparisons())
        QVERIFY2(Filter::compile("data.x " + std::string(comparison) + " 1"), comparison.data());
    for (const std::string_view name : kindNames())
        QVERIFY2(Filter::compile("kind:" + std::string(name)), name.data());
    for (const std::string_view field : {"size", "gap"}) {
        for (const std::string_view unit : unitsOf(field))
            QVERIFY2(Filter::compile(std::string(field) + " > 1" + std::string(unit)), unit.data());
    }
}

void FilterSyntaxTest::quotes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << QByteArray("a b") << QByteArray("\"a b\"");
    QTest::newRow("quote") << QByteArray("say \"hi\"") << QByteArray("\"say \\\"hi\\\"\"");
    QTest::newRow("backslash") << QByteArray("a\\") << QByteArray("\"a\\\\\"");
    QTest::newRow("wildcard") << QByteArray("a*?") << QByteArray("\"a*?\"");
    QTest::newRow("empty") << QByteArray() << QByteArray("\"\"");
}

void FilterSyntaxTest::quotes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const std::string quotedText = quoted(view(text));
    QCOMPARE(QByteArray::fromStdString(quotedText), expected);
    QVERIFY(Filter::compile(quotedText));
    QVERIFY(Filter::compile("type:" + quotedText));
}

QTEST_GUILESS_MAIN(FilterSyntaxTest)
#include "tst_filtersyntax.moc"
