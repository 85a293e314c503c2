// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composerjson.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::gui::ComposerJson;
using weir::gui::findJsonFault;

namespace {

QByteArray rowName(const char *text)
{
    return QByteArray(text).replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
}

} // namespace

class TestPublisherJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void acceptsJson_data();
    void acceptsJson();
    void findsTheFirstFault_data();
    void findsTheFirstFault();
    void answersForTheNewestText();
    void answersNothingAfterForget();
};

void TestPublisherJson::acceptsJson_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"{}", "[]", " [ ] ", "{ }", "1", "-0", "0.5e-10", "1E+2", "\"x\"", "true", "false", "null",
             "[1,2,3]", "{\"a\":1,\"b\":[{}, {\"c\":null}]}", "[[[]],[]]", "\n{\t\"a\"\r\n:\n[1 , 2 ]\n}\n",
             R"("\"\\\/\b\f\n\r\t\u00e9\uD83D")", "\"é\u2028\"", "[\"\",\"\"]"})
        QTest::newRow(rowName(text).constData()) << QString::fromUtf8(text);
    QTest::newRow("deep") << QString(100000, u'[') + QString(100000, u']');
}

void TestPublisherJson::acceptsJson()
{
    QFETCH(QString, text);
    const auto fault = findJsonFault(text);
    QVERIFY2(!fault, fault ? qPrintable(fault->reason) : "");
}

void TestPublisherJson::findsTheFirstFault_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *text, int line, int column, const char *reason) {
        QTest::newRow(rowName(text).constData())
            << QString::fromUtf8(text) << line << column << QString::fromUtf8(reason);
    };
    row("hello", 1, 1, "a value should be here");
    row("nul", 1, 1, "a value should be here");
    row("nullx", 1, 5, "text after the value");
    row("1 2", 1, 3, "text after the value");
    row("1,2", 1, 2, "text after the value");
    row("[1] ]", 1, 5, "text after the value");
    row("[1,]", 1, 4, "a value should be here");
    row("[1 2]", 1, 4, "“,” or “]” should be here");
    row("[1}", 1, 3, "“,” or “]” should be here");
    row("[", 1, 2, "the text ends where a value should be");
    row("[1", 1, 3, "“,” or “]” should be here");
    row("{\n  \"a\": 1,\n  b: 2\n}", 3, 3, "a name in double quotes should be here");
    row("{\"a\":1,}", 1, 8, "a name in double quotes should be here");
    row("{\"a\" 1}", 1, 6, "“:” should be here");
    row("{\"a\":1 \"b\":2}", 1, 8, "“,” or “}” should be here");
    row("{\"a\":}", 1, 6, "a value should be here");
    row("{", 1, 2, "a name in double quotes should be here");
    row("\n\n \"abc", 3, 2, "this string does not end");
    row("\"a\nb\"", 1, 3, "a line break or control character inside a string");
    row("\"\\x\"", 1, 3, "an escape that JSON does not have");
    row("\"\\u12g4\"", 1, 6, "an escape that JSON does not have");
    row("01", 1, 2, "text after the value");
    row("-", 1, 2, "a digit should be here");
    row("1.", 1, 3, "a digit should be here");
    row("1e+", 1, 4, "a digit should be here");
    row("+1", 1, 1, "a value should be here");
    row("'a'", 1, 1, "a value should be here");
    row("[1] // no", 1, 5, "text after the value");
    row("", 1, 1, "the text ends where a value should be");
}

void TestPublisherJson::findsTheFirstFault()
{
    QFETCH(QString, text);
    const auto fault = findJsonFault(text);
    QVERIFY(fault);
    QTEST(fault->line, "line");
    QTEST(fault->column, "column");
    QTEST(fault->reason, "reason");
}

void TestPublisherJson::answersForTheNewestText()
{
    ComposerJson json;
    const QSignalSpy valid(&json, &ComposerJson::valid);
    const QSignalSpy faulty(&json, &ComposerJson::faulty);
    for (int i = 0; i < 20; ++i)
        json.check(u"["_s + QString(1000000, u' '));
    json.check(u"[1]"_s);
    QTRY_COMPARE(valid.count(), 1);
    QCOMPARE(faulty.count(), 0);
}

void TestPublisherJson::answersNothingAfterForget()
{
    ComposerJson json;
    const QSignalSpy valid(&json, &ComposerJson::valid);
    const QSignalSpy faulty(&json, &ComposerJson::faulty);
    json.check(u"["_s);
    json.forget();
    QCOMPARE(faulty.count(), 0);
    json.check(u"1"_s);
    QTRY_COMPARE(valid.count(), 1);
    QCOMPARE(faulty.count(), 0);
}

QTEST_GUILESS_MAIN(TestPublisherJson)
#include "tst_publisherjson.moc"
