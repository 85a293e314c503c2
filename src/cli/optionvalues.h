// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <chrono>
#include <cmath>
#include <string>

namespace weir::cli {

/// Ends the reading of the command line with this problem of one of its options.
[[noreturn]] inline void fail(const char *option, const std::string &problem)
{
    throw CLI::ValidationError(option, problem);
}

/// For what a script may leave empty by an unset variable.
inline CLI::Validator notEmpty()
{
    return {[](std::string &text) { return text.empty() ? std::string("is empty") : std::string(); }, ""};
}

inline std::chrono::milliseconds fromSeconds(double seconds)
{
    return std::chrono::milliseconds{std::llround(seconds * 1000.0)};
}

} // namespace weir::cli
