// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace weir::models {

/// What byte `at` of a block of an event stream is: `data, byte 12 of its value`, `name of the field data`, `line end`,
/// `comment`. Looks back no more than 1 MiB for the beginning of the line. Requires at < block.size().
QString fieldPlaceText(std::string_view block, std::size_t at);

} // namespace weir::models
