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
    Phrase,            ///< with its quotes
    Field,             ///< `type:` with its colon, or `size` before a comparison
    Path,              ///< `data.price`
    Value,             ///< what follows `type:`, or a path and its comparison; with quotes if it has any
    Comparison,        ///< `<=` and the like, and `~`
    Number,            ///< with its unit; also a time
    RegularExpression, ///< with its slashes and flags
    Operator,          ///< `and`, `or`, `not`, `-`
    Parenthesis,       ///< one of them
    Invalid,           ///< the name of an unknown field, or a quote or regular expression that is not closed
};

/// Bytes [begin, end) of the expression; what lies between tokens is blank.
struct Token
{
    TokenKind kind;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The tokens of any text, in order; never fails. An expression that has an Invalid token does not compile, nor need
/// one without.
std::vector<Token> tokens(std::string_view expression);

/// In the order in which to offer them.
std::span<const std::string_view> fieldNames();
/// True for a field that is followed by a comparison (`size > 10kB`), the others are by a colon.
bool isComparedField(std::string_view name);
std::span<const std::string_view> comparisons();
/// What may follow `kind:`.
std::span<const std::string_view> kindNames();
/// What may follow `has:`, beside a path.
std::span<const std::string_view> presenceNames();
/// Of `size` or `gap`; none of other fields.
std::span<const std::string_view> unitsOf(std::string_view field);

/// `text` in quotes, so that it stands for itself as a phrase or as the value of a field or path.
std::string quoted(std::string_view text);

} // namespace weir::filter
