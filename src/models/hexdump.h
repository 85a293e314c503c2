// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

// Bytes for people to read. Any thread.

namespace weir::models {

inline constexpr std::size_t hexBytesPerLine = 16;

/// One line of a hex dump: offset, sixteen bytes, the same as ASCII with `.` for the rest.
QString hexLine(std::string_view bytes, std::size_t line);
std::size_t hexLineCount(std::string_view bytes);
/// The dump of all lines.
QString hexDump(std::string_view bytes);

} // namespace weir::models
