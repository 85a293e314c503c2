// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventinput.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace weir::publish;

namespace {

InputSettings settingsOf(InputFormat format, CsvUse use = CsvUse::JsonObject)
{
    InputSettings settings;
    settings.format = format;
    settings.path = u"/d"_s;
    settings.csvUse = use;
    return settings;
}

QList<Publication> publicationsOf(EventInput input, const QByteArray &bytes, QList<QString> *problems = nullptr)
{
    auto result = input.feed(bytes);
    const auto rest = input.finish();
    if (problems)
        *problems = result.problems + rest.problems;
    return result.publications + rest.publications;
}

} // namespace

class TestEventInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonLines();
    void jsonProblems_data();
    void jsonProblems();
    void piecesDoNotMatter();
    void text();
    void eventStream();
    void linesOfWeirWatch();
    void byteOrderMark();
    void endlessLine();
    void csvAsObjects();
    void csvAsFields();
    void csvSeparators();
    void csvProblems_data();
    void csvProblems();
    void csvInPieces();
};

void TestEventInput::jsonLines()
{
    EventInput input(settingsOf(InputFormat::JsonLines));
    const auto result =
        input.feed("{\"type\":\"t\",\"id\":7,\"data\":{\"a\":[1,2]},\"retry\":500,\"comment\":\"c\",\"path\":\"/p\"}\n"
                   "\n{\"data\":\"x\\ny\"}\r\n{}\n");
    QVERIFY(result.problems.isEmpty());
    QCOMPARE(result.publications.size(), 3);
    const auto &first = result.publications[0];
    QCOMPARE(first.path, u"/p"_s);
    QCOMPARE(first.message.type, "t");
    QCOMPARE(first.message.id, "7");
    QCOMPARE(first.message.data, "{\"a\":[1,2]}");
    QCOMPARE(first.message.retry, 500ms);
    QCOMPARE(first.message.comment, "c");
    QCOMPARE(result.publications[1].message.data, "x\ny");
    QCOMPARE(result.publications[1].path, u"/d"_s);
    QVERIFY(!result.publications[1].message.id);
    QVERIFY(!result.publications[2].message.data);
}

void TestEventInput::jsonProblems_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("part");
    QTest::newRow("no JSON") << QByteArray("hello") << u"not JSON"_s;
    QTest::newRow("no object") << QByteArray("[1]") << u"not a JSON object"_s;
    QTest::newRow("unknown field") << QByteArray("{\"dta\":1}") << u"\"dta\""_s;
    QTest::newRow("retry word") << QByteArray("{\"retry\":\"soon\"}") << u"\"retry\""_s;
    QTest::newRow("negative retry") << QByteArray("{\"retry\":-1}") << u"\"retry\""_s;
    QTest::newRow("relative path") << QByteArray("{\"path\":\"p\"}") << u"\"path\""_s;
}

void TestEventInput::jsonProblems()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, part);
    EventInput input(settingsOf(InputFormat::JsonLines));
    const auto result = input.feed("{\"data\":\"before\"}\n" + line + "\n{\"data\":\"after\"}\n");
    QCOMPARE(result.publications.size(), 2);
    QCOMPARE(result.problems.size(), 1);
    QVERIFY2(result.problems.first().startsWith(u"line 2: "_s), qPrintable(result.problems.first()));
    QVERIFY2(result.problems.first().contains(part), qPrintable(result.problems.first()));
}

void TestEventInput::piecesDoNotMatter()
{
    const QByteArray bytes = "{\"data\":\"\xc3\xbc\"}\n{\"data\":\"b\"}";
    EventInput input(settingsOf(InputFormat::JsonLines));
    QList<Publication> publications;
    for (const char byte : bytes)
        publications += input.feed(QByteArray(1, byte)).publications;
    publications += input.finish().publications;
    QCOMPARE(publications.size(), 2);
    QCOMPARE(publications[0].message.data, "\xc3\xbc");
    QCOMPARE(publications[1].message.data, "b");
}

