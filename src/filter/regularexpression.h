// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/verdict.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

struct pcre2_real_code_8;

namespace weir::filter {

/// A Perl-compatible regular expression over UTF-8. Immutable and cheap to copy; any thread.
///
/// The effort for one text is bounded in proportion to its length, so that no expression keeps a scan from ending: what
/// takes more is Undecided. `\w`, `\d` and `\b` know ASCII only, unless the expression begins with (*UCP); `i` knows
/// all of Unicode.
class RegularExpression
{
public:
    struct Flags
    {
        bool ignoresCase = false;   ///< i
        bool dotMatchesAll = false; ///< s: `.` is also a line end
        bool isMultiline = false;   ///< m: `^` and `$` are at every line of the data
        bool isExtended = false;    ///< x: blanks and comments in the expression mean nothing
    };
    struct Mistake
    {
        std::string message; ///< in PCRE2's words
        std::size_t offset = 0;
    };

    static tl::expected<RegularExpression, Mistake> compile(std::string_view pattern, Flags flags);

    /// Whether a part of `text` matches. Malformed UTF-8 is matched by nothing.
    Verdict isIn(std::string_view text) const;

private:
    std::shared_ptr<const pcre2_real_code_8> m_code;
};

} // namespace weir::filter
