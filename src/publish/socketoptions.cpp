// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/socketoptions.h"

#include <algorithm>
#include <limits>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

namespace weir::publish {

#ifdef Q_OS_UNIX

namespace {

void setOption(qintptr descriptor, int level, int name, int value)
{
    ::setsockopt(static_cast<int>(descriptor), level, name, &value, sizeof value);
}

} // namespace

void detectDeadPeer(qintptr descriptor, bool waitsForSlow)
{
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef Q_OS_LINUX
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, 15);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, 5);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 3);
    if (!waitsForSlow)
        setOption(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, 120'000);
#else
    Q_UNUSED(waitsForSlow)
#endif
}

void shutDownSending(qintptr descriptor)
{
    ::shutdown(static_cast<int>(descriptor), SHUT_WR);
}

qint64 sendAtOnce(qintptr descriptor, QByteArrayView bytes)
{
    const auto sent = ::send(static_cast<int>(descriptor), bytes.data(), static_cast<std::size_t>(bytes.size()),
        MSG_DONTWAIT | MSG_NOSIGNAL);
    return std::max<qint64>(sent, 0);
}

bool hasUnreadBytes(qintptr descriptor)
{
    char byte = 0;
    return ::recv(static_cast<int>(descriptor), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

void resetOnClose(qintptr descriptor)
{
    const linger none{1, 0};
    ::setsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

void raiseDescriptorLimit()
{
    constexpr rlim_t enough = 1 << 20;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough)
        return;
    limit.rlim_cur = std::min(limit.rlim_max, enough);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

qintptr nextDescriptor()
{
    const int probe = ::dup(STDERR_FILENO);
    if (probe < 0)
        return errno == EMFILE || errno == ENFILE ? descriptorLimit() : 0;
    ::close(probe);
    return probe;
}

qintptr descriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
        limit.rlim_cur > static_cast<rlim_t>(std::numeric_limits<int>::max()))
        return std::numeric_limits<int>::max();
    return static_cast<qintptr>(limit.rlim_cur);
}

#else

void detectDeadPeer(qintptr, bool) {}
void shutDownSending(qintptr) {}
qint64 sendAtOnce(qintptr, QByteArrayView)
{
    return 0;
}
bool hasUnreadBytes(qintptr)
{
    return false;
}
void resetOnClose(qintptr) {}
void raiseDescriptorLimit() {}
qintptr nextDescriptor()
{
    return 0;
}
qintptr descriptorLimit()
{
    return std::numeric_limits<int>::max();
}

#endif

#ifdef Q_OS_LINUX

namespace {

qint64 queuedBytes(qintptr descriptor, unsigned long queue)
{
    int bytes = 0;
    return ::ioctl(static_cast<int>(descriptor), queue, &bytes) == 0 ? bytes : 0;
}

} // namespace

qint64 unacknowledgedBytes(qintptr descriptor)
{
    return queuedBytes(descriptor, SIOCOUTQ);
}

qint64 unsentBytes(qintptr descriptor)
{
    return queuedBytes(descriptor, SIOCOUTQNSD);
}

#else

qint64 unacknowledgedBytes(qintptr)
{
    return 0;
}
qint64 unsentBytes(qintptr)
{
    return 0;
}

#endif

} // namespace weir::publish
