// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>

namespace weir::cli {

/// Says of another value that it is no number, or between what it must be.
CLI::Validator inRange(double least, double most);
/// The same for whole numbers.
CLI::Validator inRange(std::int64_t least, std::int64_t most);
CLI::Validator inRange(int least, int most);

} // namespace weir::cli
