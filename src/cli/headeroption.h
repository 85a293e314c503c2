// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <string>
#include <vector>

namespace weir::cli {

/// Reads the values of `--header`: `Name: value`, or `@FILE` with one such line each, so that a secret need not stand
/// in the process list. Throws CLI::ValidationError with the place of what is wrong, never with a value.
QList<subscribe::Header> readHeaderOptions(const std::vector<std::string> &options);

} // namespace weir::cli
