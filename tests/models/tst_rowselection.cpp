// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowselection.h"

#include <QTest>

using namespace weir;
using models::RowIndex;
using models::RowRanges;
using models::RowSelection;
using models::SegmentRows;
using store::EventNumber;

// Rows of a view that a reader goes through.
class RowSelectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughGapsAndRanges_data();
    void goesThroughGapsAndRanges();
    void staysAsItWas();
    void leavesOutRowsThatAreNone();
    void takesAnyNumberOfRows();
};

namespace {

constexpr std::uint32_t segmentSize = 100;

/// Every third record of each segment is a row; of the second segment, all are.
RowIndex indexOf(std::uint64_t segments, std::uint32_t size = segmentSize)
{
    RowIndex index;
    for (std::uint64_t segment = 0; segment < segments; ++segment) {
        SegmentRows rows;
        rows.first = {1 + segment * size};
        rows.end = size;
        rows.isAll = segment == 1;
        for (std::uint32_t record = 0; record < size && !rows.isAll; record += 3)
            rows.matches.push_back(static_cast<std::uint16_t>(record));
        index.append(rows);
    }
    return index;
}

std::vector<std::uint64_t> allOf(const RowSelection &selection)
{
    std::vector<std::uint64_t> numbers;
    EventNumber from{0};
    while (const auto next = selection.atOrAfter(from)) {
        numbers.push_back(next->value);
        from = {next->value + 1};
    }
    return numbers;
}

} // namespace

void RowSelectionTest::goesThroughGapsAndRanges_data()
{
    QTest::addColumn<QList<int>>("bounds");
    const int rows = static_cast<int>(indexOf(3).rowCount());
    QTest::newRow("all") << QList<int>{0, rows - 1};
    QTest::newRow("one") << QList<int>{40, 40};
    QTest::newRow("ranges") << QList<int>{0, 2, 5, 5, 30, 140, rows - 1, rows - 1};
    QTest::newRow("none") << QList<int>();
}

void RowSelectionTest::goesThroughGapsAndRanges()
{
    QFETCH(QList<int>, bounds);
    const RowIndex index = indexOf(3);
    RowRanges ranges;
    std::vector<std::uint64_t> expected;
    for (qsizetype i = 0; i < bounds.size(); i += 2) {
        ranges.emplace_back(bounds[i], bounds[i + 1]);
        for (int row = bounds[i]; row <= bounds[i + 1]; ++row)
            expected.push_back(index.numberAt(static_cast<std::uint64_t>(row)).value);
    }
    const RowSelection selection(index, ranges);
    QCOMPARE(allOf(selection), expected);
    QCOMPARE(selection.rowCount(), expected.size());
    QCOMPARE(selection.isEmpty(), expected.empty());
    if (!expected.empty()) {
        QCOMPARE(selection.first().value, expected.front());
        QCOMPARE(selection.last().value, expected.back());
    }
}

void RowSelectionTest::staysAsItWas()
{
    RowIndex index = indexOf(3);
    const RowSelection selection(index, {{0, 5}});
    const auto before = allOf(selection);
    index.dropBefore({150});
    QCOMPARE(allOf(selection), before);
}

void RowSelectionTest::leavesOutRowsThatAreNone()
{
    const RowIndex index = indexOf(1);
    const RowSelection selection(index, {{30, 1000}, {2000, 2001}});
    QCOMPARE(selection.rowCount(), index.rowCount() - 30);
    QCOMPARE(allOf(selection).size(), index.rowCount() - 30);
    QVERIFY(RowSelection(RowIndex(), {{0, 0}}).isEmpty());
}

void RowSelectionTest::takesAnyNumberOfRows()
{
    const RowIndex index = indexOf(60, 60'000); // more than a million rows
    QVERIFY(index.rowCount() > 1'000'000);
    const RowSelection selection(index, {{0, index.rowCount() - 1}});
    QCOMPARE(selection.rowCount(), index.rowCount());
    QCOMPARE(selection.last(), index.numberAt(index.rowCount() - 1));
    QCOMPARE(selection.atOrAfter({3'590'001})->value, 3'590'002U);
}

QTEST_GUILESS_MAIN(RowSelectionTest)
#include "tst_rowselection.moc"
