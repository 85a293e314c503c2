// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/jsonpaths.h"
#include "filter/testlog.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::filter;

// Values in JSON data: what paths find and how values compare.
class FilterJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void matches_data();
    void matches();
    void asksEventsOnly();
    void asksSeveralOfOneRecord();
    void survivesDepth();
    void findsAcrossSizes();
};

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

Filter compiled(const QByteArray &expression)
{
    const auto filter = Filter::compile(view(expression));
    if (!filter)
        qWarning("%s: %s", expression.constData(), text(filter.error()).c_str());
    return filter.value_or(Filter());
}

void receiveData(TestLog &log, const QByteArray &data)
{
    log.receive(view("data:" + QByteArray(data).replace('\n', "\ndata:") + "\n\n"));
}

QByteArray nested(const char *open, const char *close, int depth, const QByteArray &inside)
{
    return QByteArray(open).repeated(depth) + inside + QByteArray(close).repeated(depth);
}

} // namespace

void FilterJsonTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterJsonTest::matches_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *expression, const char *data, bool expected) {
        QTest::addRow("%s | %s", expression, data) << QByteArray(expression) << QByteArray(data) << expected;
    };
    const auto yes = [&row](const char *expression, const char *data) { row(expression, data, true); };
    const auto no = [&row](const char *expression, const char *data) { row(expression, data, false); };

    // Numbers.
    yes("data.p > 100", R"({"p":100.5})");
    no("data.p > 100", R"({"p":100})");
    yes("data.p >= 100", R"({"p":100})");
    yes("data.p < 100", R"({"p":99.999})");
    no("data.p < 100", R"({"p":100})");
    yes("data.p <= 100", R"({"p":1e2})");
    yes("data.p = 100", R"({"p":100.0})");
    yes("data.p == 100", R"({"p":1e2})");
    yes("data.p=1e2", R"({"p":100})");
    yes("data.p != 100", R"({"p":101})");
    no("data.p != 100", R"({"p":100})");
    yes("data.p < 0", R"({"p":-1})");
    yes("data.p = -1.5", R"({"p":-1.50})");
    yes("data.p > -2", R"({"p":-1})");
    no("data.p > -1", R"({"p":-2})");
    yes("data.p = 0", R"({"p":-0.0})");
    yes("data.p = 0.1", R"({"p":1e-1})");
    no("data.p = 0.1", R"({"p":0.1000000000000000055})");
    yes("data.p > 0.09", R"({"p":0.1})");
    yes("data.p < 0.011", R"({"p":0.01})");

    // Beyond 2^53, beyond 2^64, and beyond what a double holds.
    no("data.n = 9007199254740993", R"({"n":9007199254740992})");
    yes("data.n = 9007199254740993", R"({"n":9007199254740993})");
    yes("data.n > 9007199254740992", R"({"n":9007199254740993})");
    yes("data.n = 18446744073709551615", R"({"n":18446744073709551615})");
    no("data.n = 18446744073709551615", R"({"n":18446744073709551616})");
    yes("data.n > 18446744073709551615", R"({"n":18446744073709551616})");
    yes("data.n < -9223372036854775808", R"({"n":-9223372036854775809})");
    yes("data.n = 123456789012345678901234567890", R"({"n":123456789012345678901234567890})");
    no("data.n = 123456789012345678901234567890", R"({"n":123456789012345678901234567891})");
    yes("data.n > 1e400", R"({"n":2e400})");
    no("data.n > 1e400", R"({"n":1e399})");
    yes("data.n > 1e308", R"({"n":1e99999999999999999999})");
    yes("data.n < 1", R"({"n":1e-99999999999999999999})");
    yes("data.n > 0", R"({"n":1e-99999999999999999999})");

    // A number is no text, and a text no number.
    no("data.p = 100", R"({"p":"100"})");
    yes("data.p != 100", R"({"p":"100"})");
    no("data.p = \"100\"", R"({"p":100})");
    yes("data.p = \"100\"", R"({"p":"100"})");
    no("data.p > 100", R"({"p":"200"})");
    no("data.p < abc", R"({"p":5})");
    no("data.p > 1", R"({"p":[2]})");
    no("data.p >= 0", R"({"p":null})");

    // Texts.
    yes("data.u = alice", R"({"u":"alice"})");
    yes("data.u = alice", R"({"u":"Alice"})");
    no("data.u = Alice", R"({"u":"alice"})");
    no("data.u = alice", R"({"u":"alice2"})");
    yes("data.u = al*", R"({"u":"alice"})");
    yes("data.u = ?lice", R"({"u":"alice"})");
    no("data.u = \"al*\"", R"({"u":"alice"})");
    yes("data.u = \"al*\"", R"({"u":"al*"})");
    no("data.u = 42*", R"({"u":4211})");
    yes("data.u = 42*", R"({"u":"4211"})");
    yes("data.u = \"two words\"", R"({"u":"Two words"})");
    yes("data.u = \"\"", R"({"u":""})");
    no("data.u = \"\"", R"({"u":" "})");
    yes("data.u != bob", R"({"u":"alice"})");
    no("data.u != al*", R"({"u":"alice"})");
    yes("data.u = /api/v1", R"({"u":"/api/v1"})");
    yes("data.u = /api/v1", R"({"u":"\/api\/v1"})");
    yes("data.u = \"say \\\"hi\\\"\"", R"({"u":"say \"hi\""})");
    yes("data.u = a\\b", R"({"u":"a\\b"})");
    yes("data.u = and", R"({"u":"and"})");
    yes("data.u > b", R"({"u":"c"})");
    no("data.u > b", R"({"u":"B"})");
    yes("data.u >= b", R"({"u":"B"})");
    no("data.u >= B1", R"({"u":"B"})");
    yes("data.t >= 2026-11-01", R"({"t":"2026-11-22T14:00:00Z"})");
    no("data.t >= 2026-11-23", R"({"t":"2026-11-22T14:00:00Z"})");
    yes("data.t < \"two words\"", R"({"t":"two"})");

    // Escapes and surrogates.
    yes("data.u = é", R"({"u":"\u00e9"})");
    yes("data.u = É", R"({"u":"\u00C9"})");
    yes("data.u = alice", R"({"u":"\u0061lice"})");
    yes("data.price = 5", R"({"pr\u0069ce":5})");
    no("data.price = 5", R"({"pr\\u0069ce":5})");
    yes("data.u = 😀", R"({"u":"\ud83d\ude00"})");
    yes("data.u = �", R"({"u":"\ud83d"})");
    yes("data.u = �x", R"({"u":"\ude00x"})");
    yes("data.u = ��", R"({"u":"\ud83d\ud83d"})");
    yes("data.u ~ \"a\nb\"", R"({"u":"a\nb"})");
    yes("data[\"a\\\"b\"] = 1", R"({"a\"b":1})");
    yes("data[\"a/b\"] = 1", R"({"a\/b":1})");
    yes("data[\"a/b\"] = 1", R"({"a/b":1})");
    yes("data.ключ = значение", R"({"ключ":"Значение"})");

    // Constants.
    yes("data.f = true", R"({"f":true})");
    no("data.f = true", R"({"f":false})");
    no("data.f = true", R"({"f":"true"})");
    yes("data.f = \"true\"", R"({"f":"true"})");
    yes("data.f = false", R"({"f" : false })");
    yes("data.f = null", R"({"f":null})");
    no("data.f = null", R"({"g":null})");
    yes("data.f != null", R"({"f":0})");
    yes("data.f != null", R"({"f":{}})");
    no("data.f != null", R"({"f":null})");
    yes("data.f != true", R"({"f":"x"})");

    // Paths.
    yes("data.a.b[0] = x", R"({"a":{"b":["x","y"]}})");
    yes("data.a.b[1] = y", R"({"a":{"b":["x","y"]}})");
    no("data.a.b[2] = y", R"({"a":{"b":["x","y"]}})");
    yes("data[0] = 1", "[1,2]");
    yes("data[1][0].x = 1", R"([0,[{"x":1}]])");
    no("data[0] = 1", R"({"0":1})");
    yes("data.0 = 1", R"({"0":1})");
    no("data.0 = 1", "[1]");
    yes("data[\"odd key\"].z != null", R"({"odd key":{"z":1}})");
    yes("data.a-b = 1", R"({"a-b":1})");
    yes("data.$x = 1", R"({"$x":1})");
    yes("data[\"\"] = 1", R"({"":1})");
    no("data.A = 1", R"({"a":1})");
    no("data.a = 1", R"({"aa":1,"b":{"a":1}})");
    yes("data.a = 1", R"( {"b":{"a":2},"c":["a",{"a":3}],"a":1} )");
    yes("data.a = 1", "{\n  \"a\" : 1\n}");
    no("data.a.b = 1", R"({"a":1})");
    no("data.a[0] = 1", R"({"a":1})");
    no("data.a = 1", R"({"a":{}})");

    // Of keys that are there twice the first one counts.
    yes("data.a = 1", R"({"a":1,"a":2})");
    no("data.a = 2", R"({"a":1,"a":2})");

    // A value that is not there equals nothing, and differs from nothing.
    no("data.x != 5", R"({"y":1})");
    no("data.x != 5", "no JSON");
    yes("-data.x = 5", R"({"y":1})");
    yes("-data.x = 5", "no JSON");

    // has:
    yes("has:data.a", R"({"a":null})");
    yes("has:data.a", R"({"a":{"b":1}})");
    no("has:data.a.c", R"({"a":{"b":1}})");
    yes("has:data[0]", "[[]]");
    no("has:data[0]", "[]");
    no("has:data[0]", "[DONE]");
    yes("-has:data.a", "{}");

    // ~ over the text of a value.
    yes("data.u ~ /^al/", R"({"u":"alice"})");
    no("data.u ~ /^al/", R"({"u":"Alice"})");
    yes("data.u ~ /^al/i", R"({"u":"Alice"})");
    no("data.u ~ /^al/", R"({"v":"alice"})");
    no("data.u ~ /alice/", R"({"u":"bob","v":"alice"})");
    yes("data.u ~ lic", R"({"u":"Alice"})");
    no("data.u ~ Lic", R"({"u":"Alice"})");
    yes("data.u ~ a\\b", R"({"u":"xa\\b"})");
    yes("data.u ~ é", R"({"u":"caf\u00e9"})");
    yes("data.n ~ /^1\\.50$/", R"({"n":1.50})");
    yes("data.n ~ 00000", R"({"n":100000000000000000000})");
    yes("data.l ~ red", R"({"l":["blue","red"]})");
    yes("data.l ~ /^\\[.*\\]$/", R"({"l" : [1, 2] , "m":3})");
    yes("data.l ~ /^\\{\"x\":1\\}$/", R"({"l":{"x":1}})");
    yes("data.u ~ \"\"", R"({"u":"x"})");
    no("data.u ~ \"\"", R"({"v":"x"})");
    yes("data.f ~ /true/", R"({"f":true})");

    // What is no JSON.
    no("data.a = 1", R"({"a":1)");
    no("data.a = 1", R"({"a":1]")");
    no("data.a = 1", R"(x{"a":1})");
    no("data.a = 1", R"({a:1})");
    no("data.a = 1", R"({"a":01})");
    no("data.a = 1", R"({"a":1.})");
    no("data.a != 1", R"({"a":1x})");
    no("data.a != 1", R"({"a":tru})");
    no("data.a != 1", R"({"a":})");
    no("data.a != 1", R"({"a")");
    no("data.a = x", R"({"a":"x)");
    no("data.a != 1", "\"a\"");
    no("data.a != 1", "5");
    no("data.a != 1", "[DONE]");
    no("data.a != 1", "{");
    no("data.a != 1", "}");
    no("data[0] != 1", "[,]");
    no("data[0] != 1", "[]]");
    // Only what lies on the way to a value is looked at.
    yes("data.a.b = 1", R"({"a":{"b":1})");
    yes("data.a = 1", R"({"a":1,b})");
    no("data.b = 1", R"({a:1,"b":1})");

    // Together with others.
    yes("data.a = 1 data.b = 2", R"({"a":1,"b":2})");
    yes("data.b = 2 data.a = 1", R"({"a":1,"b":2})");
    no("data.a = 1 data.b = 3", R"({"a":1,"b":2})");
    yes("data.a = 5 or data.b = 2", R"({"a":1,"b":2})");
    yes("(data.a = 1 or data.a = 2) x", R"({"a":2,"b":"x"})");
    yes("not (data.a = 1 and data.b = 2)", R"({"a":1,"b":3})");
    yes("(data.a = 1)", R"({"a":1})");
}

