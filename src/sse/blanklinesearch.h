// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace weir::sse {

/// Finds the blank line that ends a block whose bytes are not kept.
class BlankLineSearch
{
public:
    BlankLineSearch() = default;
    /// `lineIsEmpty`: no byte of the current line was seen yet; `afterCr`: the byte before ended a line with a CR.
    BlankLineSearch(bool lineIsEmpty, bool afterCr)
        : m_lineIsEmpty(lineIsEmpty)
        , m_afterCr(afterCr)
    {}

    /// Behind the byte that ends the block, or null if [begin, end) has no such byte.
    const char *find(const char *begin, const char *end);

private:
    bool m_lineIsEmpty = false;
    bool m_afterCr = false;
};

} // namespace weir::sse
