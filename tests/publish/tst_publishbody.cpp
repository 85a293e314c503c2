// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/publishbody.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a request to publish says, by its type; and what it is told when it is wrong.
class PublishBodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void takesTextAsItIs_data();
    void takesTextAsItIs();
    void readsJson();
    void keepsJsonDataByteForByte_data();
    void keepsJsonDataByteForByte();
    void readsJsonLines();
    void readsBlocks();
    void takesTheQuery();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
};

void PublishBodyTest::takesTextAsItIs_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type : {"", "text/plain", "Text/Plain; charset=UTF-8", "application/x-www-form-urlencoded"})
        QTest::newRow(type) << QByteArray(type);
}

void PublishBodyTest::takesTextAsItIs()
{
    QFETCH(QByteArray, type);
    for (const QByteArray &body :
        {QByteArray("a=b&c=%20+d"), QByteArray(" x\n"), QByteArray("\xc3\xa4"), QByteArray()}) {
        const PublishBody read = readPublishBody(type, {}, body);
        QCOMPARE(read.status, 0);
        QCOMPARE(read.messages.size(), 1);
        QCOMPARE(QByteArray::fromStdString(read.messages.first().data.value_or("none")), body);
        QVERIFY(!read.messages.first().id);
    }
}

void PublishBodyTest::readsJson()
{
    const PublishBody read =
        readPublishBody("application/json", {}, R"({"type":"t","id":"7","data":"x\ny","retry":500,"comment":"c"})");
    QCOMPARE(read.status, 0);
    const sse::Message &message = read.messages.first();
    QCOMPARE(message.type, std::string("t"));
    QCOMPARE(message.id, std::optional<std::string>("7"));
    QCOMPARE(message.data, std::optional<std::string>("x\ny"));
    QCOMPARE(message.retry, std::optional(500ms));
    QCOMPARE(message.comment, std::optional<std::string>("c"));
}

void PublishBodyTest::keepsJsonDataByteForByte_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *name, const QByteArray &json, const QByteArray &data) {
        QTest::newRow(name) << json << data;
    };
    row("order and numbers", R"({"data":{"b":1.50,"a":12345678901234567890}})",
        R"({"b":1.50,"a":12345678901234567890})");
    row("nested", R"({"x":1,"data": [1, {"a":"}\"]"}] ,"id":"1"})", "");
    row("deep", R"({"id":"1","data":[ {"a":"]}\"\\"} , 2 ],"type":"t"})", R"([ {"a":"]}\"\\"} , 2 ])");
    row("number", R"({"data":1e400})", "");
    row("large number", R"({"data":10000000000000000000001})", "10000000000000000000001");
    row("true", R"({"data":true})", "true");
    row("null", R"({ "data" : null })", "null");
    row("name in an earlier string", R"({"type":"\"data\":1","data":[2]})", "[2]");
    row("escaped name", R"({"d\u0061ta":[1,2]})", "[1,2]");
}

void PublishBodyTest::keepsJsonDataByteForByte()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, data);
    const PublishBody read = readPublishBody("application/json", {}, json);
    if (data.isEmpty()) {
        QCOMPARE(read.status, 400);
        return;
    }
    QVERIFY2(read.status == 0, qPrintable(read.error));
    QCOMPARE(QByteArray::fromStdString(read.messages.first().data.value_or("")), data);
}

void PublishBodyTest::readsJsonLines()
{
    const PublishBody read =
        readPublishBody("application/x-ndjson", {}, "{\"data\":1}\r\n\n{\"comment\":\"c\"}\n{\"data\":\"z\"}");
    QCOMPARE(read.messages.size(), 3);
    QCOMPARE(read.messages.at(0).data, std::optional<std::string>("1"));
    QVERIFY(!read.messages.at(1).data);
    QCOMPARE(read.messages.at(2).data, std::optional<std::string>("z"));
}

