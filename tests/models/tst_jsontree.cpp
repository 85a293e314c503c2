// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontree.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;
using Reason = JsonProblem::Reason;

class JsonTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsWhatWasSent();
    void showsEqualKeysAll();
    void showsASingleValue();
    void opensAMillionElementsAtOnce();
    void namesPlaces_data();
    void namesPlaces();
    void tellsWhichPathAFilterSees();
    void showsWhatCameBeforeAFault_data();
    void showsWhatCameBeforeAFault();
    void findsWords();
    void endsAtItsLimits();
    void stopsWhenCanceled();
};

namespace {

/// The bytes outlive the outline in all of these tests.
std::shared_ptr<const JsonOutline> outlineOf(std::string_view json)
{
    return JsonOutline::read(nullptr, json);
}

struct Tree
{
    explicit Tree(std::string_view json)
        : tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        model.setOutline(outlineOf(json));
    }

    QString text(const QModelIndex &index) const { return index.data().toString(); }
    QString key(int row, const QModelIndex &parent = {}) const { return text(model.index(row, 0, parent)); }
    QString value(int row, const QModelIndex &parent = {}) const { return text(model.index(row, 1, parent)); }

    JsonTree model;
    QAbstractItemModelTester tester;
};

std::string manyZeros(std::size_t count)
{
    std::string json = "[0";
    for (std::size_t i = 1; i < count; ++i)
        json += ",0";
    return json + "]";
}

} // namespace

void JsonTreeTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void JsonTreeTest::showsWhatWasSent()
{
    const Tree tree(
        R"({"id":12345678901234567890,"price": 1.10,"far":1e400,"name":"a\u00e9\n\"b\"","ok":true,"no":null,)"
        R"("list":[1,[],{}]})");
    QCOMPARE(tree.model.rowCount(), 7);
    QCOMPARE(tree.key(0), u"id"_s);
    QCOMPARE(tree.value(0), u"12345678901234567890"_s);
    QCOMPARE(tree.value(1), u"1.10"_s);
    QCOMPARE(tree.value(2), u"1e400"_s);
    QCOMPARE(tree.value(3), u"\"aé↵\"b\"\""_s);
    QCOMPARE(tree.value(4), u"true"_s);
    QCOMPARE(tree.value(5), u"null"_s);
    QCOMPARE(tree.value(6), u"[3]  [1,[],{}]"_s);
    const auto list = tree.model.index(6, 0);
    QCOMPARE(tree.model.rowCount(list), 3);
    QCOMPARE(tree.key(2, list), u"2"_s);
    QVERIFY(!tree.model.hasChildren(tree.model.index(1, 0, list)));
}

void JsonTreeTest::showsEqualKeysAll()
{
    const Tree tree(R"({"a":1,"a":2,"a":3})");
    QCOMPARE(tree.model.rowCount(), 3);
    QCOMPARE(tree.value(0), u"1"_s);
    QCOMPARE(tree.value(2), u"3"_s);
}

void JsonTreeTest::showsASingleValue()
{
    const Tree tree(" -0.50 ");
    QCOMPARE(tree.model.rowCount(), 1);
    QCOMPARE(tree.key(0), u"data"_s);
    QCOMPARE(tree.value(0), u"-0.50"_s);
    QCOMPARE(tree.model.indexOf(0), tree.model.index(0, 0));
}

void JsonTreeTest::opensAMillionElementsAtOnce()
{
    const std::string million = manyZeros(1'000'001);
    JsonTree model;
    model.setOutline(outlineOf(million));
    QCOMPARE(model.rowCount(), 1001);
    const auto last = model.index(1000, 0);
    QCOMPARE(last.data().toString(), u"1,000,000 … 1,000,000"_s);
    QCOMPARE(model.rowCount(last), 1);
    const auto middle = model.index(500, 0);
    QCOMPARE(model.rowCount(middle), 1000);
    const auto element = model.index(7, 0, middle);
    QCOMPARE(element.data().toString(), u"500007"_s);
    QCOMPARE(model.parent(element), middle);
    QCOMPARE(model.groupOf(*model.node(element)), middle);
    QCOMPARE(model.indexOf(*model.node(element)), element);

    const std::string grouped = R"({"list":)" + manyZeros(2500) + "}";
    const Tree tree(grouped); // the tester goes through it
    QCOMPARE(tree.model.rowCount(tree.model.index(0, 0)), 3);
}

void JsonTreeTest::namesPlaces_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::newRow("key") << u"data.a"_s << u"1"_s;
    QTest::newRow("odd key") << u"data[\"odd key\"].x"_s << u"2"_s;
    QTest::newRow("escaped key") << u"data.é"_s << u"3"_s;
    QTest::newRow("element") << u"data.list[1][0]"_s << u"4"_s;
}

