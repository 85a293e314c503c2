// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/templateprogram.h"

#include <QString>

#include <tl/expected.hpp>

#include <string_view>

namespace weir::publish {

/// Why a text is not a template.
struct TemplateFault
{
    QString reason;         ///< a sentence
    std::size_t offset = 0; ///< of the placeholder, in bytes
    int line = 1;
    int column = 1; ///< in characters (code points), from 1

    /// A sentence with the place: the line only if the text has several.
    QString text() const;
    bool isInLines = false;
};

/// How a line break of the template is rendered.
enum class LineForm {
    AsIs,
    DataLines, ///< as the beginning of another data line of an event stream
};

/// Compiles a text with placeholders:
///
/// | placeholder        | is rendered as                                                                  |
/// |--------------------|---------------------------------------------------------------------------------|
/// | `{{seq}}`          | the number of the message, from 1                                               |
/// | `{{now}}`          | the time in UTC with microseconds (RFC 3339)                                    |
/// | `{{monotonicNs}}`  | the monotonic clock in nanoseconds                                              |
/// | `{{uuid}}`         | a random UUID                                                                   |
/// | `{{rand A B}}`     | a random number from A to B inclusive, with as many decimals as A or B is given |
/// | `{{pick a|b|c}}`   | one of the texts, without the spaces around it; a bar in a text is `\|`         |
/// | `{{json TEXT}}`    | the text as a JSON string, with its quotes: fits wherever JSON has a value      |
/// | `{{open}}`         | `{{`                                                                            |
///
/// The texts of pick and json may hold placeholders and, in pairs, braces. `text`: valid UTF-8.
tl::expected<TemplateProgram, TemplateFault> compileTemplate(std::string_view text, LineForm form = LineForm::AsIs);

} // namespace weir::publish
