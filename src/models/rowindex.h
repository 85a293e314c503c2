// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace weir::models {

using KindCounts = std::array<std::uint64_t, store::kindCount>;

/// Which records of one stretch of one segment are rows. A value.
struct SegmentRows
{
    store::EventNumber first; ///< number of the segment's record 0
    std::uint32_t begin = 0;  ///< records looked at: [begin, end)
    std::uint32_t end = 0;
    bool isAll = false;                 ///< every record looked at is a row; `matches` is empty
    std::vector<std::uint16_t> matches; ///< else: indices of the rows in the segment, rising
    KindCounts inScope{};               ///< records looked at that belong to the view, shown or not, by kind

    std::uint64_t rowCount() const { return isAll ? end - begin : matches.size(); }
};

/// Rows to event numbers and back, by prefix sums over segments: the only state that a view keeps for its rows. A
/// segment whose records are all rows costs a few bytes, another two bytes a row. Look-ups take O(log segments).
///
/// Grows at the back and shrinks at the front. A value, not synchronised.
class RowIndex
{
public:
    /// Requires that `rows` continues the last segment where it ended, or begins a later segment.
    void append(const SegmentRows &rows);
    /// Forgets all before `number`; returns how many rows that were. Counts by kind stay exact if `number` is the first
    /// of a segment.
    std::uint64_t dropBefore(store::EventNumber number);

    std::uint64_t rowCount() const { return m_rowsEver - m_rowsDropped; }
    /// One past the last record looked at; 0 where there is none.
    store::EventNumber end() const;
    const KindCounts &inScope() const { return m_inScope; }

    /// Requires row < rowCount().
    store::EventNumber numberAt(std::uint64_t row) const;
    /// The first row whose number is not below `number`; rowCount() where there is none.
    std::uint64_t lowerBound(store::EventNumber number) const;
    std::optional<std::uint64_t> rowOf(store::EventNumber number) const;

private:
    struct Entry
    {
        SegmentRows rows;
        std::uint64_t rowsBefore; ///< rows ever, dropped ones included, before this entry
    };

    void extend(SegmentRows &last, const SegmentRows &rows);
    void dropFront();

    std::deque<Entry> m_entries;
    std::uint64_t m_rowsEver = 0;
    std::uint64_t m_rowsDropped = 0;
    KindCounts m_inScope{};
};

} // namespace weir::models
