// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"
#include "filter/syntax.h"

#include <QRegularExpression>
#include <QTest>

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
    constexpr const char *names[] = {
        "word", "phrase", "field", "value", "comparison", "number", "operator", "parenthesis", "notyet", "invalid"};
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
    row("/a b/i c", "notyet[/a b/i] word[c]");
    row("data.a[\"b c\"] > 5", "notyet[data.a[\"b c\"]] comparison[>] word[5]");
    row("gap > 2s", "notyet[gap] comparison[>] word[2s]");
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
    for (const std::string_view name : fieldNames())
        QVERIFY2(Filter::compile(std::string(name) + (name == "size"      ? ">1"
                                                         : name == "kind" ? ":event"
                                                                          : ":x")),
            name.data());
    for (const std::string_view name : kindNames())
        QVERIFY2(Filter::compile("kind:" + std::string(name)), name.data());
    for (const std::string_view unit : sizeUnits())
        QVERIFY2(Filter::compile("size > 1" + std::string(unit)), unit.data());
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
