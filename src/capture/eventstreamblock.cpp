// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/eventstreamblock.h"

namespace weir::capture {

void appendEventStreamBlock(const store::EventView &event, std::string &out)
{
    const auto raw = event.raw();
    out += raw;
    // A block dispatched at a CR had its LF counted to what follows it.
    if (!raw.ends_with('\n'))
        out += '\n';
}

} // namespace weir::capture
