// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace weir::cli {

/// As CLI::Range, which lets through what is not a number.
CLI::Validator inRange(double least, double most);

} // namespace weir::cli
