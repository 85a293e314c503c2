// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <string>
#include <string_view>

namespace weir::cli {

/// Appends a record as people read it: time, source, type, id, data; further lines of data are indented. Control
/// characters are shown as `\xNN`, because a stream must not be able to steer the terminal.
void appendTextLine(const store::EventView &event, store::WallTime time, std::string_view source, std::string &out);

} // namespace weir::cli
