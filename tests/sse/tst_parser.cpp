// SPDX-License-Identifier: GPL-3.0-or-later
// Which events a stream dispatches, and that this never depends on how the stream is cut.
#include "sse/streamreader.h"

#include <QTest>

#include <random>

using namespace std::literals;
using namespace weir;
using test::Reading;

namespace {

struct Expected
{
    std::string_view data;
    std::string_view id = {};
    std::string_view type = {};
};

struct Row
{
    const char *name;
    std::string_view stream;
    std::vector<Expected> events;
};

const std::string longData(9000, 'x');
const std::string longStream = "data: " + longData + "\n\n";

// clang-format off
const std::vector<Row> rows = {
    // Lines
    {"line ends: LF", "data: a\n\n"sv, {{"a"}}},
    {"line ends: CR", "data: a\r\r"sv, {{"a"}}},
    {"line ends: CRLF", "data: a\r\n\r\n"sv, {{"a"}}},
    {"line ends: mixed", "data:a\r\ndata:b\ndata:c\r\r\ndata:d\n\r"sv, {{"a\nb\nc"}, {"d"}}},
    {"line ends: LF CR is two", "data: a\n\rdata: b\n\r"sv, {{"a"}, {"b"}}},
    {"line ends: CR CR LF", "data: a\r\r\ndata: b\n\n"sv, {{"a"}, {"b"}}},
    {"line ends: CRLF CR", "data: a\r\n\rdata: b\r\n\n"sv, {{"a"}, {"b"}}},
    {"line ends: VT, FF and separators are text", "data: a\x0b" "b\x0c" "c\x1c\x1d\x1e\x1f" "d\n\n"sv, {{"a\x0b" "b\x0c" "c\x1c\x1d\x1e\x1f" "d"}}},
    {"line ends: NEL is text", "data: a\xc2\x85" "data: b\n\n"sv, {{"a\xc2\x85" "data: b"}}},
    {"line ends: U+2028 and U+2029 are text", "data: a\xe2\x80\xa8" "b\xe2\x80\xa9" "c\n\n"sv, {{"a\xe2\x80\xa8" "b\xe2\x80\xa9" "c"}}},
    {"line ends: NUL is text", "data: a\0data: b\n\n"sv, {{"a\0data: b"sv}}},
    {"WPT format-newlines", "data:test\r\ndata\ndata:test\r\n\r"sv, {{"test\n\ntest"}}},
    {"WPT format-null-character", "data:\0\n\n\n\n"sv, {{"\0"sv}}},
    {"only line ends", "\n\r\r\n\n\n"sv, {}},
    {"empty", ""sv, {}},
    // Byte order mark
    {"BOM is dropped once", "\xef\xbb\xbf" "data: 1\n\n"sv, {{"1"}}},
    {"WPT format-bom", "\xef\xbb\xbf" "data:1\n\n\xef\xbb\xbf" "data:2\n\ndata:3\n\n"sv, {{"1"}, {"3"}}},
    {"WPT format-bom-2", "\xef\xbb\xbf\xef\xbb\xbf" "data:1\n\ndata:2\n\ndata:3\n\n"sv, {{"2"}, {"3"}}},
    {"BOM before a comment", "\xef\xbb\xbf" ": x\ndata: 1\n\n"sv, {{"1"}}},
    {"BOM after an empty line is text", "\n\xef\xbb\xbf" "data: 1\n\n"sv, {}},
    {"BOM in a value is text", "data: \xef\xbb\xbf" "a\ndata:\xef\xbb\xbf\n\n"sv, {{"\xef\xbb\xbf" "a\n\xef\xbb\xbf"}}},
    {"half a BOM", "\xef\xbb" "data: 1\n\ndata: 2\n\n"sv, {{"2"}}},
    {"a quarter of a BOM, then a line end", "\xef\ndata: 2\n\n"sv, {{"2"}}},
    {"UTF-16 BOM is text", "\xff\xfe" "data: 1\n\ndata: 2\n\n"sv, {{"2"}}},
    // Data
    {"WPT format-field-data", "data:\n\ndata\ndata\n\ndata:test\n\n"sv, {{""}, {"\n"}, {"test"}}},
    {"data: no colon", "data\n\n"sv, {{""}}},
    {"data: several lines", "data: a\ndata:b\ndata: \ndata\ndata:  c\n\n"sv, {{"a\nb\n\n\n c"}}},
    {"data: one LF is dropped, not all", "data: a\ndata\ndata\n\n"sv, {{"a\n\n"}}},
    {"data: colons in the value", "data: a:b: c\ndata::\n\n"sv, {{"a:b: c\n:"}}},
    {"data: looks like a field", "data: id: 5\ndata:data:x\n\n"sv, {{"id: 5\ndata:x"}}},
    {"data: other fields between", "data: a\nevent: t\ndata: b\nid: 1\n:\nretry: 5\nfoo\ndata: c\n\n"sv, {{"a\nb\nc", "1", "t"}}},
    {"data: longer than a window", longStream, {{longData}}},
    {"WPT format-leading-space", "data:\ttest\rdata: \ndata:test\n\n"sv, {{"\ttest\n\ntest"}}},
    {"one space only", "data:  a \n\n"sv, {{" a "}}},
    {"WPT format-data-before-final-empty-line", "id: 1\ndata:test1\n\ndata:test2"sv, {{"test1", "1"}}},
    {"WPT format-field-parsing", "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n"sv, {{"\0\n 2\n1\n3\n\n4"sv}}},
    {"names are exact", "Data: a\nDATA: b\n data: c\ndata : d\ndata\xc2\xa0: e\ndatax: f\ndat: g\n\n"sv, {}},
    {"names without a colon", "dat\ndatax\nevents\nids\nretrys\ndata\n\n"sv, {{""}}},
    {"WPT format-field-unknown", "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\n\n"sv, {{"test\n"}}},
    {"long run of one letter fields", "d: 1\ni: 2\ne: 3\nr: 4\n\ndata: a\n\n"sv, {{"a"}}},
    // Type
    {"WPT format-field-event", "event:test\ndata:x\n\ndata:x\n\n"sv, {{"x", "", "test"}, {"x"}}},
    {"WPT format-field-event-empty", "event: \ndata:data\n\n"sv, {{"data"}}},
    {"type: last one counts", "event: a\nevent: b\ndata\n\n"sv, {{"", "", "b"}}},
    {"type: an empty one resets", "event: a\nevent\ndata\n\n"sv, {{""}}},
    {"type: forgotten by a block without data", "event: a\n\ndata: x\n\n"sv, {{"x"}}},
    {"type: one space only, kept otherwise", "event:  a b \ndata\n\n"sv, {{"", "", " a b "}}},
    {"type: NUL is text", "event: a\0b\ndata\n\n"sv, {{"", "", "a\0b"sv}}},
    // Id
    {"id: kept for later events", "id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n"sv, {{"a", "1"}, {"b", "1"}, {"c", "2"}}},
    {"id: empty resets", "id: 1\ndata: a\n\nid:\ndata: b\n\nid: 1\ndata: c\n\nid\ndata: d\n\n"sv, {{"a", "1"}, {"b", ""}, {"c", "1"}, {"d", ""}}},
    {"id: after the data", "data: a\nid: 1\n\n"sv, {{"a", "1"}}},
    {"id: last one counts", "id: 1\nid: 2\ndata: a\n\n"sv, {{"a", "2"}}},
    {"id: block without data sets it", "id: 9\n\ndata: a\n\n"sv, {{"a", "9"}}},
    {"WPT format-field-id-null", "id: \0\ndata: a\n\nid: a\0b\ndata: b\n\n"sv, {{"a"}, {"b"}}},
    {"WPT format-field-id-3", "id: 1\ndata: 1\n\nid\0: 2\ndata: 2\n\n"sv, {{"1", "1"}, {"2", "1"}}},
    {"id: NUL leaves the earlier one of the block", "id: 1\nid: 2\0\ndata: a\n\n"sv, {{"a", "1"}}},
    {"id: controls and spaces are kept", "id:  a\x01\t \ndata\n\n"sv, {{"", " a\x01\t "}}},
    {"id: changes often", "id: 1\ndata\n\nid: 22\ndata\n\ndata\n\nid: 333\n\ndata\n\n"sv, {{"", "1"}, {"", "22"}, {"", "22"}, {"", "333"}}},
    // Comments and the end
    {"WPT format-comments", "data:1\r:\0\n:\r\ndata:2\n:loooooooooooong\rdata:3\n:data:fail\r:x\ndata:4\n\n"sv, {{"1\n2\n3\n4"}}},
    {"comment lines alone", ": a\n:\n\n:b\n\n"sv, {}},
    {"unfinished: no blank line", "data: a\n\ndata: b\n"sv, {{"a"}}},
    {"unfinished: id and type go too", "data: a\n\nid: 5\nevent: t\ndata: b\n"sv, {{"a"}}},
    {"PX11", "{\"error\":\"Internal\"}"sv, {}},
    {"PX14", "data: 1\n\ndata: 2\n\n"sv, {{"1"}, {"2"}}},
    // UTF-8
    {"WPT format-utf-8", "data:ok\xe2\x80\xa6\n\n"sv, {{"ok\xe2\x80\xa6"}}},
    {"UTF-8: all lengths", "data: \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\n\n"sv, {{"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"}}},
    {"UTF-8: cut sequence is one U+FFFD", "data: \xe2\x82" "A\n\n"sv, {{"\xef\xbf\xbd" "A"}}},
    {"UTF-8: cut before a line end keeps the line end", "data: \xe2\x82\ndata: \xf0\x9f\x98\rdata: \xc3\r\n\n"sv, {{"\xef\xbf\xbd\n\xef\xbf\xbd\n\xef\xbf\xbd"}}},
    {"UTF-8: stray continuation", "data: \x80\xbf\n\n"sv, {{"\xef\xbf\xbd\xef\xbf\xbd"}}},
    {"UTF-8: in type and id", "event: \xff" "t\nid: \xc0" "9\ndata: ok\n\n"sv, {{"ok", "\xef\xbf\xbd" "9", "\xef\xbf\xbd" "t"}}},
    {"UTF-8: one bad line of three", "data: a\ndata: \xff\ndata: \xc3\xa9\n\n"sv, {{"a\n\xef\xbf\xbd\n\xc3\xa9"}}},
    {"UTF-8: after a bad block all is well", "data: \xff\n\ndata: \xc3\xa9\n\n"sv, {{"\xef\xbf\xbd"}, {"\xc3\xa9"}}},
    {"UTF-8: id stays decoded for later events", "id: \xe2\x82\ndata: a\n\ndata: b\n\n"sv, {{"a", "\xef\xbf\xbd"}, {"b", "\xef\xbf\xbd"}}},
};
// clang-format on

QByteArray eventsOf(const Reading &reading)
{
    std::string text;
    for (const test::ReadItem &item : reading.items) {
        if (item.kind == sse::ItemKind::Event)
            text += "[" + item.type + "][" + item.id + "] " + item.data + " / ";
    }
    return QByteArray::fromStdString(test::escaped(text));
}

QByteArray eventsOf(const std::vector<Expected> &events)
{
    std::string text;
    for (const Expected &event : events)
        text.append("[").append(event.type).append("][").append(event.id).append("] ").append(event.data).append(" / ");
    return QByteArray::fromStdString(test::escaped(text));
}

void compareEveryCut(std::string_view stream, const Reading &whole)
{
    for (std::size_t cut = 1; cut < stream.size(); ++cut) {
        const std::string found = difference(whole, test::readStream(stream, {cut}));
        QVERIFY2(found.empty(), ("cut at " + std::to_string(cut) + ": " + found).c_str());
    }
}

void compareRandomCuts(std::string_view stream, const Reading &whole)
{
    std::mt19937 random(20261122);
    for (int run = 0; run < 50; ++run) {
        std::vector<std::size_t> cuts;
        for (std::size_t cut = 1; cut < stream.size(); ++cut) {
            if (random() % 5 == 0)
                cuts.push_back(cut);
        }
        const std::string found = difference(whole, test::readStream(stream, cuts));
        QVERIFY2(found.empty(), ("run " + std::to_string(run) + ": " + found).c_str());
    }
}

void addRows(std::size_t longest = std::string_view::npos)
{
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].stream.size() <= longest)
            QTest::newRow(rows[i].name) << static_cast<int>(i);
    }
}

