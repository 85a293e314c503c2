// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"
#include "subscribe/attemptreport.h"

#include <string>
#include <string_view>

namespace weir::cli {

/// One line for an attempt that is over, in the form that `weir watch --states --format jsonl` promises to scripts:
/// every request and response head, TLS, times in milliseconds since the attempt began, counts, ending. No secrets.
void appendAttemptLine(
    const subscribe::AttemptReport &report, store::WallTime started, std::string_view source, std::string &out);

} // namespace weir::cli
