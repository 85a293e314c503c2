// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/excerpt.h"

#include "models/eventformat.h"

#include <algorithm>

namespace weir::models {

namespace {

constexpr std::size_t bytesBefore = 30;

std::size_t characterBegin(std::string_view text, std::size_t at)
{
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        --at;
    return at;
}

} // namespace

std::size_t firstDifference(std::string_view a, std::string_view b)
{
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    return characterBegin(a, std::min(at, a.size()));
}

QString excerpt(std::string_view text, std::size_t at, std::size_t maxBytes)
{
    if (text.size() <= maxBytes || at + bytesBefore < maxBytes)
        return oneLine(text, maxBytes);
    return u'…' + oneLine(text.substr(characterBegin(text, std::min(at, text.size()) - bytesBefore)), maxBytes);
}

} // namespace weir::models
