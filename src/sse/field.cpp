// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/field.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::sse {

namespace {

constexpr std::array<std::pair<std::string_view, Field>, 4> knownFields = {
    {{"data", Field::Data}, {"event", Field::Event}, {"id", Field::Id}, {"retry", Field::Retry}}};

Field fieldNamed(std::string_view name)
{
    const auto found =
        std::find_if(knownFields.begin(), knownFields.end(), [name](const auto &known) { return known.first == name; });
    return found == knownFields.end() ? Field::Unknown : found->second;
}

} // namespace

FieldLine readField(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == 0)
        return {Field::Comment, line.substr(1)};
    if (colon == std::string_view::npos)
        return {fieldNamed(line), line.substr(line.size())};
    std::string_view value = line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    return {fieldNamed(line.substr(0, colon)), value};
}

bool isIgnored(std::string_view lineSoFar, bool isWhole)
{
    if (lineSoFar.empty())
        return false;
    const std::size_t colon = lineSoFar.find(':');
    if (isWhole || colon != std::string_view::npos)
        return fieldNamed(lineSoFar.substr(0, colon)) == Field::Unknown;
    return std::none_of(knownFields.begin(), knownFields.end(),
        [lineSoFar](const auto &known) { return known.first.starts_with(lineSoFar); });
}

std::optional<std::chrono::milliseconds> readReconnectionTime(std::string_view value)
{
    constexpr auto most = std::chrono::milliseconds::max().count();
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (value.empty() || !std::all_of(value.begin(), value.end(), isDigit))
        return std::nullopt;
    std::chrono::milliseconds::rep count = 0;
    for (const char c : value) {
        const int digit = c - '0';
        if (count > (most - digit) / 10)
            return std::chrono::milliseconds::max();
        count = count * 10 + digit;
    }
    return std::chrono::milliseconds{count};
}

} // namespace weir::sse
