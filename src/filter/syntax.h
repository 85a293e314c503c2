// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The parts of an expression, for those who colour or complete it.

namespace weir::filter {

enum class TokenKind : std::uint8_t {
    Word,
    Phrase,      ///< with its quotes
    Field,       ///< `type:` with its colon, or `size` before a comparison
    Value,       ///< what follows `type:`
    Comparison,  ///< `<=` and the like
    Number,      ///< with its unit
    Operator,    ///< `and`, `or`, `not`, `-`
    Parenthesis, ///< one of them
    NotYet,      ///< part of the language that this version does not have
    Invalid,     ///< the name of an unknown field, or a quote that is not closed
};

/// Bytes [begin, end) of the expression; what lies between tokens is blank.
struct Token
{
    TokenKind kind;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The tokens of any text, in order; never fails. An expression that has a NotYet or Invalid token does not compile,
/// nor need one without.
std::vector<Token> tokens(std::string_view expression);

/// In the order in which to offer them; `size` is followed by a comparison, the others by a colon.
std::span<const std::string_view> fieldNames();
/// What may follow `kind:`.
std::span<const std::string_view> kindNames();
std::span<const std::string_view> sizeUnits();

/// `text` in quotes, so that it stands for itself as a phrase or as the value of a field.
std::string quoted(std::string_view text);

} // namespace weir::filter