void TestEventInput::text()
{
    EventInput input(settingsOf(InputFormat::Text));
    auto publications = input.feed("one\r\n\ntwo").publications;
    publications += input.finish().publications;
    QCOMPARE(publications.size(), 3);
    QCOMPARE(publications[0].message.data, "one");
    QCOMPARE(publications[1].message.data, "");
    QCOMPARE(publications[2].message.data, "two");
}

void TestEventInput::eventStream()
{
    EventInput input(settingsOf(InputFormat::EventStream));
    const auto publications =
        input.feed(":c\nid: 5\nevent: t\ndata: a\ndata: b\n\ndata: x\n\ndata: unfinished").publications;
    QCOMPARE(publications.size(), 3);
    QCOMPARE(publications[0].message.comment, "c");
    QCOMPARE(publications[1].message.id, "5");
    QCOMPARE(publications[1].message.type, "t");
    QCOMPARE(publications[1].message.data, "a\nb");
    QVERIFY(!publications[2].message.id);
    const auto end = input.finish();
    QVERIFY(end.publications.isEmpty());
    QCOMPARE(end.problems.size(), 1); // the unfinished block
    EventInput fields(settingsOf(InputFormat::EventStream));
    const auto result = fields.feed(": a comment\nretry: 5\n\ndata: x\nfoo: y\n\n");
    QCOMPARE(result.publications.size(), 3);
    QCOMPARE(result.publications[0].message.comment, "a comment");
    QCOMPARE(result.publications[1].message.retry, 5ms);
    QCOMPARE(result.problems, QList<QString>{u"byte 31: clients know no such field"_s});
}

void TestEventInput::linesOfWeirWatch()
{
    QList<QString> problems;
    const auto publications = publicationsOf(EventInput(settingsOf(InputFormat::JsonLines)),
        R"({"kind":"state","source":"s","time":"t","state":"open","attempt":1,"status":200,"reason":""}
{"kind":"event","source":"s","seq":7,"time":"t","type":"message","id":"","data":"x","size":120}
{"kind":"event","source":"s","seq":8,"time":"t","type":"tick","id":"8","data":"y","size":120}
{"kind":"comment","source":"s","time":"t","text":" hi"}
{"kind":"summary","events":2}
)",
        &problems);
    QCOMPARE(problems, QList<QString>());
    QCOMPARE(publications.size(), 3);
    QCOMPARE(publications[0].message, (weir::sse::Message{{}, {}, "x", {}, {}}));
    QCOMPARE(publications[1].message, (weir::sse::Message{"tick", "8", "y", {}, {}}));
    QCOMPARE(publications[2].message, (weir::sse::Message{{}, {}, {}, {}, " hi"}));
}

void TestEventInput::byteOrderMark()
{
    for (const auto format : {InputFormat::JsonLines, InputFormat::EventStream, InputFormat::Csv}) {
        const QByteArray bytes = format == InputFormat::Csv         ? "data\nx\n"
                                 : format == InputFormat::JsonLines ? "{\"data\":\"x\"}\n"
                                                                    : "data: x\n\n";
        EventInput input(settingsOf(format, CsvUse::Fields));
        QList<Publication> publications;
        for (const char byte : "\xef\xbb\xbf" + bytes)
            publications += input.feed(QByteArray(1, byte)).publications;
        QCOMPARE(publications.size(), 1);
        QCOMPARE(publications[0].message.data, "x");
    }
    QCOMPARE(publicationsOf(EventInput(settingsOf(InputFormat::Text)), "\xef").size(), 1);
}

