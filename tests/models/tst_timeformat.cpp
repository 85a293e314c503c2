// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventmodel.h"
#include "sse/parser.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What the Time column tells in each of its modes.
class TimeFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsAbsoluteTimes();
    void tellsSecondsSinceStart();
    void tellsSecondsSinceConnect();
    void knowsTheStartOfAnEvictedConnection();
    void tellsSecondsSinceTheRowAbove();
    void tellsSecondsSinceAReference();
    void keepsTheReferenceWhenItsRowGoes();
    void cutsToThePrecision();
    void alignsDurations();
    void announcesChanges();
};

namespace {

store::LogLimits smallLog()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 200 * 1024;
    return limits;
}

/// A log whose records come at times of the test's own choice, counted from its creation.
struct Bench
{
    explicit Bench(store::LogLimits limits = {})
        : log(limits)
        , feed(log)
        , model(feed)
    {}

    store::MonotonicTime at(std::chrono::nanoseconds time) const { return log.clock().monotonic + time; }
    void event(std::uint32_t subscription, std::chrono::nanoseconds time, std::uint32_t attempt = 1,
        std::string_view data = "x")
    {
        sse::Parser parser;
        sse::Batch batch;
        const auto bytes = "data: " + std::string(data) + "\n\n"; // the batch points into it
        parser.feed(bytes, batch);
        log.append({{subscription}, attempt, reads++, at(time), 9, 0}, batch);
    }
    void connecting(std::uint32_t subscription, std::uint32_t attempt, std::chrono::nanoseconds time)
    {
        log.append({subscription}, attempt, at(time), {store::ConnectionState::Connecting, 0, {}, ""});
    }
    bool isCaughtUp()
    {
        return QTest::qWaitFor([&] { return model.isComplete() && model.examinedEnd() == log.snapshot().end(); });
    }
    QStringList times() const
    {
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row)
            texts << timeAt(row);
        return texts;
    }
    QString timeAt(int row) const { return model.index(row, model.columnOf(ColumnKind::Time)).data().toString(); }

    store::EventLog log;
    LogFeed feed;
    EventModel model;
    std::uint32_t reads = 0;
};

} // namespace

void TimeFormatTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    qputenv("TZ", "Asia/Tokyo");
}

void TimeFormatTest::tellsAbsoluteTimes()
{
    // 2026-11-22T20:05:01.123456789Z
    const store::WallTime time{1'795'377'901'123'456'789ns};
    QCOMPARE(formatTime(time, {TimeMode::Utc}), u"20:05:01.123456"_s);
    QCOMPARE(formatTime(time, {TimeMode::Local}), u"05:05:01.123456"_s);
    QCOMPARE(formatTime(time, {TimeMode::LocalDate}), u"2026-11-23 05:05:01.123456"_s);
    QCOMPARE(formatTime(time, {TimeMode::Utc, TimePrecision::Milliseconds}), u"20:05:01.123"_s);
}

void TimeFormatTest::tellsSecondsSinceStart()
{
    Bench bench;
    bench.event(1, 5s);
    bench.event(1, 5s + 2ms);
    bench.event(2, 65s);
    QVERIFY(bench.isCaughtUp());
    bench.model.setTimeFormat({TimeMode::SinceStart});
    QCOMPARE(bench.times(), (QStringList{u"0.000000"_s, u"0.002000"_s, u"60.000000"_s}));
}

void TimeFormatTest::tellsSecondsSinceConnect()
{
    Bench bench;
    bench.connecting(1, 1, 1s);
    bench.connecting(2, 1, 2s);
    bench.event(1, 4s);
    bench.event(2, 4s);
    bench.connecting(1, 2, 10s);
    bench.event(1, 11s, 2);
    QVERIFY(bench.isCaughtUp());
    bench.model.setTimeFormat({TimeMode::SinceConnect, TimePrecision::Milliseconds});
    QCOMPARE(bench.times(), (QStringList{u"0.000"_s, u"0.000"_s, u"3.000"_s, u"2.000"_s, u"0.000"_s, u"1.000"_s}));
}

void TimeFormatTest::knowsTheStartOfAnEvictedConnection()
{
    Bench bench(smallLog());
    bench.connecting(1, 7, 1s);
    QVERIFY(bench.isCaughtUp());
    for (int i = 0; i < 9000; ++i)
        bench.event(1, 2s + i * 1ms, 7);
    QVERIFY(bench.isCaughtUp());
    QVERIFY(bench.model.numberAt(0) > store::EventNumber{1});
    bench.model.setTimeFormat({TimeMode::SinceConnect, TimePrecision::Milliseconds});
    QCOMPARE(bench.timeAt(bench.model.rowCount() - 1), u"9.999"_s);
    bench.model.setTimeFormat({TimeMode::SinceStart, TimePrecision::Milliseconds});
    QCOMPARE(bench.timeAt(bench.model.rowCount() - 1), u"9.999"_s);
}

