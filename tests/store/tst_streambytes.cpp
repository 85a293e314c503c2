// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/parser.h"
#include "store/appending.h"

#include <QTest>

#include <random>

using namespace weir;
using namespace weir::store;
using namespace weir::store::test;

namespace {

// Pieces whose every order is a legal stream, with all line ends, oddities and decoded texts.
std::string randomStream(std::mt19937 &random, std::size_t length)
{
    static const std::vector<std::string> pieces{"data: hello\n", "data:a\r\n", "data\r", "\n", "\r\n", "\r", "\n\n",
        "id: 7\n", "id\n", "id: \0 nul\n", "event: price\n", ": a comment\n", ":\r\n", "retry: 10\n", "retry: x\n",
        "unknown: field\n", "data: \xff\xfe\n", "data: \xe2\x82\xac\n", "event: \x80\n", "id: \xc3\n", "\xef\xbb\xbf"};
    std::string stream = "\xef\xbb\xbf";
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    while (stream.size() < length)
        stream += pieces[pick(random)];
    return stream;
}

struct Expected
{
    std::string raw, data, id, type;
    Kind kind;
};

void feed(EventLog &log, sse::Parser &parser, std::string_view piece, std::uint64_t offset, bool finish,
    std::vector<Expected> &expected)
{
    sse::Batch batch;
    if (finish)
        parser.finish(batch);
    else
        parser.feed(piece, batch);
    for (const sse::Item &item : batch.items()) {
        const bool message = item.kind == sse::ItemKind::Event && item.type.empty();
        expected.push_back({std::string(item.raw), std::string(item.data), std::string(item.id),
            message ? "message" : std::string(item.type), static_cast<Kind>(item.kind)});
    }
    log.append(
        {{1}, 1, 0, at(static_cast<std::int64_t>(offset)), static_cast<std::uint32_t>(piece.size()), offset}, batch);
}

} // namespace

/// From the bytes of a stream through the parser into the log and back.
class TestStreamBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamComesBackByteByByte_data();
    void streamComesBackByteByByte();
};

void TestStreamBytes::streamComesBackByteByByte_data()
{
    QTest::addColumn<int>("piece");
    QTest::addColumn<int>("recordsPerSegment");
    for (const int piece : {1, 2, 7, 64, 1000, 100'000})
        for (const int records : {3, 50, 65536})
            QTest::addRow("reads of %d, segments of %d", piece, records) << piece << records;
}

void TestStreamBytes::streamComesBackByteByByte()
{
    QFETCH(int, piece);
    QFETCH(int, recordsPerSegment);
    std::mt19937 random(static_cast<unsigned>(piece));
    const std::string stream = randomStream(random, 6000);
    LogLimits limits;
    limits.recordsPerSegment = static_cast<std::uint32_t>(recordsPerSegment);
    limits.bytesPerSegment = 4096;
    EventLog log(limits);
    sse::Parser parser;
    std::vector<Expected> expected;
    for (std::size_t begin = 0; begin < stream.size(); begin += static_cast<std::size_t>(piece))
        feed(log, parser, std::string_view(stream).substr(begin, static_cast<std::size_t>(piece)), begin, false,
            expected);
    feed(log, parser, {}, stream.size(), true, expected);

    const Snapshot snapshot = log.snapshot();
    QCOMPARE(snapshot.end().value - 1, expected.size());
    std::string written;
    for (EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
        const EventView view = snapshot.at(number);
        const Expected &wanted = expected[number.value - 1];
        QCOMPARE(view.raw(), wanted.raw);
        QCOMPARE(view.data(), wanted.data);
        QCOMPARE(view.id(), wanted.id);
        QCOMPARE(view.type(), wanted.type);
        QCOMPARE(view.kind(), wanted.kind);
        if (!view.insideBlock())
            written += view.rawWithLeading();
    }
    // Blank lines at the very end lead nothing yet.
    QVERIFY(written.size() <= stream.size());
    QVERIFY(stream.substr(written.size()).find_first_not_of("\r\n") == std::string::npos);
    QVERIFY(written == stream.substr(0, written.size()));
}

QTEST_GUILESS_MAIN(TestStreamBytes)
#include "tst_streambytes.moc"
