// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/threadpriority.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace weir::subscribe {

void yieldToWindow()
{
#ifdef Q_OS_LINUX
    constexpr int nice = 5;
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), nice);
#endif
}

} // namespace weir::subscribe
