// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace weir::subscribe {

/// Lets the window have its turn while the calling thread works without a pause; that thread still takes all that is
/// left of the processor, so no throughput is lost. Threads that it starts inherit it. For good, and idempotent.
/// QThread::setPriority() has no effect under Linux's usual policy; elsewhere this does nothing.
void yieldToWindow();

} // namespace weir::subscribe
