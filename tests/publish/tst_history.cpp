// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/history.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// History alone: which ids it knows, what it replays after them, and that it stays within its limits.
class HistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void replays_data();
    void replays();
    void knowsBoundariesOfGivenIds();
    void countsTheEarlierOfTwoEqualIds();
    void cutsBatches();
    void staysWithinItsLimits();
    void dropsWhatIsTooOld();
    void knowsIdsThatBeginWithTimes();
    void knowsItsOwnIds();
    void findsTheNewestFast();
};

namespace {

FramePointer frame(int number)
{
    return Frame::fromBlocks("id: e-" + std::to_string(number) + "\ndata: " + std::to_string(number) + "\n\n", 1);
}

/// The data of the replay, joined: `8 9 10`.
QByteArray replayAfter(const History &history, std::uint64_t position)
{
    QList<QByteArray> numbers;
    for (const FramePointer &held : history.after(position)) {
        for (const QByteArray &line : held->plain().split('\n')) {
            if (line.startsWith("data: "))
                numbers.append(line.mid(6));
        }
    }
    return numbers.join(' ');
}

} // namespace

void HistoryTest::replays_data()
{
    QTest::addColumn<int>("published");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<QByteArray>("replay");
    QTest::newRow("what follows") << 10 << 100 << QByteArray("e-7") << true << QByteArray("8 9 10");
    QTest::newRow("too old by far") << 10 << 5 << QByteArray("e-3") << false << QByteArray("6 7 8 9 10");
    QTest::newRow("just before the oldest") << 5 << 3 << QByteArray("e-2") << true << QByteArray("3 4 5");
    QTest::newRow("too old") << 5 << 3 << QByteArray("e-1") << false << QByteArray("3 4 5");
    QTest::newRow("the newest") << 5 << 3 << QByteArray("e-5") << true << QByteArray();
    QTest::newRow("the future") << 5 << 3 << QByteArray("e-6") << false << QByteArray("3 4 5");
    QTest::newRow("word") << 3 << 9 << QByteArray("abc") << false << QByteArray("1 2 3");
    QTest::newRow("negative") << 3 << 9 << QByteArray("e--1") << false << QByteArray("1 2 3");
    QTest::newRow("too large") << 3 << 9 << QByteArray("e-999999999999999999999") << false << QByteArray("1 2 3");
    QTest::newRow("leading zero") << 3 << 9 << QByteArray("e-01") << false << QByteArray("1 2 3");
    QTest::newRow("UTF-8") << 3 << 9 << QByteArray("\xe2\x80\xa6") << false << QByteArray("1 2 3");
    QTest::newRow("other epoch") << 3 << 9 << QByteArray("f-2") << false << QByteArray("1 2 3");
    QTest::newRow("no history, newest") << 3 << 0 << QByteArray("e-3") << true << QByteArray();
    QTest::newRow("no history, older") << 3 << 0 << QByteArray("e-2") << false << QByteArray();
}

void HistoryTest::replays()
{
    QFETCH(int, published);
    QFETCH(int, limit);
    QFETCH(QByteArray, id);
    History history("e");
    history.setLimits(limit, 1 << 20);
    for (int i = 1; i <= published; ++i)
        history.append(frame(i));
    const auto position = history.find(id);
    QTEST(position.has_value(), "isKnown");
    QTEST(replayAfter(history, position.value_or(0)), "replay");
}

void HistoryTest::knowsBoundariesOfGivenIds()
{
    History history("e");
    history.setLimits(2, 1 << 20);
    for (int i = 1; i <= 4; ++i)
        history.append(frame(i), "given" + QByteArray::number(i));
    QVERIFY(!history.find("given1"));
    QCOMPARE(history.find("given2"), std::optional<std::uint64_t>(2)); // the last one that was dropped
    QCOMPARE(history.find("given3"), std::optional<std::uint64_t>(3));
    QCOMPARE(history.idAt(3), QByteArray("given3"));
    QCOMPARE(history.idAt(5), QByteArray("e-5"));
}

void HistoryTest::countsTheEarlierOfTwoEqualIds()
{
    History history("e");
    history.append(frame(1), "same");
    history.append(frame(2));
    history.append(frame(3), "same");
    QCOMPARE(history.find("same"), std::optional<std::uint64_t>(1));
}

