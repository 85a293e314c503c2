// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace weir::filter {

enum class ErrorKind {
    ExpectedTerm, ///< an operator, `)` or the end stands where a term was expected
    UnclosedQuote,
    UnclosedParenthesis,
    UnexpectedParenthesis,
    UnknownField,   ///< `name:` with a name that is no field; `subject` is the name
    ExpectedValue,  ///< a field or comparison without a value
    UnknownKind,    ///< `kind:` with a word that is no kind
    ExpectedNumber, ///< `size >` without a number; `field` is compared
    UnknownUnit,    ///< a number followed by letters that are no unit of `field`
    ExpectedUnit,   ///< a number of `field` that says too little without one
    NumberTooLarge,
    ExpectedTime,       ///< `time >` without a time; where it stops being one
    ExpectedPath,       ///< a path goes on as none can; `subject` is what was expected
    ExpectedComparison, ///< a path alone; `subject` is the path
    UnknownPresence,    ///< `has:` with a word that nothing can have
    UnorderedValue,     ///< `<` with a value that is only equal or not
    UnclosedRegularExpression,
    BadRegularExpression, ///< `subject` says what is wrong in PCRE2's words
    UnknownFlag,          ///< letters behind a regular expression
    TooComplex,           ///< nested deeper or longer than the stated limits
};

/// What is wrong with an expression, and where: byte positions in the expression, length 0 at its end.
struct Error
{
    ErrorKind kind{};
    std::size_t position = 0;
    std::size_t length = 0;
    std::string subject;
    std::string field;
};

/// One sentence in English: what is wrong and what was expected.
std::string text(const Error &error);

} // namespace weir::filter