const Row &currentRow()
{
    QFETCH(int, row);
    return rows[static_cast<std::size_t>(row)];
}

} // namespace

class TestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void events_data() { addRows(); }
    void events()
    {
        const Row &row = currentRow();
        const Reading whole = test::readStream(row.stream);
        QCOMPARE(eventsOf(whole), eventsOf(row.events));
        QCOMPARE(whole.fault, std::string());
    }

    void byteByByte_data() { addRows(); }
    void byteByByte()
    {
        const Row &row = currentRow();
        const std::string found =
            difference(test::readStream(row.stream), test::readStream(row.stream, test::everyByte(row.stream)));
        QVERIFY2(found.empty(), found.c_str());
    }

    void everyCut_data() { addRows(1000); } // takes the square of the length
    void everyCut()
    {
        const Row &row = currentRow();
        compareEveryCut(row.stream, test::readStream(row.stream));
    }

    void randomCuts_data() { addRows(); }
    void randomCuts()
    {
        const Row &row = currentRow();
        compareRandomCuts(row.stream, test::readStream(row.stream));
    }

    // The standard's first blank line would reset the id that a reconnect brought; browsers keep it.
    void seedIsInForceUntilAnIdComes()
    {
        const Reading reading = test::readStream("data: a\n\nid: 2\ndata: b\n\n", {}, {}, "seed");
        QCOMPARE(reading.items.at(0).id, std::string("seed"));
        QCOMPARE(reading.items.at(1).id, std::string("2"));
        QCOMPARE(reading.lastEventId, std::string("2"));
        QCOMPARE(test::readStream("id: 2\ndata: b\n", {}, {}, "seed").lastEventId, std::string("seed"));
        QCOMPARE(test::readStream("id\n\n", {}, {}, "seed").lastEventId, std::string());
    }

    void lastEventIdIsThatOfTheFinishedBlocks_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("R09") << QByteArray("id: abc\ndata: a\n\n") << QByteArray("abc");
        QTest::newRow("R15") << QByteArray("id: 1\ndata: a\n\nid: 2\ndata: b\n") << QByteArray("1");
        QTest::newRow("R17: without data") << QByteArray("id: 9\n\n") << QByteArray("9");
        QTest::newRow("R18: NUL") << QByteArray("id: a\0b\ndata: x\n\n", 18) << QByteArray();
        QTest::newRow("R19: NUL leaves it") << QByteArray("id: 5\ndata\n\nid: a\0b\ndata\n\n", 27) << QByteArray("5");
        QTest::newRow("reset") << QByteArray("id: 5\ndata\n\nid: \n\n") << QByteArray();
    }
    void lastEventIdIsThatOfTheFinishedBlocks()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, id);
        const std::string_view bytes(stream.constData(), static_cast<std::size_t>(stream.size()));
        QCOMPARE(QByteArray::fromStdString(test::readStream(bytes).lastEventId), id);
        QCOMPARE(QByteArray::fromStdString(test::readStream(bytes, test::everyByte(bytes)).lastEventId), id);
    }

    void reconnectionTime_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<long long>("ms");
        QTest::newRow("none") << QByteArray("data: a\n\n") << -1LL;
        QTest::newRow("R05: acts at the field") << QByteArray("retry: 2\n") << 2LL;
        QTest::newRow("R03: leading zero") << QByteArray("retry:03000\ndata:x\n\n") << 3000LL;
        QTest::newRow("R04: bogus leaves it") << QByteArray("retry:3000\nretry:1000x\ndata:x\n\n") << 3000LL;
        QTest::newRow("zero") << QByteArray("retry: 0\n\n") << 0LL;
        QTest::newRow("empty") << QByteArray("retry:\nretry\n\n") << -1LL;
        QTest::newRow("signs") << QByteArray("retry: +5\nretry: -5\n\n") << -1LL;
        QTest::newRow("spaces") << QByteArray("retry:  5\nretry: 5 \nretry:\t5\n\n") << -1LL;
        QTest::newRow("fraction and exponent") << QByteArray("retry: 1.5\nretry: 1e3\nretry: 0x10\n\n") << -1LL;
        QTest::newRow("other digits") << QByteArray("retry: \xd9\xa1\xd9\xa2\n\n") << -1LL;
        QTest::newRow("R08: 32 bits") << QByteArray("retry: 4294967297\n") << 4294967297LL;
        QTest::newRow("largest") << QByteArray("retry: 9223372036854775807\n") << 9223372036854775807LL;
        QTest::newRow("one more saturates") << QByteArray("retry: 9223372036854775808\n") << 9223372036854775807LL;
        QTest::newRow("R08: 400 digits") << "retry: " + QByteArray(400, '9') + "\n" << 9223372036854775807LL;
    }
    void reconnectionTime()
    {
        QFETCH(QByteArray, stream);
        QFETCH(long long, ms);
        const std::string_view bytes(stream.constData(), static_cast<std::size_t>(stream.size()));
        QCOMPARE(test::readStream(bytes).reconnectionMs, ms);
        QCOMPARE(test::readStream(bytes, test::everyByte(bytes)).reconnectionMs, ms);
    }

    // PX01: nothing may wait for the byte that follows.
    void crDispatchesAtOnce()
    {
        test::StreamReader reader;
        reader.feed("data: a\r");
        QCOMPARE(reader.items().size(), std::size_t{0});
        reader.feed("\r");
        QCOMPARE(reader.items().size(), std::size_t{1});
        reader.feed("\ndata: b\r\n\r");
        QCOMPARE(reader.items().size(), std::size_t{2});
        QCOMPARE(reader.items().at(1).leadingBytes, std::string("\n"));
    }

    // PX12: what one connection left unfinished does not reach into the next.
    void newParserStartsAfresh()
    {
        QCOMPARE(eventsOf(test::readStream("\xac"
                                           "data: x\n\ndata: y\n\n")),
            eventsOf({{"y"}}));
        QCOMPARE(eventsOf(test::readStream("\ndata: b\n\n")), eventsOf({{"b"}}));
    }
};

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
