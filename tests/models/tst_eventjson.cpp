// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsonindent.h"

#include <QTest>

using weir::models::indentJson;

class EventJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indents_data();
    void indents();
    void refuses_data();
    void refuses();
    void takesDeepNesting();
};

void EventJsonTest::indents_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("object") << QByteArray(R"({"b":1,"a":[true,null]})")
                            << QByteArray("{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}");
    QTest::newRow("order and duplicates")
        << QByteArray(R"({"z":1,"a":2,"z":3})") << QByteArray("{\n  \"z\": 1,\n  \"a\": 2,\n  \"z\": 3\n}");
    QTest::newRow("long integer") << QByteArray("[12345678901234567890]") << QByteArray("[\n  12345678901234567890\n]");
    QTest::newRow("number as written") << QByteArray("[1.0,-0,1E+2,0.10e-3]")
                                       << QByteArray("[\n  1.0,\n  -0,\n  1E+2,\n  0.10e-3\n]");
    QTest::newRow("escapes as written") << QByteArray(R"(["\u00e9\/\"\n"])")
                                        << QByteArray("[\n  \"\\u00e9\\/\\\"\\n\"\n]");
    QTest::newRow("brackets in strings") << QByteArray(R"(["{,:]"])") << QByteArray("[\n  \"{,:]\"\n]");
    QTest::newRow("UTF-8") << QByteArray("[\"grün €\"]") << QByteArray("[\n  \"grün €\"\n]");
    QTest::newRow("empty object") << QByteArray("{ }") << QByteArray("{}");
    QTest::newRow("empty array inside") << QByteArray("{\"a\":[ ]}") << QByteArray("{\n  \"a\": []\n}");
    QTest::newRow("white space") << QByteArray(" \r\n\t[ 1 ,\n2 ] ") << QByteArray("[\n  1,\n  2\n]");
    QTest::newRow("string") << QByteArray("\"x\"") << QByteArray("\"x\"");
    QTest::newRow("number") << QByteArray("42") << QByteArray("42");
    QTest::newRow("literal") << QByteArray("false") << QByteArray("false");
}

void EventJsonTest::indents()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    const auto indented = indentJson(json.toStdString());
    QVERIFY(indented);
    QCOMPARE(QByteArray::fromStdString(*indented), expected);
    QCOMPARE(indentJson(*indented), indented);
}

void EventJsonTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", " ", "hello", "{", "[", "]", "[1", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
             "{a:1}", "{1:2}", "[1 2]", "1 2", "[1}", "{\"a\":1]", "\"open", "\"\\x\"", "\"\\u12g4\"", "\"\\", "\"\n\"",
             "01", "-", "+1", ".5", "1.", "1e", "1e+", "tru", "truex", "nul", "[1]]", "'a'", "NaN", ",", ":"})
        QTest::newRow(*text ? text : "empty") << QByteArray(text);
}

void EventJsonTest::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!indentJson(text.toStdString()));
}

void EventJsonTest::takesDeepNesting()
{
    constexpr int depth = 100'000;
    const auto json = std::string(depth, '[') + std::string(depth, ']');
    const auto indented = indentJson(json);
    QVERIFY(indented);
    QVERIFY(indented->size() < std::size_t{300} * depth);
}

QTEST_GUILESS_MAIN(EventJsonTest)
#include "tst_eventjson.moc"
