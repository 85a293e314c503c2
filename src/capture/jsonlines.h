// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::capture {

/// Appends `text` (UTF-8) as a JSON string with its quotes. RFC 8259, "Strings".
void appendJsonString(std::string_view text, std::string &out);

/// Appends `time` as RFC 3339 in UTC with microseconds: `2026-11-22T14:05:01.123456Z`.
void appendTime(store::WallTime time, std::string &out);

/// One line for each record, in the form that `weir watch --format jsonl` promises to scripts.
void appendEventLine(
    const store::EventView &event, store::WallTime time, std::string_view source, std::uint64_t seq, std::string &out);
void appendCommentLine(
    const store::EventView &comment, store::WallTime time, std::string_view source, std::string &out);
void appendStateLine(const store::EventView &state, store::WallTime time, std::string_view source, std::string &out);
void appendSummaryLine(std::uint64_t events, std::uint64_t bytes, double seconds, std::string &out);

} // namespace weir::capture
