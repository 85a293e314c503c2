// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Upper and lower case as filters see them: Unicode's simple case folding for ASCII, Latin-1, Latin Extended-A and the
// cased pairs up to U+0233, Greek, Cyrillic and Armenian. These all keep their length in UTF-8, which is what makes
// searching without decoding possible; a pair of other length or script (ſ/s, ẞ/ß, Georgian, …) counts as different.

namespace weir::filter {

char32_t folded(char32_t c);
/// A letter that has a small form of its own among those above.
bool isCapital(char32_t c);

/// Requires well-formed UTF-8.
std::string folded(std::string_view text);
bool hasCapital(std::string_view text);

/// True if the bytes at `text` say the same as `foldedText` but for case. Requires that as many bytes can be read.
bool startsWithFolded(const char *text, std::string_view foldedText);

/// The code point at `at`, which moves behind it; U+FFFD for a byte that begins none. Requires at < text.size().
char32_t nextCodePoint(std::string_view text, std::size_t &at);
void appendUtf8(char32_t c, std::string &out);

} // namespace weir::filter
