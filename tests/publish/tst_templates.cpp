// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventtemplate.h"
#include "publish/templatecompiler.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;

class TemplatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void renders_data();
    void renders();
    void picksEachText();
    void makesJsonOfAnyText();
    void drawsDecimals();
    void staysWithinItsSize();
    void namesThePlace_data();
    void namesThePlace();
    void rendersEachFieldOfAMessage();
    void refusesFieldsThatCannotBeSent_data();
    void refusesFieldsThatCannotBeSent();
    void rendersTheTypeOfAnEvent();
};

namespace {

std::string rendered(std::string_view text, LineForm form = LineForm::AsIs)
{
    const auto program = compileTemplate(text, form);
    if (!program)
        qFatal("%s", qPrintable(program.error().text()));
    TemplateValues values;
    values.seq = 3;
    return program->rendered(values);
}

} // namespace

void TemplatesTest::renders_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pattern");
    const auto row = [](const char *name, const char *text, const char *pattern) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(pattern);
    };
    row("nothing", "", "");
    row("no placeholder", "a }} {b} {", "a \\}\\} \\{b\\} \\{");
    row("spaces inside", "{{ seq }}{{  rand 4 4  }}", "34");
    row("pick", "{{pick a|a|a}}", "a");
    row("pick with spaces", "<{{pick  a b | a b }}>", "<a b>");
    row("pick of nothing", "<{{pick |}}>", "<>");
    row("pick of a bar", "{{pick a\\|b}}", "a\\|b");
    row("pick of placeholders", "{{pick {{seq}}|{{seq}}}}", "3");
    row("pick of JSON", "{{pick {\"a\":{\"b\":1}}|{\"a\":{\"b\":1}}}}!", "\\{\"a\":\\{\"b\":1\\}\\}!");
    row("json", "{{json say \"hi\"\\}}", "\"say \\\\\"hi\\\\\"\\\\\\\\\"");
    row("json, line breaks", "{{json a\nb\tc\r}}", "\"a\\\\nb\\\\tc\\\\r\"");
    row("json, control", "{{json a\x01}}", "\"a\\\\u0001\"");
    row("json of JSON", "{{json {\"a\":{{seq}}}}}", "\"\\{\\\\\"a\\\\\":3\\}\"");
    row("json of json", "{{json {{json \"}}}}", "\"\\\\\"\\\\\\\\\\\\\"\\\\\"\"");
    row("open", "{{open}}seq}}", "\\{\\{seq\\}\\}");
    row("not ASCII", "ä{{seq}}€{{json ü}}", "ä3€\"ü\"");
    row("uuid in pick", "{{pick {{uuid}}|{{uuid}}}}", "[0-9a-f-]{36}");
}

void TemplatesTest::renders()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, pattern);
    const QString result = QString::fromStdString(rendered(text.toStdString()));
    const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern));
    QVERIFY2(expression.match(result).hasMatch(), qPrintable(result));
}

void TemplatesTest::picksEachText()
{
    auto program = compileTemplate("{{pick one|two|{{rand 3 3}}}}");
    QVERIFY(program);
    TemplateValues values;
    QSet<QByteArray> seen;
    for (int i = 0; i < 300; ++i)
        seen.insert(QByteArray::fromStdString(program->rendered(values)));
    QCOMPARE(seen, (QSet<QByteArray>{"one", "two", "3"}));
}

void TemplatesTest::makesJsonOfAnyText()
{
    std::string any = "{\"text\":{{json ";
    for (char c = 1; c < 127; ++c)
        any += c == '{' || c == '}' ? ' ' : c;
    any += "\xf0\x9f\x98\x80}}}";
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(rendered(any)));
    const QString text = document.object()[u"text"_s].toString();
    QCOMPARE(text.size(), 126 + 2);
    QVERIFY(text.contains(u'\x1f') && text.contains(u'"') && text.endsWith(QString::fromUtf8("\xf0\x9f\x98\x80")));
}

void TemplatesTest::drawsDecimals()
{
    auto program = compileTemplate("{{rand -0.05 0.05}}");
    QVERIFY(program);
    TemplateValues values;
    QSet<QByteArray> seen;
    for (int i = 0; i < 2000; ++i)
        seen.insert(QByteArray::fromStdString(program->rendered(values)));
    QCOMPARE(seen, (QSet<QByteArray>{
                       "-0.05", "-0.04", "-0.03", "-0.02", "-0.01", "0.00", "0.01", "0.02", "0.03", "0.04", "0.05"}));
    QCOMPARE(rendered("{{rand 7.250 7.25}}"), std::string("7.250"));
    QCOMPARE(rendered("{{rand -12 -12.0}}"), std::string("-12.0"));
}

void TemplatesTest::staysWithinItsSize()
{
    auto program = compileTemplate(
        "{{pick |{{json \x01\x02{{pick \x03|{{uuid}}}}}}}}{{rand -92233.20368547 -9.0}}{{json }}", LineForm::DataLines);
    QVERIFY(program);
    TemplateValues values;
    values.seq = std::numeric_limits<std::uint64_t>::max();
    for (int i = 0; i < 100; ++i) {
        QByteArray bytes(static_cast<qsizetype>(program->maxSize()) + 8, '#');
        const char *end = program->render(bytes.data(), values);
        QVERIFY(end - bytes.constData() <= static_cast<std::ptrdiff_t>(program->maxSize()));
        QVERIFY(bytes.endsWith("########"));
    }
}

