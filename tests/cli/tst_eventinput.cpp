// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eventinput.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace weir::cli;

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
};

void TestEventInput::jsonLines()
{
    EventInput input(Format::JsonLines, u"/d"_s);
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
    EventInput input(Format::JsonLines, u"/d"_s);
    const auto result = input.feed("{\"data\":\"before\"}\n" + line + "\n{\"data\":\"after\"}\n");
    QCOMPARE(result.publications.size(), 2);
    QCOMPARE(result.problems.size(), 1);
    QVERIFY2(result.problems.first().startsWith(u"line 2: "_s), qPrintable(result.problems.first()));
    QVERIFY2(result.problems.first().contains(part), qPrintable(result.problems.first()));
}

void TestEventInput::piecesDoNotMatter()
{
    const QByteArray bytes = "{\"data\":\"\xc3\xbc\"}\n{\"data\":\"b\"}";
    EventInput input(Format::JsonLines, u"/d"_s);
    QList<weir::publish::Publication> publications;
    for (const char byte : bytes)
        publications += input.feed(QByteArray(1, byte)).publications;
    publications += input.finish().publications;
    QCOMPARE(publications.size(), 2);
    QCOMPARE(publications[0].message.data, "\xc3\xbc");
    QCOMPARE(publications[1].message.data, "b");
}

void TestEventInput::text()
{
    EventInput input(Format::Text, u"/d"_s);
    auto publications = input.feed("one\r\n\ntwo").publications;
    publications += input.finish().publications;
    QCOMPARE(publications.size(), 3);
    QCOMPARE(publications[0].message.data, "one");
    QCOMPARE(publications[1].message.data, "");
    QCOMPARE(publications[2].message.data, "two");
}

void TestEventInput::eventStream()
{
    EventInput input(Format::EventStream, u"/d"_s);
    const auto publications =
        input.feed(":c\nid: 5\nevent: t\ndata: a\ndata: b\n\ndata: x\n\ndata: unfinished").publications;
    QCOMPARE(publications.size(), 3);
    QCOMPARE(publications[0].message.comment, "c");
    QCOMPARE(publications[1].message.id, "5");
    QCOMPARE(publications[1].message.type, "t");
    QCOMPARE(publications[1].message.data, "a\nb");
    QVERIFY(!publications[2].message.id);
    QVERIFY(input.finish().publications.isEmpty());
}

QTEST_GUILESS_MAIN(TestEventInput)
#include "tst_eventinput.moc"
