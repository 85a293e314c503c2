// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/seenvalues.h"
#include "models/sources.h"

#include <QString>

#include <vector>

namespace weir::models {

struct FilterSuggestion
{
    QString text;      ///< what is shown
    QString insertion; ///< what replaces the range
    QString remark;    ///< what it is, how often it was seen, examples
};

/// What may be written at a place of a filter expression. A value.
struct FilterSuggestions
{
    std::vector<FilterSuggestion> list; ///< the best first
    qsizetype begin = 0;                ///< an insertion replaces the characters [begin, end)
    qsizetype end = 0;
    bool isObvious = false; ///< something is being written there that they complete: to be shown unasked
};

inline constexpr std::size_t mostSuggestions = 200;

/// What the log and the language have for the place at character `cursor`: what begins with the letters before it comes
/// first, then what contains them. `now` is offered as a time. Nothing if all that could be offered stands there
/// already.
FilterSuggestions filterSuggestions(
    const QString &expression, qsizetype cursor, const Seen &seen, const Sources &sources, store::WallTime now);

} // namespace weir::models
