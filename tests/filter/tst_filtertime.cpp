// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/testlog.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::filter;
using namespace std::chrono_literals;

// What depends on when events came: gap, time, attempt; and expressions that take too much effort.
class FilterTimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void gaps_data();
    void gaps();
    void times_data();
    void times();
    void followsTheZone_data();
    void followsTheZone();
    void knowsTheSystemsZone();
    void attempts();
    void countsWhatIsTooHard();
    void countsOnlyWhatWasAsked();
    void boundsEffort();
};

namespace {

using Numbers = std::vector<std::uint64_t>;

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

/// The monotonic clock is at 1000 s when the wall clock shows this, in a zone that is an hour ahead, and two in summer.
store::WallTime wall(int year, unsigned month, unsigned day, std::chrono::nanoseconds time)
{
    return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)} + time;
}

std::chrono::seconds centralEurope(store::WallTime time)
{
    const bool isSummer = time >= wall(2026, 3, 29, 1h) && time < wall(2026, 10, 25, 1h);
    return isSummer ? 2h : 1h;
}

Context contextAt(store::WallTime time)
{
    return {{store::MonotonicTime{1000s}, time}, centralEurope};
}

Filter compiled(const QByteArray &expression, const Context &context)
{
    const auto filter = Filter::compile(view(expression), context);
    if (!filter)
        qWarning("%s: %s", expression.constData(), text(filter.error()).c_str());
    return filter.value_or(Filter());
}

Numbers matched(const Filter &filter, const TestLog &log)
{
    const store::Snapshot snapshot = log.snapshot();
    const Numbers scanned = matchedByScan(filter, snapshot, {});
    return matchedOneByOne(filter, snapshot, {}) == scanned ? scanned : Numbers{0};
}

const QByteArray hardText = "data:" + QByteArray(60, 'a') + "!\n\n";

} // namespace

void FilterTimeTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterTimeTest::gaps_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<Numbers>("expected");
    const auto row = [](const char *expression, const Numbers &expected) {
        QTest::newRow(expression) << QByteArray(expression) << expected;
    };
    // The gaps are: none, 2 s, none (another subscription), 250 us, 1 h.
    row("gap > 2s", {5});
    row("gap >= 2s", {2, 5});
    row("gap = 2s", {2});
    row("gap = 2000ms", {2});
    row("gap = 2000000us", {2});
    row("gap=2000000µs", {2});
    row("gap=2000000μs", {2});
    row("gap = 2000000000ns", {2});
    row("gap != 2s", {4, 5});
    row("gap < 1ms", {4});
    row("gap < 0.25ms", {});
    row("gap <= 0.25ms", {4});
    row("gap > 249.999 us gap < 250.001 us", {4});
    row("gap >= 0", {2, 4, 5});
    row("gap = 60min", {5});
    row("gap = 1H", {5});
    row("gap > 1h", {});
    row("-gap > 1ns", {1, 3});
    row("gap < 1s or gap > 1min", {4, 5});
}

void FilterTimeTest::gaps()
{
    QFETCH(QByteArray, expression);
    QFETCH(Numbers, expected);
    TestLog log;
    log.receive("data:1\n\n", 1, 10s);
    log.receive("data:2\n\n", 1, 12s);
    log.receive("data:3\n\n", 2, 12s);
    log.receive("data:4\n\n", 2, 12s + 250us);
    log.receive("data:5\n\n", 1, 12s + 1h);
    QCOMPARE(matched(compiled(expression, {}), log), expected);
}

