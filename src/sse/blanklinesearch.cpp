// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/blanklinesearch.h"

#include "sse/linescanner.h"

namespace weir::sse {

const char *BlankLineSearch::find(const char *begin, const char *end)
{
    const char *line = begin;
    while (line != end) {
        const char *eol = findLineEnd(line, end);
        const bool empty = m_lineIsEmpty && eol == line;
        if (eol == end) {
            m_lineIsEmpty = empty;
            m_afterCr = false;
            return nullptr;
        }
        if (empty && !(m_afterCr && *eol == '\n'))
            return eol + 1;
        m_lineIsEmpty = true;
        m_afterCr = *eol == '\r';
        line = eol + 1;
    }
    return nullptr;
}

} // namespace weir::sse