void PublishBodyTest::readsBlocks()
{
    const PublishBody read =
        readPublishBody("text/event-stream", {}, ": c\nid: 1\nevent: t\ndata: a\ndata: b\n\ndata: c\n\ndata: last");
    QCOMPARE(read.messages.size(), 4);
    QCOMPARE(read.messages.at(1).id, std::optional<std::string>("1"));
    QCOMPARE(read.messages.at(1).type, std::string("t"));
    QCOMPARE(read.messages.at(1).data, std::optional<std::string>("a\nb"));
    QVERIFY(!read.messages.at(2).id); // the last event ID is not an id of its own
    QCOMPARE(read.messages.at(3).data, std::optional<std::string>("last"));
    QCOMPARE(read.messages.at(0).comment, std::optional<std::string>("c"));
    const PublishBody fields =
        readPublishBody("text/event-stream", {}, "retry: 5\nid: 1\r\n\nid: 1\rdata: a\n\nid\ndata: b");
    QCOMPARE(fields.messages.size(), 3);
    QVERIFY(!fields.messages.at(0).data);
    QCOMPARE(fields.messages.at(0).retry, std::optional(5ms));
    QCOMPARE(fields.messages.at(1).id, std::optional<std::string>("1")); // again, but by itself
    QVERIFY(!fields.messages.at(1).retry);
    QCOMPARE(fields.messages.at(2).id, std::optional<std::string>(""));
    const QByteArray large(20 << 20, 'x');
    QCOMPARE(readPublishBody("text/event-stream", {}, "data: " + large).messages.size(), 1);
}

void PublishBodyTest::takesTheQuery()
{
    const PublishBody plain = readPublishBody("", "type=a%20b&id=%C3%A4&retry=5", "x");
    QCOMPARE(plain.messages.first().type, std::string("a b"));
    QCOMPARE(plain.messages.first().id, std::optional<std::string>("\xc3\xa4"));
    QCOMPARE(plain.messages.first().retry, std::optional(5ms));
    const PublishBody json = readPublishBody("application/json", "type=query", R"({"type":"own","data":""})");
    QCOMPARE(json.messages.first().type, std::string("own"));
}

void PublishBodyTest::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const QByteArray &type, const QByteArray &query, const QByteArray &body,
                         int status,
                         const QString &part) { QTest::newRow(name) << type << query << body << status << part; };
    row("other type", "image/png", "", "x", 415, u"text/plain"_s);
    row("form with files", "multipart/form-data; boundary=x", "", "x", 415, u"text/plain"_s);
    row("other charset", "text/plain; charset=ISO-8859-1", "", "x", 415, u"UTF-8"_s);
    row("not UTF-8", "text/plain", "", "abc\xff", 400, u"Byte 4 "_s);
    row("cut UTF-8", "text/plain", "", "ab\xe2\x82", 400, u"Byte 3 "_s);
    row("no JSON", "application/json", "", "hello", 400, u"at character "_s);
    row("nothing", "application/json", "", "", 400, u"not JSON"_s);
    row("no object", "application/json", "", "[1]", 400, u"object"_s);
    row("unknown member", "application/json", "", R"({"dta":1})", 400, u"\"dta\""_s);
    row("a path", "application/json", "", R"({"path":"/other"})", 400, u"\"path\""_s);
    row("bad line", "application/x-ndjson", "", "{\"data\":1}\n\n{\"data\":", 400, u"line 3: "_s);
    row("no line", "application/x-ndjson", "", "\n", 400, u"no line"_s);
    row("no block", "text/event-stream", "", "\n\n", 400, u"no block"_s);
    row("NUL in an id", "text/event-stream", "", QByteArray("data: x\nid: a\0b\n\n", 17), 400, u"byte 9: "_s);
    row("no time", "text/event-stream", "", "data: x\nretry: soon\n\n", 400, u"retry"_s);
    row("unknown field", "text/event-stream", "", "data: x\nfoo: y\n\n", 400, u"no such field"_s);
    row("unknown query", "", "colour=red", "x", 400, u"“type”"_s);
    row("bad retry", "", "retry=soon", "x", 400, u"“retry”"_s);
    row("negative retry", "", "retry=-1", "x", 400, u"“retry”"_s);
    row("one id for several", "application/x-ndjson", "id=1", "{\"data\":1}\n{\"data\":2}", 400, u"“id”"_s);
}

void PublishBodyTest::namesWhatIsWrong()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, body);
    QFETCH(QString, part);
    const PublishBody read = readPublishBody(type, query, body);
    QTEST(read.status, "status");
    QVERIFY(read.messages.isEmpty());
    QVERIFY2(read.error.contains(part), qPrintable(read.error));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::PublishBodyTest)
#include "tst_publishbody.moc"