void FilterTimeTest::times_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<Numbers>("expected");
    const auto row = [](const char *expression, const Numbers &expected) {
        QTest::newRow(expression) << QByteArray(expression) << expected;
    };
    // Local times: 1: 22nd 14:04:59.999999999, 2: 14:05:00, 3: 14:05:01.5, 4: 14:06:00, 5: 23:59:59.9, 6: 23rd
    // 00:00:00, 7: 23rd 14:05:30.
    row("time >= 14:05", {2, 3, 4, 5, 7});
    row("time > 14:05", {4, 5});
    row("time < 14:05", {1, 6});
    row("time <= 14:05", {1, 2, 3, 6, 7});
    row("time = 14:05", {2, 3, 7});
    row("time == 14:05", {2, 3, 7});
    row("time != 14:05", {1, 4, 5, 6});
    row("time = 14:05:01", {3});
    row("time = 14:05:01.5", {3});
    row("time = 14:05:01,5", {3});
    row("time = 14:05:01.50", {3});
    row("time = 14:05:01.4", {});
    row("time < 14:05:01.5", {1, 2, 6});
    row("time <= 14:04:59.999999999", {1, 6});
    row("time = 0:00", {6});
    row("time = 13:05Z", {2, 3, 7});
    row("time = 13:05z", {2, 3, 7});
    row("time = 16:05+03:00", {2, 3, 7});
    row("time = 09:35-0330", {2, 3, 7});
    row("time = 15:05+02", {2, 3, 7});
    row("time = 2026-11-22", {1, 2, 3, 4, 5});
    row("time > 2026-11-22", {6, 7});
    row("time >= 2026-11-23", {6, 7});
    row("time < 2026-11-22", {});
    row("time != 2026-11-22", {6, 7});
    row("time >= 2026-11-22T14:05", {2, 3, 4, 5, 6, 7});
    row("time >= 2026-11-22 14:05", {2, 3, 4, 5, 6, 7});
    row("time>=2026-11-22t14:05", {2, 3, 4, 5, 6, 7});
    row("time >= 2026-11-22T13:05Z", {2, 3, 4, 5, 6, 7});
    row("time >= 2026-11-22T14:05Z", {5, 6, 7});
    row("time = 2026-11-22T14:05", {2, 3});
    row("time = 2026-11-22T14:05:01.500", {3});
    row("time = 2026-11-22T14:05:01.500000001", {});
    row("time >= 23:00 or time < 6:00", {5, 6});
    row("-time >= 14:05", {1, 6});
}

void FilterTimeTest::times()
{
    QFETCH(QByteArray, expression);
    QFETCH(Numbers, expected);
    TestLog log;
    const auto receive = [&log](std::chrono::nanoseconds sinceFive) { log.receive("data\n\n", 1, 1000s + sinceFive); };
    receive(-1ns);
    receive(0s);
    receive(1500ms);
    receive(1min);
    receive(9h + 54min + 59s + 900ms);
    receive(9h + 55min);
    receive(24h + 30s);
    QCOMPARE(matched(compiled(expression, contextAt(wall(2026, 11, 22, 13h + 5min))), log), expected);
}

void FilterTimeTest::followsTheZone_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<Numbers>("expected");
    // In UTC on 29 March 2026: 1: 00:30, 2: 00:59, 3: 01:00 (which is 03:00 in summer), 4: 01:30, 5: 02:00
    QTest::newRow("before") << QByteArray("time < 2:00") << Numbers{1, 2};
    QTest::newRow("after") << QByteArray("time >= 3:00") << Numbers{3, 4, 5};
    QTest::newRow("never shown") << QByteArray("time >= 2:00 time < 3:00") << Numbers{};
    QTest::newRow("with a date") << QByteArray("time >= 2026-03-29T03:30") << Numbers{4, 5};
    QTest::newRow("with a date, before") << QByteArray("time = 2026-03-29T01:30") << Numbers{1};
    QTest::newRow("UTC") << QByteArray("time = 1:30Z") << Numbers{4};
}

void FilterTimeTest::followsTheZone()
{
    QFETCH(QByteArray, expression);
    QFETCH(Numbers, expected);
    TestLog log;
    for (const auto time : {30min, 59min, 60min, 90min, 120min})
        log.receive("data\n\n", 1, 1000s + time);
    QCOMPARE(matched(compiled(expression, contextAt(wall(2026, 3, 29, 0s))), log), expected);
}

void FilterTimeTest::knowsTheSystemsZone()
{
    qputenv("TZ", "XYZ-05:30");
    tzset();
    QCOMPARE(systemLocalOffset(store::WallTime{}).count(), std::chrono::seconds(5h + 30min).count());
    QCOMPARE(systemLocalOffset(wall(2026, 7, 1, 0s)).count(), std::chrono::seconds(5h + 30min).count());
}

void FilterTimeTest::attempts()
{
    TestLog log;
    for (const std::uint32_t attempt : {1U, 2U, 3U, 4U})
        log.receive("data\n\n", 1, {}, attempt);
    QCOMPARE(matched(compiled("attempt = 3", {}), log), Numbers{3});
    QCOMPARE(matched(compiled("attempt>2", {}), log), (Numbers{3, 4}));
    QCOMPARE(matched(compiled("attempt != 3", {}), log), (Numbers{1, 2, 4}));
    QCOMPARE(matched(compiled("attempt <= 2", {}), log), (Numbers{1, 2}));
    QCOMPARE(matched(compiled("attempt = 2.5", {}), log), Numbers{});
}

