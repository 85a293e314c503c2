// SPDX-License-Identifier: GPL-3.0-or-later
// PX02, PX16: properties that hold for every stream and every way of cutting it.
#include "sse/streamreader.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <random>

using namespace std::literals;
using namespace weir;

namespace {

using Random = std::mt19937;

constexpr std::array tokens = {"data"sv, "data:"sv, "data: a"sv, "event: t"sv, "id"sv, "id: 7"sv, "retry: 50"sv,
    "retry:x"sv, "\n"sv, "\n"sv, "\r"sv, "\r\n"sv, "\n\n"sv, "\r\r"sv, "\r\n\r\n"sv, ":"sv, ":c\n"sv, "foo"sv, " "sv,
    "\0"sv, "\xef\xbb\xbf"sv, "\xe2\x82"sv, "\xac"sv, "\xf0\x9f\x98\x80"sv, "\xff"sv,
    "0123456789abcdefghijklmnopqrstuvwxyz"sv};

std::string randomStream(Random &random)
{
    std::string stream;
    if (random() % 500 == 0)
        stream.append(random() % 10000, 'x');
    const auto count = random() % 40;
    for (unsigned i = 0; i < count; ++i) {
        if (random() % 16 == 0)
            stream.push_back(static_cast<char>(random()));
        else
            stream += tokens[random() % tokens.size()];
    }
    return stream;
}

std::vector<std::size_t> randomCuts(std::string_view stream, Random &random)
{
    std::vector<std::size_t> cuts;
    const auto sparseness = 1 + random() % 20;
    for (std::size_t cut = 1; cut < stream.size(); ++cut) {
        if (random() % sparseness == 0)
            cuts.push_back(cut);
    }
    return cuts;
}

/// The standard's text put into code as directly as possible: a second opinion on the events of a stream.
class Reference
{
public:
    explicit Reference(std::string_view stream)
    {
        if (stream.starts_with("\xef\xbb\xbf"))
            stream.remove_prefix(3);
        while (true) {
            const std::size_t end = stream.find_first_of("\r\n");
            if (end == std::string_view::npos)
                return;
            line(stream.substr(0, end));
            stream.remove_prefix(end + (stream.substr(end).starts_with("\r\n") ? 2 : 1));
        }
    }
    std::string events;

private:
    void line(std::string_view text)
    {
        if (text.empty())
            return dispatch();
        const std::size_t colon = text.find(':');
        const std::string_view name = text.substr(0, colon);
        std::string_view value = colon == std::string_view::npos ? ""sv : text.substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        if (name == "event")
            m_type = value;
        else if (name == "data")
            m_data.append(value).append("\n");
        else if (name == "id" && value.find('\0') == std::string_view::npos)
            m_id = value;
    }
    void dispatch()
    {
        m_lastId = m_id;
        if (!m_data.empty()) {
            m_data.pop_back();
            events += test::escaped("[" + m_type + "][" + m_lastId + "]" + m_data + "\n");
        }
        m_data.clear();
        m_type.clear();
    }
    std::string m_type;
    std::string m_data;
    std::string m_id;
    std::string m_lastId;
};

std::string eventsOf(const test::Reading &reading)
{
    std::string events;
    for (const test::ReadItem &item : reading.items) {
        if (item.kind == sse::ItemKind::Event)
            events += test::escaped("[" + item.type + "][" + item.id + "]" + item.data + "\n");
    }
    return events;
}

/// Bytes of the tiles in their order: the stream itself, if nothing was skipped.
std::string tiled(const test::Reading &reading)
{
    std::string bytes;
    for (const test::ReadItem &item : reading.items) {
        if (!item.insideBlock)
            bytes += item.leadingBytes + item.raw;
    }
    return bytes;
}

bool isAscii(std::string_view stream)
{
    return std::all_of(stream.begin(), stream.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

} // namespace

class TestParserProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsDoNotMatter_data()
    {
        QTest::addColumn<bool>("limited");
        QTest::newRow("default limit") << false;
        QTest::newRow("small limits") << true;
    }
    void cutsDoNotMatter()
    {
        QFETCH(bool, limited);
        Random random(limited ? 1 : 2);
        for (int run = 0; run < 10000; ++run) {
            const std::string stream = randomStream(random);
            sse::ParserLimits limits;
            if (limited)
                limits.maxEventBytes = 16 + random() % 64;
            const test::Reading whole = test::readStream(stream, {}, limits);
            const std::string context =
                "run " + std::to_string(run) + ", limit " + std::to_string(limits.maxEventBytes) + ": '";
            for (int way = 0; way < 3; ++way) {
                const auto cuts = way == 0 ? test::everyByte(stream) : randomCuts(stream, random);
                const std::string found = difference(whole, test::readStream(stream, cuts, limits));
                if (!found.empty() || !whole.fault.empty())
                    QFAIL((context + test::escaped(stream) + "'\n" + found + whole.fault).c_str());
            }
        }
    }

    void tilesAreTheStream()
    {
        Random random(3);
        for (int run = 0; run < 10000; ++run) {
            const std::string stream = randomStream(random);
            const test::Reading reading = test::readStream(stream);
            const std::string tiles = tiled(reading);
            QCOMPARE(tiles.size() + reading.leftOver, stream.size());
            QVERIFY(stream.starts_with(tiles));
            for (const test::ReadItem &item : reading.items)
                QCOMPARE(stream.compare(item.offset, item.raw.size(), item.raw), 0);
        }
    }

    void eventsAreThoseOfTheStandard()
    {
        Random random(4);
        int compared = 0;
        for (int run = 0; run < 20000; ++run) {
            const std::string stream = randomStream(random);
            // The reference does not decode; malformed UTF-8 has tests of its own.
            if (!isAscii(stream))
                continue;
            ++compared;
            const std::string found = eventsOf(test::readStream(stream));
            QCOMPARE(found, Reference(stream).events);
        }
        QVERIFY(compared > 1000);
    }

    void memoryIsBounded()
    {
        Random random(5);
        for (int run = 0; run < 3000; ++run) {
            const std::string stream = randomStream(random) + randomStream(random);
            const std::size_t limit = 16 + random() % 64;
            test::StreamReader reader({limit});
            for (const char c : stream)
                reader.feed({&c, 1});
            QVERIFY(reader.mostBuffered() <= limit + stream.size() && reader.fault().empty());
            // Only leading bytes may come on top of the limit.
            QVERIFY(reader.mostBuffered() <= limit + longestRunOfLineEnds(stream) + 3);
        }
    }

    // PX02: by the ratio of CPU times, since on a busy machine the clock on the wall tells of the others. 8 for linear
    // time; a parser that moves or scans the block at every read comes to 64.
    void oneHugeEventTakesLinearTime_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("1 byte") << 1;
        QTest::newRow("1460 bytes") << 1460;
        QTest::newRow("64 KiB") << 65536;
    }
    void oneHugeEventTakesLinearTime()
    {
        QFETCH(int, piece);
        const auto ticksFor = [piece](std::size_t mib) {
            const std::string stream = "data: " + std::string(mib << 20, 'x') + "\n\n";
            std::clock_t best = std::numeric_limits<std::clock_t>::max();
            for (int run = 0; run < 3; ++run)
                best = std::min(best, feedInPieces(stream, static_cast<std::size_t>(piece)));
            return best;
        };
        const std::clock_t small = std::max<std::clock_t>(ticksFor(1), 1);
        const std::clock_t large = ticksFor(8);
        QVERIFY2(large < 32 * small, qPrintable(QStringLiteral("%1, %2 ticks").arg(small).arg(large)));
    }

private:
    static std::size_t longestRunOfLineEnds(std::string_view stream)
    {
        std::size_t longest = 0;
        std::size_t run = 0;
        for (const char c : stream) {
            run = c == '\n' || c == '\r' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        return longest;
    }

    static std::clock_t feedInPieces(std::string_view stream, std::size_t piece)
    {
        sse::Parser parser({stream.size()});
        sse::Batch batch;
        std::size_t events = 0;
        const std::clock_t start = std::clock();
        for (std::size_t from = 0; from < stream.size(); from += piece) {
            parser.feed(stream.substr(from, piece), batch);
            events += batch.items().size();
        }
        return events == 1 ? std::clock() - start : std::numeric_limits<std::clock_t>::max();
    }
};

QTEST_GUILESS_MAIN(TestParserProperties)
#include "tst_parserproperties.moc"
