// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/jsonpath.h"
#include "filter/jsonpaths.h"
#include "filter/testlog.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::filter;

// Places in JSON data: how they are written, what stands there, and what is collected of them.
class JsonPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void values_data();
    void values();
    void paths_data();
    void paths();
    void collects();
    void collectsWithinLimits();
    void samplesEvenly();
};

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

void receiveData(TestLog &log, const QByteArray &data)
{
    log.receive(view("data:" + data + "\n\n"));
}

std::string nested(const std::string &open, int depth, const std::string &inside)
{
    std::string text = inside;
    for (int i = 0; i < depth; ++i)
        text = open + text + '}';
    return text;
}

} // namespace

void JsonPathTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void JsonPathTest::values_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected"); // null: there is none
    const auto row = [](const char *path, const char *data, const QByteArray &expected) {
        QTest::addRow("%s | %s", path, data) << QByteArray(path) << QByteArray(data) << expected;
    };
    row("data.n", R"({"n":12345678901234567890123})", "12345678901234567890123");
    row("data.n", R"({"n": 1.50 })", "1.50");
    row("data.n", R"({"n":-0.0e+10,"m":1})", "-0.0e+10");
    row("data.s", R"({"s":"a \"b\" \u00e9\n"})", "a \"b\" é\n");
    row("data.s", R"({"s":""})", "");
    row("data.s", R"({"s":"\ud800"})", "�");
    row("data.b", R"({"b":true})", "true");
    row("data.b", R"({"b":null})", "null");
    row("data.o", R"({"o": { "x" : [ 1 , 2 ] } , "p":1})", R"({ "x" : [ 1 , 2 ] })");
    row("data.o[0]", R"({"o":[[ ], 1]})", "[ ]");
    row("data.x", R"({"y":1})", {});
    row("data.x", "x", {});
    row("data.x", "", {});
    row("data.x", R"({"x":1)", {});
    row("data.x", R"({"x":nul})", {});
    row("data[\"a b\"][1]", R"({"a b":[0,"yes"]})", "yes");
    row("data", R"( {"a":1} )", R"({"a":1})");
    row("data", "[1]", "[1]");
    row("data.x", "{\"x\":\"\xFF\"}", {});
}

void JsonPathTest::values()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    const auto compiledPath = JsonPath::compile(view(path));
    QVERIFY(compiledPath);
    const auto value = compiledPath->valueText(view(data));
    QCOMPARE(value.has_value(), !expected.isNull());
    QCOMPARE(QByteArray::fromStdString(value.value_or("")), expected);
}

void JsonPathTest::paths_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("root") << QByteArray("data") << QByteArray("data");
    QTest::newRow("plain") << QByteArray("data.a.b[0]") << QByteArray("data.a.b[0]");
    QTest::newRow("needless quotes") << QByteArray("data[\"a\"][\"b c\"]") << QByteArray("data.a[\"b c\"]");
    QTest::newRow("quote") << QByteArray("data[\"a\\\"b\"]") << QByteArray("data[\"a\\\"b\"]");
    QTest::newRow("empty key") << QByteArray("data[\"\"]") << QByteArray("data[\"\"]");
    QTest::newRow("zeros") << QByteArray("data[007]") << QByteArray("data[7]");
}

void JsonPathTest::paths()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, expected);
    const auto path = JsonPath::compile(view(typed));
    QVERIFY(path);
    QCOMPARE(QByteArray::fromStdString(path->text()), expected);
    QVERIFY(JsonPath::compile(path->text()) == *path);
}

void JsonPathTest::collects()
{
    TestLog log;
    receiveData(log, R"({"price":100,"user":{"name":"alice \"x\""},"tags":["a","b"]})");
    receiveData(log, R"({"price":200.50,"user":{"name":"bob"},"tags":[],"odd key":null})");
    receiveData(log, R"({"price":100})");
    receiveData(log, "no JSON");
    log.receive(":{\"comment\":1}\n\n");
    JsonPaths seen;
    const store::Snapshot snapshot = log.snapshot();
    seen.add(*snapshot.segment(0), 0, snapshot.readable(0));
    QByteArrayList lines;
    for (const SeenPath &path : seen.paths()) {
        QByteArrayList examples;
        for (const std::string &example : path.examples) {
            examples += QByteArray::fromStdString(example);
            QVERIFY(Filter::compile(path.path.text() + " = " + example));
        }
        lines += QByteArray::fromStdString(path.path.text()) + ' ' + QByteArray::number(qulonglong{path.count}) + ": " +
                 examples.join(' ');
    }
    QCOMPARE(lines, (QByteArrayList{"data.price 3: 100 200.50", "data.user.name 2: \"bob\" \"alice \\\"x\\\"\"",
                        "data.tags[0] 1: \"a\"", "data[\"odd key\"] 1: null"}));
}

void JsonPathTest::collectsWithinLimits()
{
    JsonPaths seen;
    for (int i = 0; i < 300; ++i) {
        const std::string number = std::to_string(i);
        seen.addData("{\"a" + number + "\":1,\"b" + number + "\":2}");
    }
    QCOMPARE(seen.paths().size(), maxSeenPaths);
    QVERIFY(seen.isFull());

    JsonPaths deep;
    deep.addData(nested("{\"a\":", 8, "1"));
    QCOMPARE(deep.paths().size(), std::size_t{1});
    deep.addData(nested("{\"b\":", 9, "1"));
    QCOMPARE(deep.paths().size(), std::size_t{1});

    JsonPaths many;
    for (int i = 0; i < 100; ++i)
        many.addData("{\"a\":" + std::to_string(i) + ",\"long\":\"" + std::string(81, 'x') + "\"}");
    QCOMPARE(many.paths().at(0).examples.size(), SeenPath::maxExamples);
    QCOMPARE(many.paths().at(0).examples.front(), std::string("99"));
    QVERIFY(many.paths().at(1).examples.empty());
}

void JsonPathTest::samplesEvenly()
{
    TestLog log;
    for (int i = 0; i < 1000; ++i)
        receiveData(log, "{\"i\":" + QByteArray::number(i) + '}');
    const store::Snapshot snapshot = log.snapshot();
    JsonPaths seen;
    seen.add(*snapshot.segment(0), 0, 1000, 10);
    const auto paths = seen.paths();
    QCOMPARE(paths.at(0).count, std::uint64_t{10});
    QCOMPARE(paths.at(0).examples.front(), std::string("900"));
    QCOMPARE(paths.at(0).examples.back(), std::string("200"));
}

QTEST_GUILESS_MAIN(JsonPathTest)
#include "tst_jsonpath.moc"
