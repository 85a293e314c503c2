// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/descriptors.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <algorithm>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace weir::subscribe {

#ifdef Q_OS_UNIX

void raiseDescriptorLimit()
{
    constexpr rlim_t enough = 65536;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough)
        return;
    limit.rlim_cur = std::min(limit.rlim_max, enough);
    setrlimit(RLIMIT_NOFILE, &limit);
}

bool areDescriptorsScarce()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    // The kernel hands out the lowest free number, so one call tells whether any number below the mark is free.
    const int lowestFree = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (lowestFree < 0)
        return true;
    close(lowestFree);
    return static_cast<rlim_t>(lowestFree) >= limit.rlim_cur / 5 * 4;
}

#else

void raiseDescriptorLimit() {}

bool areDescriptorsScarce()
{
    return false;
}

#endif

} // namespace weir::subscribe
