// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/wildcard.h"

#include <cstdint>
#include <string>
#include <string_view>

// What the values of an expression say: from the text of a token to something to compare with.

namespace weir::filter {

/// What a phrase in its quotes says: `\"` and `\\` are a quote and a backslash, any other backslash is itself.
std::string unquoted(std::string_view phrase);

/// `text` with U+FFFD for what is no UTF-8.
std::string wellFormed(std::string_view text);

/// A value without wildcards: pieces in quotes and outside of them stand for themselves.
std::string plainText(std::string_view value);
/// Outside of quotes.
bool hasWildcard(std::string_view value);

/// A value: pieces in quotes stand for themselves, outside of them `*` and `?` are wildcards.
Wildcard parseValue(std::string_view value);

/// One bit for each store::Kind of which the value is the name; 0 if of none. Ignores case.
std::uint32_t parseKinds(std::string_view value);

} // namespace weir::filter
