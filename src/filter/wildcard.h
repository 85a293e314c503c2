// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::filter {

/// A text to be compared with others as a whole; `*` stands for any characters or none, `?` for exactly one. It ignores
/// case (see casefolding.h) unless it has a capital letter. Immutable once built; any thread.
class Wildcard
{
public:
    void addText(std::string_view text); ///< well-formed UTF-8, taken literally
    void addAnyOne() { m_elements.push_back(anyOne); }
    void addAnyRun();
    /// To be called once, when nothing more will be added.
    void finish();

    bool matchesEverything() const { return m_elements.size() == 1 && m_elements.front() == anyRun; }
    bool matches(std::string_view text) const;
    /// The text that alone matches, but for case; nothing if there are wildcards.
    const std::string *literal() const { return m_isLiteral ? &m_literal : nullptr; }
    bool ignoresCase() const { return m_ignoresCase; }

private:
    static constexpr char32_t anyOne = 0x110000; ///< behind the last code point
    static constexpr char32_t anyRun = 0x110001;

    bool matchesElements(std::string_view text) const;

    std::vector<char32_t> m_elements;
    std::string m_literal; ///< the whole text, folded if case is ignored, where there are no wildcards
    bool m_isLiteral = true;
    bool m_ignoresCase = true;
};

} // namespace weir::filter
