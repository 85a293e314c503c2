// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowindex.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace weir::models {

namespace {

void listIndices(SegmentRows &rows)
{
    if (!rows.isAll)
        return;
    rows.matches.resize(rows.end - rows.begin);
    std::iota(rows.matches.begin(), rows.matches.end(), static_cast<std::uint16_t>(rows.begin));
    rows.isAll = false;
}

/// Rows of `rows` with a number below `number`.
std::uint64_t rowsBelow(const SegmentRows &rows, store::EventNumber number)
{
    if (number <= rows.first)
        return 0;
    const std::uint64_t index = number.value - rows.first.value;
    if (rows.isAll)
        return std::clamp<std::uint64_t>(index, rows.begin, rows.end) - rows.begin;
    const auto found = std::lower_bound(rows.matches.begin(), rows.matches.end(), index);
    return static_cast<std::uint64_t>(found - rows.matches.begin());
}

void dropRows(SegmentRows &rows, std::uint64_t count, store::EventNumber number)
{
    if (!rows.isAll)
        rows.matches.erase(rows.matches.begin(), rows.matches.begin() + static_cast<std::ptrdiff_t>(count));
    if (number > rows.first)
        rows.begin = std::max(rows.begin, static_cast<std::uint32_t>(number.value - rows.first.value));
}

} // namespace

void RowIndex::append(const SegmentRows &rows)
{
    assert(m_entries.empty() || rows.first > m_entries.back().rows.first || rows.begin == m_entries.back().rows.end);
    if (!m_entries.empty() && m_entries.back().rows.first == rows.first)
        extend(m_entries.back().rows, rows);
    else
        m_entries.push_back({rows, m_rowsEver});
    m_rowsEver += rows.rowCount();
    for (std::size_t kind = 0; kind < m_inScope.size(); ++kind)
        m_inScope[kind] += rows.inScope[kind];
}

void RowIndex::extend(SegmentRows &last, const SegmentRows &rows)
{
    if (!last.isAll || !rows.isAll) {
        listIndices(last);
        if (rows.isAll) {
            SegmentRows listed = rows;
            listIndices(listed);
            last.matches.insert(last.matches.end(), listed.matches.begin(), listed.matches.end());
        } else {
            last.matches.insert(last.matches.end(), rows.matches.begin(), rows.matches.end());
        }
    }
    last.end = rows.end;
    for (std::size_t kind = 0; kind < last.inScope.size(); ++kind)
        last.inScope[kind] += rows.inScope[kind];
}

void RowIndex::dropFront()
{
    const SegmentRows &rows = m_entries.front().rows;
    m_rowsDropped += rows.rowCount();
    for (std::size_t kind = 0; kind < m_inScope.size(); ++kind)
        m_inScope[kind] -= rows.inScope[kind];
    m_entries.pop_front();
}

std::uint64_t RowIndex::dropBefore(store::EventNumber number)
{
    const std::uint64_t droppedBefore = m_rowsDropped;
    while (!m_entries.empty() && m_entries.front().rows.first.value + m_entries.front().rows.end <= number.value)
        dropFront();
    if (!m_entries.empty()) {
        auto &[rows, rowsBefore] = m_entries.front();
        const std::uint64_t count = rowsBelow(rows, number);
        dropRows(rows, count, number);
        rowsBefore += count;
        m_rowsDropped += count;
    }
    return m_rowsDropped - droppedBefore;
}

store::EventNumber RowIndex::end() const
{
    if (m_entries.empty())
        return {};
    return {m_entries.back().rows.first.value + m_entries.back().rows.end};
}

store::EventNumber RowIndex::numberAt(std::uint64_t row) const
{
    assert(row < rowCount());
    const std::uint64_t everRow = row + m_rowsDropped;
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), everRow,
        [](std::uint64_t value, const Entry &entry) { return value < entry.rowsBefore; });
    const auto &[rows, rowsBefore] = *std::prev(after);
    const std::uint64_t inSegment = everRow - rowsBefore;
    const std::uint64_t index = rows.isAll ? rows.begin + inSegment : rows.matches[inSegment];
    return {rows.first.value + index};
}

std::uint64_t RowIndex::lowerBound(store::EventNumber number) const
{
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), number,
        [](store::EventNumber value, const Entry &entry) { return value < entry.rows.first; });
    if (after == m_entries.begin())
        return 0;
    const auto &[rows, rowsBefore] = *std::prev(after);
    return rowsBefore - m_rowsDropped + rowsBelow(rows, number);
}

std::optional<std::uint64_t> RowIndex::rowOf(store::EventNumber number) const
{
    const std::uint64_t row = lowerBound(number);
    if (row < rowCount() && numberAt(row) == number)
        return row;
    return std::nullopt;
}

} // namespace weir::models
