// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/recording.h"
#include "publish/replayreader.h"

#include <QTest>

namespace weir::publish {

using store::EventNumber;
using Outcome = ReplayReader::Outcome;

/// What a replay takes out of the log: bytes, read boundaries, messages, rows, and what has gone.
class ReplayReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAreAsTheyCame_data();
    void readsAreAsTheyCame();
    void blocksAreAsTheyCame();
    void messagesKeepTheirMeaning();
    void passesOverOthersAndWhatIsIncomplete();
    void readsOnlyTheRowsOfAView();
    void countsWhatWasEvicted();
};

namespace {

std::vector<ReplayItem> itemsOf(const ReplaySource &source, ReplayOptions::Form form, bool keepsReads = false)
{
    ReplayReader reader(source, form, keepsReads);
    std::vector<ReplayItem> items;
    reader.hold();
    for (ReplayItem item;;) {
        const Outcome outcome = reader.next(item);
        if (outcome == Outcome::End)
            return items;
        if (outcome == Outcome::Item)
            items.push_back(item);
    }
}

QList<QByteArray> bytesOfItems(const std::vector<ReplayItem> &items)
{
    QList<QByteArray> list;
    for (const ReplayItem &item : items)
        list << item.bytes;
    return list;
}

} // namespace

void ReplayReaderTest::readsAreAsTheyCame_data()
{
    QTest::addColumn<QList<QByteArray>>("reads");
    QTest::newRow("one block a read") << QList<QByteArray>{"data: 1\n\n", "data: 2\n\n"};
    QTest::newRow("many in one") << QList<QByteArray>{"data: 1\n\ndata: 2\n\n: c\n\n", "id: 3\n\n"};
    QTest::newRow("inside a block") << QList<QByteArray>{"da", "ta: 1", "\n", "\ndata: 2\n\nda", "ta: 3\n\n"};
    QTest::newRow("inside a character") << QList<QByteArray>{"data: \xc3", "\xb6\n\n"};
    QTest::newRow("CRLF cut") << QList<QByteArray>{"data: 1\r", "\n\r", "\ndata: 2\r\n\r\n", "data: 3\n\n"};
    QTest::newRow("CR") << QList<QByteArray>{"data: 1\r\rdata", ": 2\r\r"};
    QTest::newRow("empty lines") << QList<QByteArray>{"\n\n\ndata: 1\n\n\n", "\n\n\ndata: 2\n\n"};
    QTest::newRow("comments in a block") << QList<QByteArray>{"data: 1\n: c", "\ndata: 2\nnonsense\n\n"};
    QTest::newRow("bytes") << QList<QByteArray>{"d", "a", "t", "a", ":", "1", "\n", "\n"};
}

void ReplayReaderTest::readsAreAsTheyCame()
{
    QFETCH(QList<QByteArray>, reads);
    Recording recording;
    for (const QByteArray &read : reads)
        recording.read(read, 7);
    const auto items = itemsOf(recording.all(), ReplayOptions::Form::AsReceived, true);
    QCOMPARE(bytesOfItems(items), reads);
    for (std::size_t i = 1; i < items.size(); ++i)
        QCOMPARE(items[i].arrival - items[i - 1].arrival, std::chrono::milliseconds(7));
}

void ReplayReaderTest::blocksAreAsTheyCame()
{
    Recording recording;
    recording.read("\xEF\xBB\xBF"
                   "data: 1\r\nid: x\r\n\r\n: c\n\nda");
    recording.read("ta: 2\n: inside\n\nretry: 5\n\n");
    const auto items = itemsOf(recording.all(), ReplayOptions::Form::AsReceived);
    const QList<QByteArray> blocks{"data: 1\r\nid: x\r\n\r", ": c\n", "data: 2\n: inside\n\n", "retry: 5\n\n"};
    QCOMPARE(bytesOfItems(items), blocks);
    // The mark of the beginning has no business in the middle of another response.
    const auto reads = itemsOf(recording.all(), ReplayOptions::Form::AsReceived, true);
    QCOMPARE(reads.size(), 2U);
    QVERIFY(reads[0].bytes.startsWith("data: 1\r\n"));
    QCOMPARE(reads[0].events, 1U);
}

