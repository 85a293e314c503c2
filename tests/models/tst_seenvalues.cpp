// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/seenvalues.h"
#include "support/eventstream.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

// What was seen in the log, collected on the pool.
class SeenValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void looksOnlyWhenAsked();
    void countsTypes();
    void keepsTheLatestIds();
    void samplesJson();
    void goesOnWhereItEnded();
    void staysBounded();
    void canGoDuringALook();
};

namespace {

struct Bench
{
    explicit Bench(store::LogLimits limits = {})
        : streams(limits)
        , feed(streams.log)
        , values(feed)
    {}

    /// Until all that the log has was looked at.
    bool look()
    {
        const auto all = streams.log.snapshot().end().value - 1;
        return QTest::qWaitFor([&] {
            values.update();
            return values.seen().examined == all;
        });
    }

    std::string types() const
    {
        std::string text;
        for (const auto &type : values.seen().types)
            text += type.name + "=" + std::to_string(type.count) + " ";
        return text;
    }

    test::EventStreams streams;
    LogFeed feed;
    SeenValues values;
};

} // namespace

void SeenValuesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void SeenValuesTest::looksOnlyWhenAsked()
{
    Bench bench;
    QSignalSpy changed(&bench.values, &SeenValues::changed);
    QSignalSpy advanced(&bench.feed, &LogFeed::advanced);
    bench.streams.feedEvents(1, 10);
    QTRY_COMPARE(advanced.size(), 1);
    QVERIFY(bench.values.seen().types.empty());
    bench.values.update();
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(bench.values.seen().examined, 10U);
    bench.values.update();
    bench.streams.feedEvents(1, 1);
    QTRY_COMPARE(advanced.size(), 2);
    QCOMPARE(changed.size(), 1); // nothing was new when it was asked
}

void SeenValuesTest::countsTypes()
{
    Bench bench;
    bench.streams.feed(1, "event: b\ndata: 1\n\nevent: a\ndata: 1\n\ndata: 1\n\nevent: b\ndata: 1\n\n:comment\n");
    bench.streams.feed(1, "event: " + std::string(SeenValues::mostTextBytes + 1, 'x') + "\ndata: 1\n\n");
    bench.streams.connection(1, store::ConnectionState::Open);
    QVERIFY(bench.look());
    QCOMPARE(bench.types(), std::string("b=2 a=1 message=1 "));
}

void SeenValuesTest::keepsTheLatestIds()
{
    Bench bench;
    std::string bytes;
    for (int i = 0; i < 200; ++i)
        bytes += "id: " + std::to_string(i) + "\ndata: x\n\n";
    bytes += "id: 190\ndata: x\n\n";
    bench.streams.feed(1, bytes);
    QVERIFY(bench.look());
    const auto &ids = bench.values.seen().ids;
    QCOMPARE(ids.size(), SeenValues::mostIds);
    QCOMPARE(ids[0], std::string("190"));
    QCOMPARE(ids[1], std::string("199"));
    QCOMPARE(std::ranges::count(ids, "190"), 1);
}

void SeenValuesTest::samplesJson()
{
    Bench bench;
    bench.streams.feed(1, "data: {\"a\": 1, \"b\": {\"c\": \"x\"}}\n\ndata: {\"a\": 2}\n\ndata: no JSON\n\n");
    QVERIFY(bench.look());
    const auto &paths = bench.values.seen().paths;
    QCOMPARE(paths.size(), 2U);
    QCOMPARE(paths[0].path.text(), std::string("data.a"));
    QCOMPARE(paths[0].count, 2U);
    QCOMPARE(paths[0].examples, (std::vector<std::string>{"2", "1"}));
    QCOMPARE(paths[1].path.text(), std::string("data.b.c"));
    QCOMPARE(paths[1].examples, std::vector<std::string>{"\"x\""});
}

void SeenValuesTest::goesOnWhereItEnded()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    Bench bench(limits);
    for (int round = 1; round <= 5; ++round) {
        bench.streams.feedEvents(1, 70);
        bench.streams.feed(1, "event: rare\ndata: x\n\n");
        QVERIFY(bench.look());
        QCOMPARE(bench.types(), "message=" + std::to_string(70 * round) + " rare=" + std::to_string(round) + " ");
    }
}

void SeenValuesTest::staysBounded()
{
    Bench bench;
    std::string bytes;
    for (int i = 0; i < 2000; ++i)
        bytes += "event: type" + std::to_string(i) + "\ndata: {\"key" + std::to_string(i) + "\": 1}\n\n";
    for (int i = 0; i < 20; ++i)
        bench.streams.feed(1, bytes);
    QVERIFY(bench.look());
    QCOMPARE(bench.values.seen().types.size(), SeenValues::mostTypes);
    QVERIFY(bench.values.seen().paths.size() <= filter::maxSeenPaths);
}

void SeenValuesTest::canGoDuringALook()
{
    test::EventStreams streams;
    streams.feedEvents(1, 200'000);
    LogFeed feed(streams.log);
    {
        SeenValues values(feed);
        values.update();
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
}

QTEST_GUILESS_MAIN(SeenValuesTest)
#include "tst_seenvalues.moc"
