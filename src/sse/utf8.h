// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace weir::sse {

/// True if every byte is ASCII.
bool isAscii(std::string_view bytes);

/// True if `bytes` is well-formed UTF-8 (Unicode Standard, table "Well-Formed UTF-8 Byte Sequences").
bool isValidUtf8(std::string_view bytes);

/// Appends `bytes` to `out`, each maximal subpart of an ill-formed sequence replaced by one U+FFFD: Encoding Standard,
/// "UTF-8 decoder". Keeps U+FEFF wherever it stands.
void appendDecodedUtf8(std::string_view bytes, std::string &out);

} // namespace weir::sse