void FilterTimeTest::countsWhatIsTooHard()
{
    TestLog log;
    log.receive("data:aaa\n\n");
    log.receive(view(hardText));
    log.receive("data:{\"x\":1}\n\n");
    log.receive(view(hardText));
    const store::Snapshot snapshot = log.snapshot();
    for (const char *expression : {"/^(a+)+$/", "-/^(a+)+$/", "/^(a+)+$/ -zzz or zzz", "data ~ /^(a+)+$/"}) {
        const Filter filter = compiled(expression, {});
        ScanTroubles troubles;
        std::vector<std::uint16_t> matches;
        filter.scan(*snapshot.segment(0), 0, 4, {}, matches, &troubles);
        QCOMPARE(troubles, (ScanTroubles{2, {2}}));
        QCOMPARE(matches, std::vector<std::uint16_t>{expression[0] == '-' ? std::uint16_t{2} : std::uint16_t{0}});

        ScanTroubles ofSome;
        std::vector<std::uint16_t> some{0, 1, 2};
        filter.sift(*snapshot.segment(0), 4, {}, some, &ofSome);
        QCOMPARE(ofSome, (ScanTroubles{1, {2}}));
        QCOMPARE(some, matches);

        ScanTroubles one;
        for (std::uint64_t number = 1; number <= 4; ++number)
            filter.matches(snapshot.at({number}), {}, &one);
        QCOMPARE(one, troubles);
    }
    QCOMPARE(text(ScanTroubles{}), std::string());
    QCOMPARE(
        text(ScanTroubles{2, {17}}), std::string("match effort exceeded in 2 records, first in number 17: the regular "
                                                 "expression is too hard for them, they are left out"));
}

// In JSON too; and what cheaper terms have decided is no trouble.
void FilterTimeTest::countsOnlyWhatWasAsked()
{
    TestLog log;
    log.receive(view("event:x\ndata:{\"a\":\"" + QByteArray(60, 'a') + "!\"}\n\n"));
    log.receive("data:{\"a\":\"a\"}\n\n");
    const store::Snapshot snapshot = log.snapshot();
    const auto troublesOf = [&](const char *expression) {
        ScanTroubles troubles;
        std::vector<std::uint16_t> matches;
        compiled(expression, {}).scan(*snapshot.segment(0), 0, 2, {}, matches, &troubles);
        return troubles;
    };
    QCOMPARE(troublesOf("data.a ~ /^(a+)+$/"), (ScanTroubles{1, {1}}));
    QCOMPARE(troublesOf("data.a ~ /^(a+)+$/ or data.b = 1"), (ScanTroubles{1, {1}}));
    QCOMPARE(troublesOf("type:x data.a ~ /^(a+)+$/"), (ScanTroubles{1, {1}}));
    QCOMPARE(troublesOf("type:y data.a ~ /^(a+)+$/"), ScanTroubles{});
    QCOMPARE(troublesOf("type:x or data.a ~ /^(a+)+$/"), ScanTroubles{});
    QCOMPARE(troublesOf("data.b ~ /^(a+)+$/"), ScanTroubles{});

    ScanTroubles sum{1, {5}};
    sum += {2, {3}};
    sum += {};
    QCOMPARE(sum, (ScanTroubles{3, {3}}));
}

// What is not hard passes at any length.
void FilterTimeTest::boundsEffort()
{
    TestLog log;
    log.receive(view("data:" + QByteArray("abc def ").repeated(200000) + "end\n\n"));
    const store::Snapshot snapshot = log.snapshot();
    for (const char *expression :
        {"/def end$/", "/(abc|xyz) def end/", "/\\w+ end/", "/a.*end/", "/D.F E/i", "-/\\d{3}/"}) {
        ScanTroubles troubles;
        QVERIFY2(compiled(expression, {}).matches(snapshot.at(snapshot.begin()), {}, &troubles), expression);
        QCOMPARE(troubles, ScanTroubles{});
    }
}

QTEST_GUILESS_MAIN(FilterTimeTest)
#include "tst_filtertime.moc"
