// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace weir::models {

/// Where `a` and `b` begin to differ; in front of a character of UTF-8.
std::size_t firstDifference(std::string_view a, std::string_view b);

/// At most `maxBytes` of `text` on one line, so that byte `at` can be seen: from the beginning if it lies there, else
/// from a little before, behind `…`. Any thread.
QString excerpt(std::string_view text, std::size_t at, std::size_t maxBytes);

} // namespace weir::models
