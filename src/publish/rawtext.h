// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

#include <string>
#include <string_view>

namespace weir::publish {

/// Why a text does not describe bytes.
struct RawTextFault
{
    QString reason; ///< a sentence
    int line = 1;
    int column = 1; ///< in characters (code points), from 1

    QString text() const; ///< with the place
};

/// The bytes that a text describes: UTF-8, but for `\n` `\r` `\t` `\0` `\\`, `\xNN` (one byte) and `\u{N…}` (a code
/// point, as UTF-8; surrogates as the three bytes that UTF-8 forbids). A line break in the text is an LF; with a
/// backslash before it, nothing.
tl::expected<std::string, RawTextFault> bytesOf(std::string_view text);

/// A text of which bytesOf() makes exactly these bytes again, as readable as can be: each LF also breaks the line.
std::string rawTextOf(std::string_view bytes);

} // namespace weir::publish