void HistoryTest::cutsBatches()
{
    History history("e");
    history.setLimits(4, 1 << 20);
    history.append(Frame::fromBlocks("data: 1\n\ndata: 2\n\ndata: 3\n\n", 3));
    history.append(Frame::fromBlocks("data: 4\n\ndata: 5\n\ndata: 6\n\n", 3));
    QCOMPARE(history.oldestPosition(), 3u);
    QCOMPARE(replayAfter(history, 0), QByteArray("3 4 5 6"));
    QCOMPARE(replayAfter(history, 4), QByteArray("5 6"));
    QCOMPARE(replayAfter(history, 6), QByteArray());
    QVERIFY(!history.find("e-1"));
    QVERIFY(history.find("e-2"));
}

void HistoryTest::staysWithinItsLimits()
{
    History byCount("e");
    byCount.setLimits(100, 1 << 20);
    for (int i = 1; i <= 100'000; ++i)
        byCount.append(frame(i), "g" + QByteArray::number(i));
    QCOMPARE(byCount.after(0).size(), std::size_t(100));

    History byBytes("e");
    byBytes.setLimits(1000, 10'000);
    for (int i = 1; i <= 10; ++i)
        byBytes.append(Frame::fromBlocks(std::string(3000, 'x'), 1));
    QCOMPARE(byBytes.after(0).size(), std::size_t(3));
    QCOMPARE(byBytes.oldestPosition(), 8u);
}

void HistoryTest::dropsWhatIsTooOld()
{
    using namespace std::chrono_literals;
    std::chrono::steady_clock::time_point now{};
    History history("e", [&now] { return now; });
    history.setLimits(100, 1 << 20, 10s);
    for (int i = 1; i <= 5; ++i) {
        history.append(frame(i));
        now += 3s;
    }
    QCOMPARE(replayAfter(history, 0), QByteArray("2 3 4 5")); // the first was 12 seconds old when the last one came
    now += 3s;
    history.trim();
    QCOMPARE(replayAfter(history, 0), QByteArray("4 5"));
    QVERIFY(history.find("e-3"));
    QVERIFY(!history.find("e-2"));
    history.setLimits(100, 1 << 20, 1s);
    QCOMPARE(history.heldEvents(), 0u);
    QCOMPARE(history.heldBytes(), 0);
    QCOMPARE(history.find("e-5"), std::optional<std::uint64_t>(5));
}

void HistoryTest::knowsIdsThatBeginWithTimes()
{
    History history("e");
    history.setLimits(3, 1 << 20);
    for (int i = 1; i <= 2; ++i)
        history.append(Frame::fromBlocks("id: T1-" + std::to_string(i) + "\ndata: " + std::to_string(i) + "\n\n", 1));
    history.append(Frame::fromBlocks("id: T2-3\ndata: 3\n\nid: T2-4\ndata: 4\n\n", 2));
    QCOMPARE(history.find("T1-2"), std::optional<std::uint64_t>(2));
    QCOMPARE(history.find("T2-4"), std::optional<std::uint64_t>(4));
    QVERIFY(!history.find("T2-2")); // another time
    QVERIFY(!history.find("e-2"));
    QCOMPARE(history.idAt(2), QByteArray("T1-2"));
    QCOMPARE(history.idAt(4), QByteArray("T2-4"));
    history.append(Frame::fromBlocks("id: T3-5\ndata: 5\n\n", 1));
    QCOMPARE(history.find("T1-2"), std::optional<std::uint64_t>(2)); // just dropped: what follows it is all there
    QVERIFY(!history.find("T1-1"));
}

void HistoryTest::knowsItsOwnIds()
{
    History history("e");
    history.append(Frame::fromBlocks("id: T1-1\ndata: 1\n\n", 1));
    QVERIFY(history.isOwn("e-17"));
    QVERIFY(history.isOwn("T1-1"));
    QVERIFY(!history.isOwn("T1-2"));
    QVERIFY(!history.isOwn("mine"));
    QVERIFY(!history.isOwn(""));
}

void HistoryTest::findsTheNewestFast()
{
    History history("e");
    history.setLimits(100'000, 1 << 30);
    for (int i = 1; i <= 100'000; ++i)
        history.append(frame(i));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10'000; ++i) {
        const auto position = history.find("e-99999");
        QVERIFY(position);
        QCOMPARE(history.after(*position).size(), std::size_t(1));
    }
    QVERIFY(timer.elapsed() < 2000); // looking through all of it 10,000 times takes far longer
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::HistoryTest)
#include "tst_history.moc"
