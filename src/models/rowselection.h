// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rowindex.h"

#include <utility>

namespace weir::models {

/// Rows of a view: [first, last], rising and apart.
using RowRanges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

/// Some rows of a view as they are now, to be gone through while the view goes on: holds a copy of its index, which is
/// two bytes a row where a segment is not all rows, and nothing of the records. A value; its functions may be called
/// from any thread.
class RowSelection
{
public:
    /// Rows that the index has not are left out.
    RowSelection(RowIndex index, RowRanges ranges);

    std::uint64_t rowCount() const { return m_rowCount; }
    bool isEmpty() const { return m_rowCount == 0; }
    /// Of the first and the last row. Requires !isEmpty().
    store::EventNumber first() const { return m_index.numberAt(m_ranges.front().first); }
    store::EventNumber last() const { return m_index.numberAt(m_ranges.back().second); }
    /// The first row whose number is not below `number`; O(log segments + log ranges).
    std::optional<store::EventNumber> atOrAfter(store::EventNumber number) const;

private:
    RowIndex m_index;
    RowRanges m_ranges;
    std::uint64_t m_rowCount = 0;
};

} // namespace weir::models
