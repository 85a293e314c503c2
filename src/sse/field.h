// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::sse {

/// What a line that is not empty says.
enum class Field : std::uint8_t { Comment, Data, Event, Id, Retry, Unknown };

struct FieldLine
{
    Field field;
    std::string_view value; ///< without the one space after the colon; of a comment: all that follows the colon
};

/// Requires: `line` is not empty and has no line end.
FieldLine readField(std::string_view line);

/// True if no continuation can make `lineSoFar` a field that the standard knows. `isWhole`: there is no continuation.
bool isIgnored(std::string_view lineSoFar, bool isWhole);

/// The value of a `retry` field, saturating; nothing unless all of it is ASCII digits.
std::optional<std::chrono::milliseconds> readReconnectionTime(std::string_view value);

} // namespace weir::sse
