// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowindex.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace weir;
using namespace weir::models;
using store::EventNumber;

// Rows to event numbers and back, against a plain vector of numbers.
class EventRowIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsEmpty();
    void keepsWholeSegmentsWithoutIndices();
    void listsIndicesFromTheFirstGap();
    void dropsInsideASegment();
    void countsKinds();
    void agreesWithAVector_data();
    void agreesWithAVector();
};

namespace {

SegmentRows all(std::uint64_t first, std::uint32_t begin, std::uint32_t end)
{
    return {{first}, begin, end, true, {}, {}};
}

SegmentRows some(std::uint64_t first, std::uint32_t begin, std::uint32_t end, std::vector<std::uint16_t> matches)
{
    return {{first}, begin, end, false, std::move(matches), {}};
}

/// Index and vector grow and shrink together.
class Pair
{
public:
    explicit Pair(unsigned seed)
        : m_random(seed)
    {}

    void grow()
    {
        if (m_readable == segmentSize || below(10) == 0) {
            m_first += m_readable;
            m_readable = 0;
        }
        const auto end = m_readable + 1 + below(segmentSize - m_readable);
        SegmentRows rows{{m_first}, m_readable, end, below(2) == 0, {}, {}};
        for (std::uint32_t i = rows.begin; i < end; ++i) {
            const bool isRow = rows.isAll || below(3) == 0;
            if (isRow)
                numbers.push_back(m_first + i);
            if (isRow && !rows.isAll)
                rows.matches.push_back(static_cast<std::uint16_t>(i));
        }
        index.append(rows);
        m_readable = end;
    }

    void shrink()
    {
        const std::uint64_t number =
            m_dropped + below(static_cast<std::uint32_t>(m_first + m_readable - m_dropped + 1));
        const auto kept = std::ranges::lower_bound(numbers, number);
        const auto expected = static_cast<std::uint64_t>(kept - numbers.begin());
        numbers.erase(numbers.begin(), kept);
        m_dropped = number;
        QCOMPARE(index.dropBefore({number}), expected);
    }

    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(m_random() % bound); }
    std::uint64_t end() const { return m_first + m_readable; }

    RowIndex index;
    std::vector<std::uint64_t> numbers;

private:
    static constexpr std::uint32_t segmentSize = 50;

    std::mt19937 m_random;
    std::uint64_t m_first = 1;
    std::uint32_t m_readable = 0;
    std::uint64_t m_dropped = 1;
};

void compare(const Pair &pair)
{
    QCOMPARE(pair.index.rowCount(), pair.numbers.size());
    for (std::size_t row = 0; row < pair.numbers.size(); ++row)
        QCOMPARE(pair.index.numberAt(row).value, pair.numbers[row]);
    for (std::uint64_t number = 0; number <= pair.end() + 1; ++number) {
        const auto found = std::ranges::lower_bound(pair.numbers, number);
        const auto row = static_cast<std::uint64_t>(found - pair.numbers.begin());
        QCOMPARE(pair.index.lowerBound({number}), row);
        const bool isRow = found != pair.numbers.end() && *found == number;
        QCOMPARE(pair.index.rowOf({number}), isRow ? std::optional(row) : std::nullopt);
    }
}

} // namespace

void EventRowIndexTest::beginsEmpty()
{
    const RowIndex index;
    QCOMPARE(index.rowCount(), 0U);
    QCOMPARE(index.end(), EventNumber{0});
    QCOMPARE(index.lowerBound({1}), 0U);
    QVERIFY(!index.rowOf({1}));
}

void EventRowIndexTest::keepsWholeSegmentsWithoutIndices()
{
    RowIndex index;
    index.append(all(1, 0, 10));
    index.append(all(1, 10, 65536));
    index.append(all(65537, 0, 5));
    QCOMPARE(index.rowCount(), 65541U);
    QCOMPARE(index.numberAt(65540), EventNumber{65541});
    QCOMPARE(index.end(), EventNumber{65542});
}

void EventRowIndexTest::listsIndicesFromTheFirstGap()
{
    RowIndex index;
    index.append(all(1, 0, 3));
    index.append(some(1, 3, 6, {5}));
    index.append(all(1, 6, 7));
    QCOMPARE(index.rowCount(), 5U);
    QCOMPARE(index.numberAt(2), EventNumber{3});
    QCOMPARE(index.numberAt(3), EventNumber{6});
    QCOMPARE(index.numberAt(4), EventNumber{7});
    QCOMPARE(index.end(), EventNumber{8});
}

void EventRowIndexTest::dropsInsideASegment()
{
    RowIndex index;
    index.append(all(1, 0, 4));
    index.append(some(5, 0, 4, {1, 3}));
    QCOMPARE(index.dropBefore({3}), 2U);
    QCOMPARE(index.numberAt(0), EventNumber{3});
    QCOMPARE(index.dropBefore({7}), 3U);
    QCOMPARE(index.rowCount(), 1U);
    QCOMPARE(index.numberAt(0), EventNumber{8});
    QCOMPARE(index.dropBefore({100}), 1U);
    QCOMPARE(index.rowCount(), 0U);
}

void EventRowIndexTest::countsKinds()
{
    RowIndex index;
    auto rows = all(1, 0, 3);
    rows.inScope = {2, 1, 0, 0, 0};
    index.append(rows);
    rows = all(4, 0, 2);
    rows.inScope = {1, 0, 0, 0, 1};
    index.append(rows);
    QCOMPARE(index.inScope(), (KindCounts{3, 1, 0, 0, 1}));
    index.dropBefore({4});
    QCOMPARE(index.inScope(), (KindCounts{1, 0, 0, 0, 1}));
}

void EventRowIndexTest::agreesWithAVector_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void EventRowIndexTest::agreesWithAVector()
{
    QFETCH(unsigned, seed);
    Pair pair(seed);
    for (int step = 0; step < 120 && !QTest::currentTestFailed(); ++step) {
        if (pair.below(4) == 0)
            pair.shrink();
        else
            pair.grow();
        compare(pair);
    }
}

QTEST_GUILESS_MAIN(EventRowIndexTest)
#include "tst_eventrowindex.moc"