void FilterJsonTest::matches()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, data);
    QFETCH(bool, expected);

    // Alone, last, and with others behind it: what lies behind the data may be read, and must not matter.
    for (const char *behind :
        {"", "data:}\n\n", "data:]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n\n"}) {
        TestLog log;
        receiveData(log, data);
        log.receive(behind);
        const store::Snapshot snapshot = log.snapshot();
        const Filter filter = compiled(expression);
        QCOMPARE(filter.matches(snapshot.at(snapshot.begin()), {}), expected);
        const auto scanned = matchedByScan(filter, snapshot, {});
        QCOMPARE(!scanned.empty() && scanned.front() == 1, expected);
    }
}

void FilterJsonTest::asksEventsOnly()
{
    TestLog log;
    log.receive(":{\"a\":1}\n\ndata:{\"a\":1}\n\n");
    log.connect("{\"a\":1}");
    const store::Snapshot snapshot = log.snapshot();
    using Numbers = std::vector<std::uint64_t>;
    for (const auto &[expression, expected] : std::map<QByteArray, Numbers>{{"data.a = 1", {2}}, {"has:data.a", {2}},
             {"-data.a = 1", {1, 3}}, {"data ~ /1/", {1, 2, 3}}, {"/1/", {1, 2, 3}}}) {
        QCOMPARE(matchedOneByOne(compiled(expression), snapshot, {}), expected);
        QCOMPARE(matchedByScan(compiled(expression), snapshot, {}), expected);
    }
}

