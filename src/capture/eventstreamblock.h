// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <string>

namespace weir::capture {

/// Appends a record's exact bytes, ended so that the next block begins on a fresh line.
void appendEventStreamBlock(const store::EventView &event, std::string &out);

} // namespace weir::capture
