// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/testlog.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::filter;

// How a compiled filter goes over records: at every place of a text, over parts of a segment, record by record.
class FilterScanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsTextAtEveryPlace();
    void seesMalformedTextDecoded();
    void scansParts();
    void siftsSome();
    void scanAppends();
    void knowsWhatMatchesEverything();
};

namespace {

Filter compiled(const QByteArray &expression)
{
    const auto filter = Filter::compile({expression.data(), static_cast<std::size_t>(expression.size())});
    if (!filter)
        qWarning("%s: %s", expression.constData(), text(filter.error()).c_str());
    return filter.value_or(Filter());
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

void FilterScanTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterScanTest::findsTextAtEveryPlace()
{
    for (int length = 1; length < 100; ++length) {
        for (int needleLength = 1; needleLength <= std::min(length, 40); needleLength += 3) {
            const QByteArray needle = QByteArray("qab").repeated(14).left(needleLength - 1) + 'z';
            const int at = (length * 7) % (length - needleLength + 1);
            QByteArray data(length, 'q');
            const Filter filter = compiled(needle);
            TestLog log;
            log.receive(view("data:" + data + "\n\n"));
            QCOMPARE(matchedByScan(filter, log.snapshot(), {}).size(), std::size_t{0});
            log.receive(view("data:" + data.replace(at, needleLength, needle.toUpper()) + "\n\n"));
            QCOMPARE(matchedByScan(filter, log.snapshot(), {}), std::vector<std::uint64_t>{2});
        }
    }
}

void FilterScanTest::seesMalformedTextDecoded()
{
    TestLog log;
    log.receive("data:\xFF x\n\ndata:{\"a\":\"\xC3\"}\n\n");
    const store::Snapshot snapshot = log.snapshot();
    for (const char *expression : {"kind:event /^\uFFFD x$/", "kind:event \"\uFFFD x\"", "kind:event /^. x/"})
        QCOMPARE(matchedByScan(compiled(expression), snapshot, {}), std::vector<std::uint64_t>{2});
    QCOMPARE(matchedByScan(compiled("data.a = \uFFFD"), snapshot, {}), std::vector<std::uint64_t>{4});
}

void FilterScanTest::scansParts()
{
    TestLog log(store::LogLimits{.recordsPerSegment = 1000});
    QByteArray stream;
    for (int i = 0; i < 4500; ++i)
        stream += "id: " + QByteArray::number(i) + "\ndata: number " + QByteArray::number(i % 10) + "\n\n";
    log.receive(view(stream));
    const store::Snapshot snapshot = log.snapshot();
    QVERIFY(snapshot.segmentCount() > 3);
    for (const char *expression : {"", "\"number 7\"", "17", "id:*7*", "size > 22", "-\"\"", "3 or id:*9"}) {
        const Filter filter = compiled(expression);
        const auto expected = matchedOneByOne(filter, snapshot, {});
        for (const std::uint32_t step : {1U, 7U, 999U, UINT32_MAX})
            QCOMPARE(matchedByScan(filter, snapshot, {}, step), expected);
    }
}

void FilterScanTest::siftsSome()
{
    TestLog log;
    for (int i = 0; i < 5000; ++i)
        log.receive("data:" + std::string(i % 3 == 0 ? "a" : "b") + "\n\n");
    const store::Snapshot snapshot = log.snapshot();
    std::vector<std::uint16_t> some;
    for (std::uint16_t index = 0; index < 5000; index += 5)
        some.push_back(index);
    auto kept = some;
    compiled("a").sift(*snapshot.segment(0), 5000, {}, kept);
    std::vector<std::uint16_t> expected;
    std::ranges::copy_if(some, std::back_inserter(expected), [](std::uint16_t index) { return index % 3 == 0; });
    QCOMPARE(kept, expected);
    kept = some;
    Filter().sift(*snapshot.segment(0), 5000, {}, kept);
    QCOMPARE(kept, some);
    kept = some;
    compiled("-\"\"").sift(*snapshot.segment(0), 5000, {}, kept);
    QVERIFY(kept.empty());
}

void FilterScanTest::scanAppends()
{
    TestLog log;
    log.receive("data:a\n\ndata:b\n\ndata:a\n\n");
    const store::Snapshot snapshot = log.snapshot();
    std::vector<std::uint16_t> matches{77};
    compiled("a").scan(*snapshot.segment(0), 1, 3, {}, matches);
    QCOMPARE(matches, (std::vector<std::uint16_t>{77, 2}));
    Filter().scan(*snapshot.segment(0), 1, 3, {}, matches);
    QCOMPARE(matches, (std::vector<std::uint16_t>{77, 2, 1, 2}));
    compiled("a").scan(*snapshot.segment(0), 3, 3, {}, matches);
    QCOMPARE(matches.size(), std::size_t{4});
}

void FilterScanTest::knowsWhatMatchesEverything()
{
    QVERIFY(Filter().matchesEverything());
    QVERIFY(compiled("").matchesEverything());
    QVERIFY(compiled("  ").matchesEverything());
    QVERIFY(compiled("type:* or x").matchesEverything());
    QVERIFY(!compiled("a").matchesEverything());
    QVERIFY(!compiled("-\"\"").matchesEverything());
    QVERIFY(!compiled("-\"\" or b").matchesEverything());
}

QTEST_GUILESS_MAIN(FilterScanTest)
#include "tst_filterscan.moc"