void JsonTreeTest::namesPlaces()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    const auto outline = outlineOf(R"({"a":1,"odd key":{"x":2},"\u00e9":3,"list":[[],[4]]})");
    const auto compiled = filter::JsonPath::compile(path.toStdString());
    QVERIFY(compiled.has_value());
    std::size_t steps = 100;
    const auto node = outline->find(*compiled, steps);
    QVERIFY(node.has_value());
    QCOMPARE(QString::fromStdString(outline->decodedText(*node)), value);
    QCOMPARE(QString::fromStdString(outline->path(*node).text()), path);
}

void JsonTreeTest::tellsWhichPathAFilterSees()
{
    const auto outline = outlineOf(R"({"a":{"x":1},"a":{"x":2}})");
    QVERIFY(outline->isFirstOfPath(2));
    QVERIFY(!outline->isFirstOfPath(3));
    QVERIFY(!outline->isFirstOfPath(4));
}

void JsonTreeTest::showsWhatCameBeforeAFault_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("reason");
    QTest::addColumn<qulonglong>("at");
    QTest::addColumn<unsigned>("nodes");
    const auto add = [](const char *name, const QByteArray &json, Reason reason, qulonglong at, unsigned nodes) {
        QTest::newRow(name) << json << int(reason) << at << nodes;
    };
    add("nothing", "", Reason::ExpectedValue, 0, 0);
    add("words", "hello", Reason::ExpectedValue, 0, 0);
    add("cut off", "{\"a\":1,\n\"b\":[2,", Reason::ExpectedValue, 15, 4);
    add("no key", "{\"a\":1,}", Reason::ExpectedName, 7, 2);
    add("no colon", "{\"a\" 1}", Reason::ExpectedColon, 5, 1);
    add("no comma", "[1 2]", Reason::ExpectedCommaOrClose, 3, 2);
    add("wrong bracket", "[1}", Reason::ExpectedCommaOrClose, 2, 2);
    add("two values", "{} {}", Reason::ExpectedEnd, 3, 1);
    add("open quote", "[\"abc", Reason::UnclosedString, 1, 1);
    add("control", "[\"a\tb\"]", Reason::ControlInString, 3, 1);
    add("escape", "[\"a\\x\"]", Reason::InvalidEscape, 3, 1);
    add("short escape", "[\"a\\u12\"]", Reason::InvalidEscape, 3, 1);
    add("number", "[1, 01]", Reason::InvalidNumber, 4, 2);
    add("bare point", "[1.]", Reason::InvalidNumber, 1, 1);
    add("minus", "[-]", Reason::InvalidNumber, 1, 1);
}

void JsonTreeTest::showsWhatCameBeforeAFault()
{
    QFETCH(QByteArray, json);
    QFETCH(int, reason);
    QFETCH(qulonglong, at);
    QFETCH(unsigned, nodes);
    const std::string text = json.toStdString();
    const auto outline = outlineOf(text);
    QVERIFY(outline->problem().has_value());
    QCOMPARE(int(outline->problem()->reason), reason);
    QCOMPARE(qulonglong(outline->problem()->at), at);
    QCOMPARE(unsigned(outline->nodeCount()), nodes);
    QVERIFY(problemText(*outline->problem(), text).contains(u"byte %1 "_s.arg(at)));
    const Tree tree(text);
    QVERIFY(tree.model.rowCount() <= 2);
}

void JsonTreeTest::findsWords()
{
    const auto outline = outlineOf(R"({"Name":"Ann","list":["anna",{"annex":1}],"other":"x"})");
    QCOMPARE(findInOutline(*outline, "ann"), (std::vector<JsonOutline::Node>{1, 3, 5}));
    QCOMPARE(findInOutline(*outline, "Ann"), (std::vector<JsonOutline::Node>{1}));
    QVERIFY(findInOutline(*outline, "").empty());
}

void JsonTreeTest::endsAtItsLimits()
{
    const std::string deep = std::string(100'000, '[') + "1" + std::string(100'000, ']');
    const auto nested = outlineOf(deep);
    QVERIFY(!nested->problem());
    QVERIFY(nested->isTooDeep());
    QCOMPARE(std::size_t(nested->nodeCount()), JsonOutline::maxDepth);
    QCOMPARE(nested->text(0).size(), deep.size());

    const auto zeros = manyZeros(JsonOutline::maxNodes + 10);
    const auto wide = outlineOf(zeros);
    QVERIFY(wide->isCut());
    QCOMPARE(std::size_t(wide->nodeCount()), JsonOutline::maxNodes);
}

void JsonTreeTest::stopsWhenCanceled()
{
    const auto zeros = manyZeros(100'000);
    const auto outline = JsonOutline::read(nullptr, zeros, [] { return true; });
    QVERIFY(outline->nodeCount() < 10'000);
}

QTEST_GUILESS_MAIN(JsonTreeTest)
#include "tst_jsontree.moc"
