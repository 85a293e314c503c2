// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowselection.h"

#include <algorithm>

namespace weir::models {

RowSelection::RowSelection(RowIndex index, RowRanges ranges)
    : m_index(std::move(index))
{
    for (auto [first, last] : ranges) {
        if (first >= m_index.rowCount())
            break;
        last = std::min(last, m_index.rowCount() - 1);
        m_rowCount += last - first + 1;
        m_ranges.emplace_back(first, last);
    }
}

std::optional<store::EventNumber> RowSelection::atOrAfter(store::EventNumber number) const
{
    const std::uint64_t row = m_index.lowerBound(number);
    const auto range = std::lower_bound(m_ranges.begin(), m_ranges.end(), row,
        [](const auto &candidate, std::uint64_t wanted) { return candidate.second < wanted; });
    if (range == m_ranges.end())
        return std::nullopt;
    return m_index.numberAt(std::max(row, range->first));
}

} // namespace weir::models