void TestEventInput::endlessLine()
{
    for (const auto format : {InputFormat::JsonLines, InputFormat::Text, InputFormat::Csv}) {
        auto settings = settingsOf(format, CsvUse::Fields);
        settings.maxMessageBytes = 1 << 20;
        EventInput input(settings);
        input.feed(format == InputFormat::Csv ? "data\n" : "\n");
        QList<QString> problems;
        for (int i = 0; i < 40; ++i)
            problems += input.feed(QByteArray(100'000, 'x')).problems;
        QCOMPARE(problems.size(), 1);
        QVERIFY2(problems[0].startsWith(u"line 2: "_s) && problems[0].contains(u"longer than 1 MiB"_s),
            qPrintable(problems[0]));
        const auto result = input.feed(format == InputFormat::JsonLines ? "\n{\"data\":\"y\"}\n" : "\ny\n");
        QCOMPARE(result.publications.size(), 1);
        QCOMPARE(result.publications[0].message.data, "y");
    }
}

void TestEventInput::csvAsObjects()
{
    QList<QString> problems;
    const auto publications = publicationsOf(EventInput(settingsOf(InputFormat::Csv)),
        "name,price,code,note\r\n\"Ann \"\"A\"\"\",1.50,007,\"a,b\r\nc\"\r\n\nBob,-2,1e3,1234567890123456", &problems);
    QCOMPARE(problems, QList<QString>());
    QCOMPARE(publications.size(), 2);
    QCOMPARE(publications[0].message.data, R"({"code":"007","name":"Ann \"A\"","note":"a,b\r\nc","price":1.5})");
    QCOMPARE(publications[1].message.data, R"({"code":1000,"name":"Bob","note":"1234567890123456","price":-2})");
    QCOMPARE(publications[1].path, u"/d"_s);
}

void TestEventInput::csvAsFields()
{
    const auto publications = publicationsOf(EventInput(settingsOf(InputFormat::Csv, CsvUse::Fields)),
        "Event,id,data,retry,comment,other\ntick,7,x,500,c,o\n,,,,,\n");
    QCOMPARE(publications.size(), 2);
    QCOMPARE(publications[0].message, (weir::sse::Message{"tick", "7", "x", 500ms, "c"}));
    QCOMPARE(publications[1].message, (weir::sse::Message{{}, {}, "", {}, {}}));
}

void TestEventInput::csvSeparators()
{
    const auto data = [](const QByteArray &bytes) {
        return publicationsOf(EventInput(settingsOf(InputFormat::Csv, CsvUse::Fields)), bytes).at(0).message.data;
    };
    QCOMPARE(data("id;data\n1;a,b\n"), "a,b");
    QCOMPARE(data("id\tdata\n1\ta;b\n"), "a;b");
    QCOMPARE(data("data\na\n"), "a");
}

void TestEventInput::csvProblems_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QString>("problem");
    QTest::newRow("too few") << QByteArray("1\n") << u"line 4: fields: 1, but the first line names 2"_s;
    QTest::newRow("too many") << QByteArray("1,2,3\n") << u"line 4: fields: 3"_s;
    QTest::newRow("quote inside") << QByteArray("a\"b,2\n") << u"line 4: a quotation mark inside"_s;
    QTest::newRow("after the quote") << QByteArray("\"a\"b,2\n") << u"line 4: text after the closing"_s;
    QTest::newRow("retry") << QByteArray("1,soon\n") << u"line 4: retry is not"_s;
}

void TestEventInput::csvProblems()
{
    QFETCH(QByteArray, record);
    QFETCH(QString, problem);
    QList<QString> problems;
    const auto publications = publicationsOf(EventInput(settingsOf(InputFormat::Csv, CsvUse::Fields)),
        "data,retry\n\"x\ny\",1\n" + record + "z,2\n", &problems);
    QCOMPARE(publications.size(), 2);
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems[0].contains(problem), qPrintable(problems[0]));
    publicationsOf(EventInput(settingsOf(InputFormat::Csv)), "a\n1\n\"x\ny", &problems);
    QCOMPARE(problems, (QList<QString>{u"line 3: the quotation mark is never closed"_s}));
}

void TestEventInput::csvInPieces()
{
    const QByteArray bytes = "a,b\r\n\"1\r\n\"\"\",2\r\n\r\n3,\"\"\r\n";
    EventInput input(settingsOf(InputFormat::Csv));
    QList<Publication> publications;
    for (const char byte : bytes)
        publications += input.feed(QByteArray(1, byte)).publications;
    QCOMPARE(publications.size(), 2);
    QCOMPARE(publications[0].message.data, R"({"a":"1\r\n\"","b":2})");
}

QTEST_GUILESS_MAIN(TestEventInput)
#include "tst_eventinput.moc"
