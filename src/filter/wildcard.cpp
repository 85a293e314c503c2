// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/wildcard.h"

#include "filter/casefolding.h"

#include <algorithm>

namespace weir::filter {

void Wildcard::addText(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
        m_elements.push_back(nextCodePoint(text, at));
}

void Wildcard::addAnyRun()
{
    if (m_elements.empty() || m_elements.back() != anyRun)
        m_elements.push_back(anyRun);
}

void Wildcard::finish()
{
    m_ignoresCase = std::none_of(m_elements.begin(), m_elements.end(), isCapital);
    for (char32_t &element : m_elements) {
        if (m_ignoresCase)
            element = folded(element);
        if (element >= anyOne)
            m_isLiteral = false;
        else
            appendUtf8(element, m_literal);
    }
}

bool Wildcard::matches(std::string_view text) const
{
    if (!m_isLiteral)
        return matchesElements(text);
    if (text.size() != m_literal.size())
        return false;
    return m_ignoresCase ? startsWithFolded(text.data(), m_literal) : text == m_literal;
}

// Going back to the last `*` alone is enough: what an earlier one could take over, the last one can as well.
bool Wildcard::matchesElements(std::string_view text) const
{
    std::size_t at = 0;
    std::size_t element = 0;
    std::size_t retryAt = 0;
    std::size_t retryElement = m_elements.size() + 1;
    while (at < text.size() || element < m_elements.size()) {
        if (element < m_elements.size() && m_elements[element] == anyRun) {
            retryElement = ++element;
            retryAt = at;
            if (element == m_elements.size())
                return true;
            continue;
        }
        if (element < m_elements.size() && at < text.size()) {
            const char32_t c = nextCodePoint(text, at);
            const char32_t wanted = m_elements[element++];
            if (wanted == anyOne || wanted == (m_ignoresCase ? folded(c) : c))
                continue;
        } else if (at == text.size()) {
            return false;
        }
        if (retryElement > m_elements.size())
            return false;
        nextCodePoint(text, retryAt);
        at = retryAt;
        element = retryElement;
    }
    return true;
}

} // namespace weir::filter
