// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/operands.h"

#include "filter/casefolding.h"
#include "filter/syntax.h"
#include "sse/utf8.h"

#include <algorithm>

namespace weir::filter {

namespace {

// Requires a closed quote at the beginning.
std::size_t quotedLength(std::string_view value)
{
    std::size_t length = 1;
    while (value[length] != '"')
        length += value[length] == '\\' ? 2U : 1U;
    return length + 1;
}

} // namespace

std::string wellFormed(std::string_view text)
{
    std::string result;
    sse::appendDecodedUtf8(text, result);
    return result;
}

std::string plainText(std::string_view value)
{
    std::string result;
    while (!value.empty()) {
        const bool isQuoted = value.front() == '"';
        const std::size_t length = isQuoted ? quotedLength(value) : std::min(value.find('"'), value.size());
        const std::string_view piece = value.substr(0, length);
        result += isQuoted ? unquoted(piece) : wellFormed(piece);
        value.remove_prefix(length);
    }
    return result;
}

bool hasWildcard(std::string_view value)
{
    while (!value.empty() && value.front() != '*' && value.front() != '?')
        value.remove_prefix(value.front() == '"' ? quotedLength(value) : 1);
    return !value.empty();
}

std::string unquoted(std::string_view phrase)
{
    phrase = phrase.substr(1, phrase.size() - 2);
    std::string result;
    for (std::size_t at = 0; at < phrase.size(); ++at) {
        const char next = at + 1 < phrase.size() ? phrase[at + 1] : '\0';
        if (phrase[at] == '\\' && (next == '"' || next == '\\'))
            ++at;
        result += phrase[at];
    }
    return wellFormed(result);
}

Wildcard parseValue(std::string_view value)
{
    Wildcard result;
    while (!value.empty()) {
        std::size_t length = 1;
        if (value.front() == '*') {
            result.addAnyRun();
        } else if (value.front() == '?') {
            result.addAnyOne();
        } else if (value.front() == '"') {
            length = quotedLength(value);
            result.addText(unquoted(value.substr(0, length)));
        } else {
            length = std::min(value.find_first_of("*?\""), value.size());
            result.addText(wellFormed(value.substr(0, length)));
        }
        value.remove_prefix(length);
    }
    result.finish();
    return result;
}

std::uint32_t parseKinds(std::string_view value)
{
    const Wildcard wanted = parseValue(folded(wellFormed(value)));
    std::uint32_t kinds = 0;
    for (std::size_t i = 0; i < kindNames().size(); ++i) {
        if (wanted.matches(kindNames()[i]))
            kinds |= 1U << i;
    }
    return kinds;
}

} // namespace weir::filter
