// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::filter {

/// What may stand at a place of an expression. Where it says seen, only the log knows which.
enum class Completion : std::uint8_t {
    Field,      ///< fieldNames(), with `:` or a blank and a comparison
    Operator,   ///< and, or, not
    Path,       ///< seen JSON paths
    Comparison, ///< comparisons(); `~` only after a path
    Kind,       ///< kindNames()
    Presence,   ///< presenceNames()
    FieldValue, ///< seen values of the field `subject`: type, id or source
    PathValue,  ///< seen values of the path `subject`
    Unit,       ///< unitsOf(subject)
    Time,       ///< a time as TimeTest takes it
};

struct CompletionPlace
{
    std::vector<Completion> offers; ///< the likeliest first; empty where nothing can be offered
    std::size_t begin = 0;          ///< what is completed replaces the bytes [begin, end) of the expression;
    std::size_t end = 0;            ///< those before the cursor say what was typed of it
    std::string subject;
};

/// What may be completed with the cursor at byte `position`, which is at most the length of the expression. Works on
/// any text, right or wrong.
CompletionPlace completionsAt(std::string_view expression, std::size_t position);

} // namespace weir::filter