void TemplatesTest::namesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const char *text, int line, int column, const char *named) {
        QTest::newRow(name) << QByteArray(text) << line << column << QString::fromUtf8(named);
    };
    row("unknown", "ab{{sequence}}", 1, 3, "“sequence” is unknown");
    row("after characters of several bytes", "ä€\n€ä{{x}}", 2, 3, "“x”");
    row("without end", "a\n\n{{seq", 3, 1, "“}}” is missing");
    row("pick without end", "{{pick a|b", 1, 1, "“}}” is missing");
    row("pick with an open brace", "{{pick {|b}}", 1, 1, "“}}” is missing");
    row("inside pick", "{{pick a|{{nope}}}}", 1, 10, "“nope”");
    row("inside json, its own end missing", "x{{json {{seq}} ", 1, 2, "“}}” is missing");
    row("pick alone", "{{pick}}", 1, 1, "“pick” takes");
    row("json alone", "{{json}}", 1, 1, "“json” takes");
    row("rand alone", "{{rand}}", 1, 1, "“rand” takes");
    row("rand of three", "{{rand 1 2 3}}", 1, 1, "“rand” takes");
    row("rand upside down", "{{rand 1.5 1.49}}", 1, 1, "smaller");
    row("rand without digits", "{{rand 1. 2}}", 1, 1, "“rand”");
    row("rand too large", "{{rand 0 9223372036854775808}}", 1, 1, "“rand”");
    row("rand too fine", "{{rand 0 0.0000000000000001}}", 1, 1, "“rand”");
}

void TemplatesTest::namesThePlace()
{
    QFETCH(QByteArray, text);
    const auto program = compileTemplate(text.toStdString());
    QVERIFY(!program);
    QTEST(program.error().line, "line");
    QTEST(program.error().column, "column");
    QFETCH(QString, named);
    QVERIFY2(program.error().text().contains(named), qPrintable(program.error().text()));
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "{{json ";
    QVERIFY(compileTemplate(deep).error().text().contains(u"nested"_s));
}

void TemplatesTest::rendersEachFieldOfAMessage()
{
    sse::Message message{"t{{seq}}", "id-{{seq}}", "a{{seq}}\nb", std::chrono::milliseconds(5), "{{seq}}"};
    QString error;
    auto compiled = MessageTemplate::compile(message, error);
    QVERIFY2(compiled, qPrintable(error));
    const sse::Message second = compiled->render(2);
    QCOMPARE(second.type, std::string("t2"));
    QCOMPARE(second.id.value(), std::string("id-2"));
    QCOMPARE(second.data.value(), std::string("a2\nb"));
    QCOMPARE(second.retry.value(), std::chrono::milliseconds(5));
    QCOMPARE(second.comment.value(), std::string("{{seq}}"));
    compiled = MessageTemplate::compile({{}, {}, {}, {}, "c"}, error);
    QVERIFY(compiled);
    QVERIFY(!compiled->render(1).data && !compiled->render(1).id);
}

void TemplatesTest::refusesFieldsThatCannotBeSent_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("named");
    QTest::newRow("type, placeholder") << QByteArray("a{{b}}") << QByteArray()
                                       << u"Event type: Placeholder at column 2"_s;
    QTest::newRow("type, line break in a choice") << QByteArray("{{pick a\nb|c}}") << QByteArray() << u"type"_s;
    QTest::newRow("id, placeholder") << QByteArray() << QByteArray("{{b}}") << u"ID: Placeholder at column 1"_s;
    QTest::newRow("id, control in a choice") << QByteArray() << QByteArray("{{pick a\x01|c}}") << u"control"_s;
    QTest::newRow("id, space at the end") << QByteArray() << QByteArray("{{seq}} ") << u"space"_s;
}

void TemplatesTest::refusesFieldsThatCannotBeSent()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, id);
    QFETCH(QString, named);
    QString error;
    QVERIFY(!MessageTemplate::compile({type.toStdString(), id.toStdString(), "", {}, {}}, error));
    QVERIFY2(error.contains(named), qPrintable(error));
}

void TemplatesTest::rendersTheTypeOfAnEvent()
{
    QString error;
    auto event = EventTemplate::compile("e-", "{{pick x|x}}{{seq}}", "{{json a\nb}}\nc", error);
    QVERIFY2(event, qPrintable(error));
    QByteArray bytes(static_cast<qsizetype>(event->maxSize()), Qt::Uninitialized);
    bytes.truncate(event->render(bytes.data(), 9, 4) - bytes.constData());
    QCOMPARE(bytes, QByteArray("id: e-9\nevent: x4\ndata: \"a\\nb\"\ndata: c\n\n"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::TemplatesTest)
#include "tst_templates.moc"
