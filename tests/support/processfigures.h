// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>

#include <sys/resource.h>

// What Linux says of this process.

namespace weir::test {

/// The value of a line `Name:   123 kB` of a file in /proc/self.
inline qint64 procValue(const QString &file, const QByteArray &name)
{
    QFile proc(QStringLiteral("/proc/self/") + file);
    if (!proc.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : proc.readAll().split('\n')) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).simplified().split(' ').first().toLongLong();
    }
    return -1;
}

/// Memory of this process, shared pages counted in part.
inline qint64 pssKiB()
{
    return procValue(QStringLiteral("smaps_rollup"), "Pss");
}

inline qint64 residentKiB()
{
    return procValue(QStringLiteral("status"), "VmRSS");
}

inline qint64 threadCount()
{
    return procValue(QStringLiteral("status"), "Threads");
}

inline qint64 descriptorCount()
{
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot).size();
}

/// Processor time used so far, of all threads.
inline double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace weir::test