// Terms that all have to hold, in any order of path and record: the data are open once, and must be the right ones.
void FilterJsonTest::asksSeveralOfOneRecord()
{
    TestLog log;
    for (int i = 0; i < 3000; ++i)
        receiveData(log, "{\"i\":" + QByteArray::number(i) + ",\"odd\":" + (i % 2 ? "true" : "false") + ",\"t\":\"x" +
                             QByteArray::number(i % 7) + "\"}");
    const store::Snapshot snapshot = log.snapshot();
    const Filter filter = compiled("data.t = x3 data.i >= 1000 data.odd = true -data.i = 2005");
    std::vector<std::uint64_t> expected;
    for (std::uint64_t i = 1000; i < 3000; ++i) {
        if (i % 7 == 3 && i % 2 == 1 && i != 2005)
            expected.push_back(i + 1);
    }
    QCOMPARE(matchedByScan(filter, snapshot, {}), expected);
    QCOMPARE(matchedOneByOne(filter, snapshot, {}), expected);
}

void FilterJsonTest::survivesDepth()
{
    for (const int depth : {10, 1000, 2000, 100000}) {
        TestLog log;
        receiveData(log, "{\"deep\":" + nested("[", "]", depth, "1") + ",\"a\":1}");
        receiveData(log, nested("{\"a\":", "}", depth, "1"));
        receiveData(log, QByteArray(depth, '['));
        receiveData(log, "{\"a\":1,\"deep\":" + QByteArray(depth, '[') + "}");
        const store::Snapshot snapshot = log.snapshot();
        for (const char *expression : {"data.a = 1", "data.a.a ~ a", "data.deep ~ 1", "data[0][0] != 1"}) {
            const Filter filter = compiled(expression);
            QCOMPARE(matchedByScan(filter, snapshot, {}), matchedOneByOne(filter, snapshot, {}));
        }
        QVERIFY(compiled("data.a = 1").matches(snapshot.at(store::EventNumber{1}), {}));
        const QByteArray path = "data" + QByteArray(".a").repeated(std::min(depth, 3000));
        QCOMPARE(matchedByScan(compiled("has:" + path), snapshot, {}), std::vector<std::uint64_t>{2});
        JsonPaths seen;
        seen.add(*snapshot.segment(0), 0, snapshot.readable(0));
        QVERIFY(!seen.paths().empty());
    }
}

// Around the block sizes and the memory that the parser keeps.
void FilterJsonTest::findsAcrossSizes()
{
    const Filter filter = compiled("data.a = 1 data.z = end");
    for (const int size : {0, 1, 30, 31, 32, 33, 63, 64, 65, 127, 128, 1000, 65000, 70000, 1100000, 10, 3000000, 100}) {
        TestLog log;
        const QByteArray data = "{\"a\":1,\"pad\":\"" + QByteArray(size, 'p') + "\",\"z\":\"end\"}";
        receiveData(log, data);
        receiveData(log, data.left(data.size() - 2));
        receiveData(log, "{\"a\":1,\n\"z\":\"end\"}");
        const store::Snapshot snapshot = log.snapshot();
        QCOMPARE(matchedByScan(filter, snapshot, {}), (std::vector<std::uint64_t>{1, 3}));
        QCOMPARE(matchedOneByOne(filter, snapshot, {}), (std::vector<std::uint64_t>{1, 3}));
    }
}

QTEST_GUILESS_MAIN(FilterJsonTest)
#include "tst_filterjson.moc"
