// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gotoplace.h"
#include "support/eventstream.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::EventNumber;

// Naming an event by its number, its time or its last event ID.
class GoToPlaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void understandsNumbers();
    void findsByTime_data();
    void findsByTime();
    void saysWhatIsWrongWithATime();
    void findsByDateAndTimeOfDay();
    void findsIdsExactly();
    void givesUpAnOldSearch();
};

namespace {

/// Ten events, a minute between each.
struct Timeline
{
    Timeline()
    {
        sse::Parser parser;
        sse::Batch batch;
        for (std::uint32_t i = 0; i < 10; ++i) {
            const std::string bytes = "data: " + std::to_string(i) + "\n\n";
            parser.feed(bytes, batch);
            log.append({{1}, 1, i, start + i * 1min, static_cast<std::uint32_t>(bytes.size()), 0}, batch);
        }
    }
    GoToPlace find(const QString &text, EventNumber near = {}) const
    {
        return eventByTime(text, log.snapshot(), log.clock(), near);
    }
    QDateTime at(int minute) const
    {
        const auto wall = log.clock().wallTime(start + minute * 1min).time_since_epoch();
        return QDateTime::fromMSecsSinceEpoch(std::chrono::floor<std::chrono::milliseconds>(wall).count());
    }

    store::EventLog log;
    store::MonotonicTime start = std::chrono::steady_clock::now();
};

} // namespace

void GoToPlaceTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void GoToPlaceTest::understandsNumbers()
{
    test::EventStreams streams;
    QVERIFY(!eventByNumber(u"1"_s, streams.log.snapshot()));
    streams.feedEvents(1, 2000);
    const auto snapshot = streams.log.snapshot();
    QCOMPARE(eventByNumber(u" 1,234 "_s, snapshot).value(), EventNumber{1234});
    QCOMPARE(eventByNumber(u"1"_s, snapshot).value(), EventNumber{1});
    for (const auto &wrong : {u"0"_s, u"-1"_s, u"abc"_s, u""_s, u"99999999999999999999999"_s})
        QVERIFY2(!eventByNumber(wrong, snapshot), qPrintable(wrong));
    QVERIFY(eventByNumber(u"2001"_s, snapshot).error().contains(u"2,000"_s));
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 200 * 1024;
    test::EventStreams small(limits);
    for (int i = 0; i < 60; ++i)
        small.feedEvents(1, 100);
    QVERIFY(eventByNumber(u"1"_s, small.log.snapshot()).error().contains(u"evicted"_s));
}

void GoToPlaceTest::findsByTime_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<quint64>("number");
    QTest::newRow("at the start") << u"+0s"_s << quint64(1);
    QTest::newRow("after the start") << u"+90s"_s << quint64(3);
    QTest::newRow("exactly") << u"+2min"_s << quint64(3);
    QTest::newRow("blanks") << u" + 5 min"_s << quint64(6);
    QTest::newRow("before the end") << u"-90s"_s << quint64(9);
    QTest::newRow("before the start") << u"-2h"_s << quint64(1);
}

void GoToPlaceTest::findsByTime()
{
    QFETCH(QString, text);
    QFETCH(quint64, number);
    const Timeline timeline;
    const auto found = timeline.find(text);
    QVERIFY2(found, found ? "" : qPrintable(found.error()));
    QCOMPARE(found->value, number);
}

void GoToPlaceTest::saysWhatIsWrongWithATime()
{
    const Timeline timeline;
    QVERIFY(timeline.find(u"+"_s).error().contains(u"+90s"_s));
    QVERIFY(timeline.find(u"+5 apples"_s).error().contains(u"+90s"_s));
    QVERIFY(timeline.find(u"soon"_s).error().contains(u"14:05"_s));
    QVERIFY(timeline.find(u"25:00"_s).error().contains(u"14:05"_s));
    QVERIFY(timeline.find(u"+1h"_s).error().contains(u"newest"_s));
    QVERIFY(!eventByTime(u"+1s"_s, store::EventLog().snapshot(), store::ClockAnchor::now(), {}));
}

void GoToPlaceTest::findsByDateAndTimeOfDay()
{
    const Timeline timeline;
    const auto moment = timeline.at(4);
    QCOMPARE(timeline.find(moment.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s))->value, 5U);
    QCOMPARE(timeline.find(moment.toString(u"HH:mm:ss.zzz"_s), {5})->value, 5U);
    QCOMPARE(timeline.find(u"2001-01-01"_s)->value, 1U);
    QVERIFY(timeline.find(u"2199-01-01"_s).error().contains(u"newest"_s));
}

void GoToPlaceTest::findsIdsExactly()
{
    test::EventStreams streams;
    streams.feed(
        1, "id: A-1\ndata: x\n\nid: a-1\ndata: y\n\nid: a-10\ndata: z\n\nid: a*\ndata: w\n\nid: a-1\ndata: v\n\n");
    EventIdSearch search;
    search.start(u"a-1"_s, streams.log.snapshot());
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.next({}), EventNumber{2});
    QCOMPARE(search.next({2}), EventNumber{5});
    QCOMPARE(search.next({5}), EventNumber{2});
    search.start(u"a*"_s, streams.log.snapshot());
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.next({}), EventNumber{4});
    search.start(u"b"_s, streams.log.snapshot());
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.next({}), EventNumber{});
}

void GoToPlaceTest::givesUpAnOldSearch()
{
    test::EventStreams streams;
    streams.feedEvents(1, 50'000);
    streams.feed(1, "id: last\ndata: x\n\n");
    EventIdSearch search;
    search.start(u"never"_s, streams.log.snapshot());
    search.start(u"last"_s, streams.log.snapshot());
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.count(), 1U);
    QSignalSpy changed(&search, &EventIdSearch::changed);
    search.start(u"never"_s, streams.log.snapshot());
    search.stop();
    QVERIFY(!search.isRunning());
    QVERIFY(search.id().isEmpty());
    streams.feedEvents(1, 10);
    QCOMPARE(changed.size(), 0);
}

QTEST_GUILESS_MAIN(GoToPlaceTest)
#include "tst_gotoplace.moc"
