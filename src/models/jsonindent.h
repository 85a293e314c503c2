// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::models {

/// `json` (UTF-8) with its white space replaced by line breaks and indentation of two blanks; every token stays as it
/// is, so that order, duplicate names, long integers and escapes survive. Absent if it is no JSON text (RFC 8259).
/// Takes any nesting; linear in the size of what it returns, which deep nesting makes quadratic in `json`, so that
/// indentation stops growing at 64 levels. Any thread.
std::optional<std::string> indentJson(std::string_view json);

} // namespace weir::models
