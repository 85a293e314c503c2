// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/armedfaults.h"
#include "publish/responder.h"

namespace weir::publish {

/// Changes the answer that begins a stream as the plan wants it: its head, or another answer in place of the stream. A
/// channel's own compression is off then.
Answer withHeadFaults(const ArmedFaults::Assignment &faults, const Request &request, Answer answer);

} // namespace weir::publish
