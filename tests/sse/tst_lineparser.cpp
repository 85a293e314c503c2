// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/lineparser.h"
#include "sse/streamreader.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

using namespace std::literals;
using namespace weir;
using sse::Diagnostic;
using sse::ItemKind;

namespace {

constexpr std::size_t limit = 32;

/// Reads lines and checks after each piece that every byte is accounted for.
class LineReader
{
public:
    explicit LineReader(sse::ParserLimits limits, std::string_view lastEventId = {})
        : m_parser(limits, lastEventId)
    {}

    void feed(std::string_view piece)
    {
        const auto copy = std::make_unique<std::string>(piece); // freed at once: kept views are found by a sanitizer
        m_parser.feed(*copy, m_batch);
        m_fed += piece.size();
        takeItems();
    }

    test::Reading finish()
    {
        m_parser.finish(m_batch);
        takeItems();
        m_reading.lastEventId = m_parser.lastEventId();
        m_reading.leftOver = m_parser.bufferedBytes();
        return m_reading;
    }

    const test::Reading &soFar() const { return m_reading; }
    const sse::LineParser &parser() const { return m_parser; }

private:
    void takeItems()
    {
        for (const sse::Item &item : m_batch.items()) {
            m_reading.items.push_back({std::string(item.raw.data() - item.leading, item.leading), std::string(item.raw),
                std::string(item.data), std::string(item.id), std::string(item.type), item.offset, item.skipped,
                item.kind, item.diagnostic, item.insideBlock, item.rawIncomplete});
            if (!item.insideBlock)
                m_told += item.leading + item.raw.size() + item.skipped;
            if (item.diagnostic == Diagnostic::Resynchronised || item.diagnostic == Diagnostic::IncompleteBlock)
                m_told -= m_toldOfLine;
            if (item.diagnostic == Diagnostic::EventTooLarge)
                m_toldOfLine = item.skipped;
        }
        if (m_told + m_parser.bufferedBytes() + m_parser.untoldBytes() != m_fed)
            m_reading.fault = "bytes not accounted for after " + std::to_string(m_fed);
    }

    sse::LineParser m_parser;
    sse::Batch m_batch;
    test::Reading m_reading;
    std::uint64_t m_fed = 0;
    std::uint64_t m_told = 0;
    std::uint64_t m_toldOfLine = 0;
};

test::Reading readLines(std::string_view stream, const std::vector<std::size_t> &cuts = {},
    sse::ParserLimits limits = {}, std::string_view lastEventId = {})
{
    LineReader reader(limits, lastEventId);
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        reader.feed(stream.substr(from, cut - from));
        from = cut;
    }
    reader.feed(stream.substr(from));
    return reader.finish();
}

/// `<leading bytes>@offset[data]`, and `:size of raw` unless that is data and LF.
QByteArray summary(const test::Reading &reading)
{
    static constexpr const char *names[] = {
        "", "utf8", "", "", "", "incomplete", "tooLarge", "", "resync", "emptyLines"};
    std::string text;
    for (const test::ReadItem &item : reading.items) {
        text += names[static_cast<int>(item.diagnostic)];
        if (!item.leadingBytes.empty())
            text += std::to_string(item.leadingBytes.size()) + "<";
        text += "@" + std::to_string(item.offset);
        if (item.kind == ItemKind::Event)
            text += "[" + test::escaped(item.data) + "]";
        if (item.raw != item.data + "\n" && !item.raw.empty())
            text += ":" + std::to_string(item.raw.size());
        if (item.skipped != 0)
            text += "-" + std::to_string(item.skipped);
        text += " ";
    }
    if (reading.leftOver != 0)
        text += "left " + std::to_string(reading.leftOver);
    return QByteArray::fromStdString(text).trimmed();
}

} // namespace

class TestLineParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void idIsTheSeed();
    void malformedUtf8();
    void eventsComeWithTheirLineEnd();
    void manyEmptyLines_data();
    void manyEmptyLines();
    void hugeLineInSmallReads();
};

void TestLineParser::lines_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const std::string &stream, const char *expected) {
        QTest::newRow(name) << QByteArray::fromStdString(stream) << QByteArray(expected);
    };
    const std::string x(40, 'x');
    row("nothing", "", "");
    row("two lines", "{\"a\":1}\n[2]\n", "@0[{\"a\":1}] @8[[2]]");
    row("CRLF", "1\r\n2\r\n", "@0[1]:3 @3[2]:3");
    row("a lone CR is data", "1\r2\n\r\r\n3\n", "@0[1\\r2] @4[\\r]:3 @7[3]");
    row("no line end at the end", "1\n2", "@0[1] @2[2]:1");
    row("a CRLF that was cut", "1\r", "@0[1]:2");
    row("only a CR", "1\n\r", "@0[1] left 1");
    row("empty lines lead", "\n\r\n1\n\n2\n", "3<@3[1] 1<@6[2]");
    row("empty lines at the end stay", "1\n\n\r\n", "@0[1] left 3");
    row("white space is not empty", " \n", "@0[ ]");
    row("no field is known", "data: 1\n: 2\n\n", "@0[data: 1] @8[: 2] left 1");
    row("byte order mark", "\xEF\xBB\xBF{}\n\xEF\xBB\xBF{}\n", "3<@3[{}] @6[\\xef\\xbb\\xbf{}]");
    row("byte order mark alone", "\xEF\xBB\xBF", "left 3");
    row("text sequence", "\x1E{}\n\x1E[]\n", "1<@1[{}] 1<@5[[]]");
    row("text sequence after empty lines", "\n\x1E\x1E{}\n\x1E\n\x1E[]", "3<@3[{}] 3<@9[[]]:2");
    row("a separator inside is data", "{\x1E}\n", "@0[{\\x1e}]");
    row("NUL is data", "a\0b\n"s, "@0[a\\x00b]");
    row("exactly the limit", std::string(31, 'x') + "\n1\n", "@0[xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx] @32[1]");
    row("one byte more", std::string(32, 'x') + "\n1\n", "tooLarge@0-33 resync@33-33 @33[1]");
    row("too large", x + "\n1\n", "tooLarge@0-33 resync@41-41 @41[1]");
    row("too large after empty lines", "\n\n" + x + "\r\n\n1\n", "tooLarge2<@2-33 resync@44-42 1<@45[1]");
    row("too large twice", x + "\n" + x + "\n", "tooLarge@0-33 resync@41-41 tooLarge@41-33 resync@82-41");
    row("too large at the end", "1\n" + x, "@0[1] tooLarge@2-33 incomplete@42-40");
    row("as long as the limit at the end", std::string(32, 'x'), "@0[xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]:32");
}

