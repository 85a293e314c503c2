// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/viewscan.h"
#include "support/eventstream.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

namespace {

constexpr int eventCount = 30'000;

store::LogLimits manySegments()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    return limits;
}

ViewCriteria containing(const char *word)
{
    ViewCriteria criteria;
    criteria.filter = filter::Filter::compile(word).value();
    return criteria;
}

/// All that a scan finds, as event numbers, in the order in which it says so.
class FoundEvents : public QObject
{
public:
    explicit FoundEvents(ViewScan &scan)
    {
        connect(&scan, &ViewScan::found, this, [this](const ScanResult &result) {
            if (result.isFirst) {
                numbers.clear();
                ++runs;
            }
            for (const auto &rows : result.rows)
                add(rows);
        });
    }

    std::vector<std::uint64_t> numbers;
    int runs = 0;

private:
    void add(const SegmentRows &rows)
    {
        for (const auto index : rows.matches)
            numbers.push_back(rows.first.value + index);
        for (auto index = rows.begin; rows.isAll && index < rows.end; ++index)
            numbers.push_back(rows.first.value + index);
    }
};

std::vector<std::uint64_t> expected(const store::Snapshot &snapshot, const ViewCriteria &criteria)
{
    std::vector<std::uint64_t> numbers;
    for (auto number = snapshot.begin(); number < snapshot.end(); ++number.value)
        if (criteria.filter.matches(snapshot.at(number), {}))
            numbers.push_back(number.value);
    return numbers;
}

} // namespace

class ViewScanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void keepsTheOrderWhicheverThreadFinds();
    void goesOnWhereItEnded();
    void tellsOfTheLastRunOnly();
    void ofAnEmptyLogNothing();
    void canBeDeletedAtAnyTime();
};

void ViewScanTest::keepsTheOrderWhicheverThreadFinds()
{
    // The first segment takes as long as thousands of others together, so that those are done before it.
    test::EventStreams streams(manySegments());
    streams.feedEvents(1, 100, std::string(100, 'v'));
    streams.feedEvents(1, 300'000);
    const auto snapshot = streams.log.snapshot();
    ViewScan scan;
    const FoundEvents found(scan);
    for (const char *word : {"/(v+)+x|7/", "", "nothing", "99"}) {
        scan.setCriteria(containing(word));
        scan.setSnapshot(snapshot);
        QTRY_VERIFY(scan.isComplete());
        QCOMPARE(found.numbers, expected(snapshot, containing(word)));
    }
}

void ViewScanTest::goesOnWhereItEnded()
{
    test::EventStreams streams(manySegments());
    ViewScan scan;
    const FoundEvents found(scan);
    scan.setCriteria(containing("7"));
    for (const int count : {1, 98, 1, 1, 250, 7000}) {
        streams.feedEvents(1, count);
        scan.setSnapshot(streams.log.snapshot());
    }
    QTRY_VERIFY(scan.isComplete());
    QCOMPARE(found.numbers, expected(streams.log.snapshot(), containing("7")));
}

void ViewScanTest::tellsOfTheLastRunOnly()
{
    test::EventStreams streams(manySegments());
    streams.feedEvents(1, eventCount);
    ViewScan scan;
    const FoundEvents found(scan);
    scan.setSnapshot(streams.log.snapshot());
    for (const char *word : {"1", "2", "3", "99"})
        scan.setCriteria(containing(word));
    QTRY_VERIFY(scan.isComplete());
    QCOMPARE(found.runs, 1);
    QCOMPARE(found.numbers, expected(streams.log.snapshot(), containing("99")));
}

void ViewScanTest::ofAnEmptyLogNothing()
{
    test::EventStreams streams;
    ViewScan scan;
    QSignalSpy found(&scan, &ViewScan::found);
    scan.setSnapshot(streams.log.snapshot());
    QTRY_COMPARE(found.size(), 1);
    QVERIFY(found.first().first().value<ScanResult>().isComplete);
    QVERIFY(scan.isComplete());
}

void ViewScanTest::canBeDeletedAtAnyTime()
{
    test::EventStreams streams(manySegments());
    streams.feedEvents(1, eventCount);
    for (int i = 0; i < 50; ++i) {
        ViewScan scan;
        scan.setCriteria(containing("7"));
        scan.setSnapshot(streams.log.snapshot());
    }
}

QTEST_GUILESS_MAIN(ViewScanTest)
#include "tst_viewscan.moc"
