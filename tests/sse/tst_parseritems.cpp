// SPDX-License-Identifier: GPL-3.0-or-later
// What a monitor sees beside the events: exact bytes, comments, blocks without data, and what a browser hides.
#include "sse/streamreader.h"

#include <QTest>

using namespace std::literals;
using namespace weir;
using sse::Diagnostic;
using sse::ItemKind;
using test::ReadItem;

namespace {

ReadItem item(ItemKind kind, std::uint64_t offset, std::string_view leading, std::string_view raw,
    std::string_view data, std::string_view id = {}, std::string_view type = {})
{
    return {std::string(leading), std::string(raw), std::string(data), std::string(id), std::string(type), offset, 0,
        kind, Diagnostic::None, false, false};
}

ReadItem diagnostic(
    Diagnostic what, std::uint64_t offset, std::string_view leading, std::string_view raw, std::string_view data)
{
    ReadItem made = item(ItemKind::Diagnostic, offset, leading, raw, data);
    made.diagnostic = what;
    return made;
}

ReadItem inside(ReadItem made)
{
    made.insideBlock = true;
    return made;
}

struct Row
{
    const char *name;
    std::string_view stream;
    std::vector<ReadItem> items;
};

constexpr auto event = ItemKind::Event;
constexpr auto comment = ItemKind::Comment;
constexpr auto fieldsOnly = ItemKind::FieldsOnly;

const std::vector<Row> rows = {
    {"raw goes up to the blank line", "id: 1\ndata: a\n\n", {item(event, 0, "", "id: 1\ndata: a\n\n", "a", "1")}},
    {"the LF of a dispatching CRLF leads the next item", "data: a\r\n\r\ndata: b\r\n\r\n:c\r\n",
        {item(event, 0, "", "data: a\r\n\r", "a"), item(event, 11, "\n", "data: b\r\n\r", "b"),
            item(comment, 22, "\n", ":c\r", "c")}},
    {"empty lines and the BOM lead", "\xef\xbb\xbf\n\r\n\ndata\n\n",
        {item(event, 7, "\xef\xbb\xbf\n\r\n\n", "data\n\n", "")}},
    {"PX08: a comment needs no blank line", ":hello\n", {item(comment, 0, "", ":hello\n", "hello")}},
    {"comment text is unchanged", ":  a:b \r:\n",
        {item(comment, 0, "", ":  a:b \r", "  a:b "), item(comment, 8, "", ":\n", "")}},
    {"PX09: a comment inside a block comes first", "data: a\n: c\ndata: b\n\n",
        {inside(item(comment, 8, "", ": c\n", " c")), item(event, 0, "", "data: a\n: c\ndata: b\n\n", "a\nb")}},
    {"a comment before the fields is not of the block", ": c\ndata: a\n\n",
        {item(comment, 0, "", ": c\n", " c"), item(event, 4, "", "data: a\n\n", "a")}},
    {"comments between empty lines", "\n:a\n\n\n:b\n",
        {item(comment, 1, "\n", ":a\n", "a"), item(comment, 6, "\n\n", ":b\n", "b")}},
    {"id without data", "id: 7\n\n:\n",
        {item(fieldsOnly, 0, "", "id: 7\n\n", "", "7"), item(comment, 7, "", ":\n", "", "7")}},
    {"type without data", "event: t\n\n", {item(fieldsOnly, 0, "", "event: t\n\n", "", "", "t")}},
    {"retry without data", "retry: 5\n\n", {item(fieldsOnly, 0, "", "retry: 5\n\n", "")}},
    {"an id acts at the blank line", "id: 1\ndata: a\n\nid: 2\n:c\ndata: b\n\n",
        {item(event, 0, "", "id: 1\ndata: a\n\n", "a", "1"), inside(item(comment, 21, "", ":c\n", "c", "1")),
            item(event, 15, "", "id: 2\n:c\ndata: b\n\n", "b", "2")}},
    {"PX10: bad retry", "retry: 50x\ndata: a\n\n",
        {inside(diagnostic(Diagnostic::InvalidRetry, 0, "", "retry: 50x\n", "retry: 50x")),
            item(event, 0, "", "retry: 50x\ndata: a\n\n", "a")}},
    {"PX10: unknown field alone", "foo: 1\n\n", {diagnostic(Diagnostic::UnknownField, 0, "", "foo: 1\n", "foo: 1")}},
    {"unknown field inside a block", "data: a\nfoo\n\n",
        {inside(diagnostic(Diagnostic::UnknownField, 8, "", "foo\n", "foo")),
            item(event, 0, "", "data: a\nfoo\n\n", "a")}},
    {"NUL in an id", "id: a\0b\n\n"sv,
        {inside(diagnostic(Diagnostic::NulInId, 0, "", "id: a\0b\n"sv, "id: a\0b"sv)),
            item(fieldsOnly, 0, "", "id: a\0b\n\n"sv, "")}},
    {"malformed data", "data: \xff\n\n",
        {inside(diagnostic(Diagnostic::InvalidUtf8, 0, "", "data: \xff\n", "data: \xef\xbf\xbd")),
            item(event, 0, "", "data: \xff\n\n", "\xef\xbf\xbd")}},
    {"malformed comment", ":\xe2\x82\n",
        {inside(diagnostic(Diagnostic::InvalidUtf8, 0, "", ":\xe2\x82\n", ":\xef\xbf\xbd")),
            item(comment, 0, "", ":\xe2\x82\n", "\xef\xbf\xbd")}},
    {"malformed unknown field after an empty line", "\n\xff\n",
        {inside(diagnostic(Diagnostic::InvalidUtf8, 1, "", "\xff\n", "\xef\xbf\xbd")),
            diagnostic(Diagnostic::UnknownField, 1, "\n", "\xff\n", "\xef\xbf\xbd")}},
    {"unfinished block", "data: a\n\n\nid: 1\ndata: b",
        {item(event, 0, "", "data: a\n\n", "a"),
            diagnostic(Diagnostic::IncompleteBlock, 10, "\n", "id: 1\ndata: b", "id: 1\ndata: b")}},
    {"unfinished comment", ":x", {diagnostic(Diagnostic::IncompleteBlock, 0, "", ":x", ":x")}},
    {"PX11", "{\"error\":1}", {diagnostic(Diagnostic::IncompleteBlock, 0, "", "{\"error\":1}", "{\"error\":1}")}},
    {"half a BOM at the end", "\xef\xbb", {diagnostic(Diagnostic::IncompleteBlock, 0, "", "\xef\xbb", "\xef\xbf\xbd")}},
};

const Row &currentRow()
{
    QFETCH(int, row);
    return rows[static_cast<std::size_t>(row)];
}

} // namespace

class TestParserItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void items_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i].name) << static_cast<int>(i);
    }
    void items()
    {
        const Row &row = currentRow();
        test::Reading expected = test::readStream(row.stream);
        expected.items = row.items;
        expected.fault.clear();
        QCOMPARE(difference(test::readStream(row.stream), expected), std::string());
        QCOMPARE(difference(test::readStream(row.stream, test::everyByte(row.stream)), expected), std::string());
        for (std::size_t cut = 1; cut < row.stream.size(); ++cut)
            QCOMPARE(difference(test::readStream(row.stream, {cut}), expected), std::string());
    }

    // A comment has to be seen when it comes: it is what keeps a quiet connection alive.
    void commentInsideABlockIsReportedAtItsLineEnd()
    {
        test::StreamReader reader;
        reader.feed("data: a\n:c");
        QVERIFY(reader.items().empty());
        reader.feed("\r");
        QCOMPARE(reader.items().size(), std::size_t{1});
        QVERIFY(reader.items().front().insideBlock);
    }

    void textOfOneValidLineLiesInRaw()
    {
        sse::Parser parser;
        sse::Batch batch;
        const std::string_view stream = "id: \xc3\xa9\nevent: t\ndata: x\xe2\x82\xac\n\n";
        parser.feed(stream, batch);
        const sse::Item &first = batch.items().front();
        QCOMPARE(static_cast<const void *>(first.raw.data()), static_cast<const void *>(stream.data()));
        QCOMPARE(first.data.data() - first.raw.data(), std::ptrdiff_t{22});
        QCOMPARE(first.id.data() - first.raw.data(), std::ptrdiff_t{4});
        QCOMPARE(first.type.data() - first.raw.data(), std::ptrdiff_t{14});
    }

    void inheritedIdsShareOneText()
    {
        sse::Parser parser({}, "seed");
        sse::Batch batch;
        parser.feed("data: a\n\ndata: b\n\n", batch);
        QCOMPARE(batch.items()[0].id, "seed"sv);
        QCOMPARE(static_cast<const void *>(batch.items()[0].id.data()),
            static_cast<const void *>(batch.items()[1].id.data()));
    }

    void emptyLinesAreReportedInRuns()
    {
        const std::string lines = "\xef\xbb\xbf" + std::string(65535 - 3 + 65535 + 7, '\n');
        for (const std::size_t piece : {std::size_t{1}, std::size_t{4096}, std::size_t{1} << 20}) {
            test::StreamReader reader;
            for (std::size_t from = 0; from < lines.size(); from += piece)
                reader.feed(std::string_view(lines).substr(from, piece));
            QCOMPARE(reader.items().size(), std::size_t{2});
            QCOMPARE(reader.items()[0].diagnostic, Diagnostic::EmptyLines);
            QCOMPARE(reader.items()[1].offset, std::uint64_t{65535});
            QCOMPARE(reader.items()[1].raw.size(), std::size_t{65535});
            QCOMPARE(reader.parser().bufferedBytes(), std::size_t{7});
            QCOMPARE(reader.fault(), std::string());
        }
    }

    // PX03: many small events in one read.
    void manyEventsInOneRead()
    {
        std::string stream;
        for (int i = 0; i < 16000; ++i)
            stream += "id: " + std::to_string(i) + "\ndata: " + std::string(50, 'x') + "\n\n";
        const test::Reading reading = test::readStream(stream);
        QCOMPARE(reading.items.size(), std::size_t{16000});
        QCOMPARE(reading.items[15999].id, std::string("15999"));
        QCOMPARE(reading.fault, std::string());
        std::vector<std::size_t> cuts;
        for (std::size_t cut = 1460; cut < stream.size(); cut += 1460)
            cuts.push_back(cut);
        QCOMPARE(difference(reading, test::readStream(stream, cuts)), std::string());
    }
};

QTEST_GUILESS_MAIN(TestParserItems)
#include "tst_parseritems.moc"