void TestLineParser::lines()
{
    QFETCH(QByteArray, stream);
    const std::string_view bytes(stream.constData(), static_cast<std::size_t>(stream.size()));
    const test::Reading whole = readLines(bytes, {}, {limit});
    QTEST(summary(whole), "expected");
    QCOMPARE(whole.fault, std::string());
    QCOMPARE(difference(whole, readLines(bytes, test::everyByte(bytes), {limit})), std::string());
    for (std::size_t first = 1; first < bytes.size(); ++first) {
        for (std::size_t second = first; second < bytes.size(); ++second)
            QCOMPARE(difference(whole, readLines(bytes, {first, second}, {limit})), std::string());
    }
}

void TestLineParser::idIsTheSeed()
{
    const test::Reading reading = readLines("1\n", {}, {}, "seed");
    QCOMPARE(reading.items.front().id, std::string("seed"));
    QCOMPARE(reading.items.front().type, std::string());
    QCOMPARE(reading.lastEventId, std::string("seed"));
}

void TestLineParser::malformedUtf8()
{
    const std::string stream = "\n\"gr\xC3\xBCn\"\n\"\xFF\"\n";
    for (const auto &cuts : {std::vector<std::size_t>{}, test::everyByte(stream)}) {
        const test::Reading reading = readLines(stream, cuts);
        QCOMPARE(reading.fault, std::string());
        QCOMPARE(reading.items.size(), std::size_t{3});
        QCOMPARE(reading.items[0].data, std::string("\"gr\xC3\xBCn\""));
        const test::ReadItem &report = reading.items[1];
        QCOMPARE(report.diagnostic, Diagnostic::InvalidUtf8);
        QVERIFY(report.insideBlock);
        QCOMPARE(report.raw, std::string("\"\xFF\"\n"));
        QCOMPARE(report.data, std::string("\"\xEF\xBF\xBD\""));
        QCOMPARE(reading.items[2].kind, ItemKind::Event);
        QCOMPARE(reading.items[2].data, report.data);
        QCOMPARE(reading.items[2].raw, report.raw);
    }
}

void TestLineParser::eventsComeWithTheirLineEnd()
{
    LineReader reader({limit});
    reader.feed("{\"a\":1}");
    QVERIFY(reader.soFar().items.empty());
    QCOMPARE(reader.parser().bufferedBytes(), std::size_t{7});
    reader.feed("\n");
    QCOMPARE(reader.soFar().items.size(), std::size_t{1});
    reader.feed(std::string(limit, 'x'));
    QCOMPARE(reader.soFar().items.size(), std::size_t{1});
    reader.feed("x");
    QCOMPARE(reader.soFar().items.back().diagnostic, Diagnostic::EventTooLarge);
}

void TestLineParser::manyEmptyLines_data()
{
    QTest::addColumn<int>("piece");
    for (const int piece : {1, 1000, 1'000'000})
        QTest::addRow("reads of %d", piece) << piece;
}

void TestLineParser::manyEmptyLines()
{
    QFETCH(int, piece);
    const std::string stream = std::string(150'000, '\n') + "\x1E{}\n";
    std::vector<std::size_t> cuts;
    for (auto cut = static_cast<std::size_t>(piece); cut < stream.size(); cut += static_cast<std::size_t>(piece))
        cuts.push_back(cut);
    const test::Reading reading = readLines(stream, cuts);
    QCOMPARE(reading.fault, std::string());
    QCOMPARE(reading.items.size(), std::size_t{3});
    QCOMPARE(reading.items[0].diagnostic, Diagnostic::EmptyLines);
    QCOMPARE(reading.items[0].raw.size(), std::size_t{65535});
    QCOMPARE(reading.items[1].offset, std::uint64_t{65535});
    QCOMPARE(reading.items[2].leadingBytes.size(), std::size_t{150'000 - 2 * 65535 + 1});
    QCOMPARE(reading.items[2].data, std::string("{}"));
}

void TestLineParser::hugeLineInSmallReads()
{
    const auto nanoseconds = [](std::size_t size) {
        const std::string piece(16, 'x');
        sse::LineParser parser;
        sse::Batch batch;
        QElapsedTimer timer;
        timer.start();
        for (std::size_t fed = 0; fed < size; fed += piece.size())
            parser.feed(piece, batch);
        parser.feed("\n", batch);
        return batch.items().size() == 1 ? timer.nsecsElapsed() : -1;
    };
    const qint64 small = nanoseconds(std::size_t{1} << 20);
    const qint64 large = nanoseconds(std::size_t{8} << 20);
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < small * 40, qPrintable(QString::number(large / small))); // 64 if it were quadratic
}

QTEST_GUILESS_MAIN(TestLineParser)
#include "tst_lineparser.moc"