void ReplayReaderTest::messagesKeepTheirMeaning()
{
    Recording recording;
    recording.read(": hello\n\nid: 7\nevent: t\nretry: 20\ndata: a\ndata: b\n\ndata\n\nid\ndata: c\n\nid: 9\n\n");
    const auto items = itemsOf(recording.all(), ReplayOptions::Form::Encoded);
    QCOMPARE(items.size(), 5U);
    QCOMPARE(items[0].message.comment, std::optional<std::string>("hello"));
    QCOMPARE(items[1].message.id, std::optional<std::string>("7"));
    QCOMPARE(items[1].message.type, std::string("t"));
    QCOMPARE(items[1].message.data, std::optional<std::string>("a\nb"));
    QCOMPARE(items[1].message.retry, std::optional(std::chrono::milliseconds(20)));
    // No id of its own: the client's last event ID stays.
    QVERIFY(!items[2].message.id && items[2].message.data == "");
    QCOMPARE(items[3].message.id, std::optional<std::string>(""));
    QVERIFY(items[4].message.id == "9" && !items[4].message.data);
}

void ReplayReaderTest::passesOverOthersAndWhatIsIncomplete()
{
    Recording recording;
    recording.read("data: 1\n\n", 1, 1);
    recording.read("data: other\n\n", 1, 2);
    recording.read("data: 2\n\ndata: lost", 1, 1);
    recording.end();
    recording.read("data: 3\n\n", 1, 1);
    ReplaySource source = recording.all();
    source.subscription = store::SubscriptionId{1};
    for (const bool keepsReads : {false, true}) {
        ReplayReader reader(source, ReplayOptions::Form::AsReceived, keepsReads);
        reader.hold();
        QByteArray stream;
        for (ReplayItem item; reader.next(item) == Outcome::Item;)
            stream += item.bytes;
        QCOMPARE(stream, QByteArray("data: 1\n\ndata: 2\n\ndata: 3\n\n"));
        QCOMPARE(reader.incomplete(), 1U);
    }
}

void ReplayReaderTest::readsOnlyTheRowsOfAView()
{
    Recording recording;
    for (int i = 1; i <= 9; ++i)
        recording.read("data: " + QByteArray::number(i) + "\n\n");
    ReplaySource source = recording.all();
    source.nextRow = [](EventNumber from) -> std::optional<EventNumber> {
        return EventNumber{(from.value + 2) / 3 * 3};
    };
    QCOMPARE(bytesOfItems(itemsOf(source, ReplayOptions::Form::AsReceived)),
        (QList<QByteArray>{"data: 3\n\n", "data: 6\n\n", "data: 9\n\n"}));
    source.nextRow = [](EventNumber from) -> std::optional<EventNumber> {
        return from.value <= 4 ? std::optional(EventNumber{4}) : std::nullopt;
    };
    QCOMPARE(itemsOf(source, ReplayOptions::Form::AsReceived).size(), 1U);
}

void ReplayReaderTest::countsWhatWasEvicted()
{
    store::LogLimits limits;
    limits.memoryBudget = 1 << 20;
    limits.bytesPerSegment = 64 << 10;
    limits.recordsPerSegment = 100;
    Recording recording(limits);
    for (int i = 0; i < 100; ++i)
        recording.read("data: old\n\n");
    const ReplaySource source = recording.all();
    ReplayReader reader(source, ReplayOptions::Form::AsReceived, false);
    ReplayItem item;
    reader.hold();
    QVERIFY(reader.next(item) == Outcome::Item);
    reader.release();
    const QByteArray large = "data: " + QByteArray(20'000, 'x') + "\n\n";
    for (int i = 0; i < 200; ++i)
        recording.read(large);
    // A replay keeps nothing alive.
    QCOMPARE(recording.log.ledger().memoryHeldBySnapshots, std::size_t{0});
    reader.hold();
    QVERIFY(reader.next(item) == Outcome::End);
    QCOMPARE(reader.evicted(), 99U);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ReplayReaderTest)
#include "tst_replayreader.moc"
