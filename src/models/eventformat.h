// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"
#include "models/sources.h"
#include "store/segment.h"

#include <QString>

#include <string_view>

namespace weir::models {

/// How many bytes of a text a table cell shows at most.
inline constexpr std::size_t cellBytes = 300;

// Texts of the table and the detail pane. GUI thread only (the locale); no colours.

QString formatTime(store::WallTime time);             ///< local `14:05:01.123456`
QString formatDateTime(store::WallTime time);         ///< local `2026-11-22 14:05:01.123456`
QString formatGap(std::chrono::nanoseconds gap);      ///< `12 ms`, `1.204 s`, `2 min 05 s`
QString formatCount(std::uint64_t count);             ///< `88,431`
QString formatBytes(std::uint64_t bytes);             ///< `16.0 MiB`
QString formatSize(const store::EventView &event);    ///< bytes of the block as it was sent, as filters count them
QString kindWord(store::Kind kind);                   ///< `event`, `comment`, `fields only`, `diagnostic`, `connection`
QString diagnosticWords(sse::Diagnostic diagnostic);  ///< `invalid retry`
QString connectionWord(store::ConnectionState state); ///< `open`

/// The subscription's name; its number where it is unknown.
QString sourceName(store::SubscriptionId id, const Sources &sources);
/// What the Type column says: the event type, or what the record is.
QString typeText(const store::EventView &event);
/// What the Data column says, uncut: data, comment, reason, or the fields of a block without data. UTF-8, a view into
/// the segment.
std::string_view dataText(const store::EventView &event);

/// At most `maxBytes` of `text` on one line: control characters become visible symbols (↵), `…` marks a cut.
QString oneLine(std::string_view text, std::size_t maxBytes = cellBytes);

/// The text of one cell of a fixed kind; empty for Json.
QString cellText(
    const store::EventView &event, ColumnKind kind, const Sources &sources, const store::ClockAnchor &clock);

} // namespace weir::models