void TimeFormatTest::tellsSecondsSinceTheRowAbove()
{
    Bench bench;
    bench.event(1, 1s, 1, "a");
    bench.event(2, 1s + 5us, 1, "b");
    bench.event(1, 3s, 1, "a");
    QVERIFY(bench.isCaughtUp());
    bench.model.setTimeFormat({TimeMode::SincePrevious});
    QCOMPARE(bench.times(), (QStringList{QString(), u"0.000005"_s, u"1.999995"_s}));
    bench.model.setFilter(filter::Filter::compile("a").value());
    QTRY_COMPARE(bench.model.rowCount(), 2);
    QCOMPARE(bench.times(), (QStringList{QString(), u"2.000000"_s}));
}

void TimeFormatTest::tellsSecondsSinceAReference()
{
    Bench bench;
    bench.event(1, 1s);
    bench.event(1, 3s);
    bench.event(1, 3s + 250us);
    QVERIFY(bench.isCaughtUp());
    bench.model.setTimeFormat({TimeMode::SinceReference});
    QCOMPARE(bench.times(), (QStringList{QString(), QString(), QString()}));
    bench.model.setTimeReference({2});
    QCOMPARE(bench.times(), (QStringList{u"−2.000000"_s, u"0.000000"_s, u"0.000250"_s}));
    QVERIFY(bench.model.index(1, 0).data(TimeReferenceRole).toBool());
    QVERIFY(!bench.model.index(0, 0).data(TimeReferenceRole).toBool());
    bench.model.setTimeReference({});
    QVERIFY(!bench.model.timeReference());
    QVERIFY(!bench.model.index(1, 0).data(TimeReferenceRole).toBool());
}

void TimeFormatTest::keepsTheReferenceWhenItsRowGoes()
{
    Bench bench(smallLog());
    bench.event(1, 1s, 1, "reference");
    bench.event(1, 3s, 1, "other");
    QVERIFY(bench.isCaughtUp());
    bench.model.setTimeFormat({TimeMode::SinceReference, TimePrecision::Milliseconds});
    bench.model.setTimeReference({1});
    bench.model.setFilter(filter::Filter::compile("other").value());
    QTRY_COMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.timeAt(0), u"2.000"_s);
    for (int i = 0; i < 9000; ++i)
        bench.event(1, 11s, 1, "other");
    QVERIFY(bench.isCaughtUp());
    QVERIFY(!bench.model.snapshot().contains({1}));
    QCOMPARE(bench.timeAt(bench.model.rowCount() - 1), u"10.000"_s);
}

void TimeFormatTest::cutsToThePrecision()
{
    QCOMPARE(formatSeconds(1'234'567'891ns, TimePrecision::Milliseconds), u"1.234"_s);
    QCOMPARE(formatSeconds(1'234'567'891ns, TimePrecision::Microseconds), u"1.234567"_s);
    QCOMPARE(formatSeconds(-1'500us, TimePrecision::Microseconds), u"−0.001500"_s);
    QCOMPARE(formatSeconds(-1us, TimePrecision::Milliseconds), u"0.000"_s);
    QCOMPARE(formatSeconds(27h, TimePrecision::Milliseconds), u"97200.000"_s);
}

void TimeFormatTest::alignsDurations()
{
    Bench bench;
    bench.event(1, 1s);
    QVERIFY(bench.isCaughtUp());
    const auto alignment = [&] {
        return bench.model.index(0, bench.model.columnOf(ColumnKind::Time))
            .data(Qt::TextAlignmentRole)
            .value<Qt::Alignment>();
    };
    QVERIFY(alignment() & Qt::AlignLeft);
    bench.model.setTimeFormat({TimeMode::SinceStart});
    QVERIFY(alignment() & Qt::AlignRight);
}

void TimeFormatTest::announcesChanges()
{
    Bench bench;
    bench.event(1, 1s);
    QVERIFY(bench.isCaughtUp());
    const int column = bench.model.columnOf(ColumnKind::Time);
    QSignalSpy header(&bench.model, &QAbstractItemModel::headerDataChanged);
    QSignalSpy cells(&bench.model, &QAbstractItemModel::dataChanged);
    bench.model.setTimeFormat({TimeMode::Utc});
    QCOMPARE(header.size(), 1);
    QCOMPARE(cells.size(), 1);
    QCOMPARE(bench.model.headerData(column, Qt::Horizontal).toString(), u"Time (UTC)"_s);
    bench.model.setTimeFormat({TimeMode::Utc});
    QCOMPARE(header.size(), 1);
}

QTEST_GUILESS_MAIN(TimeFormatTest)
#include "tst_timeformat.moc"
