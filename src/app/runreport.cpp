// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runreport.h"

#include <QImageWriter>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>
#include <sys/resource.h>

namespace weir::app {

namespace {

struct Span
{
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = 0;
    std::uint64_t events = 0;

    void add(const subscribe::Counters &counters)
    {
        events += counters.events.load();
        if (const auto begin = counters.firstEventNs.load(); begin != 0)
            first = std::min(first, begin);
        last = std::max(last, counters.lastEventNs.load());
    }
    double seconds() const { return last > first ? static_cast<double>(last - first) * 1e-9 : 0; }
    double rate() const { return seconds() > 0 ? static_cast<double>(events) / seconds() : 0; }
};

double peakMemoryMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

} // namespace

std::string streamLines(const std::vector<ReportedStream> &streams)
{
    std::string text;
    for (const auto &stream : streams) {
        Span span;
        span.add(*stream.counters);
        char numbers[96];
        std::snprintf(numbers, sizeof numbers, "  %llu events  %.1f/s\n", static_cast<unsigned long long>(span.events),
            span.rate());
        text += stream.name.toStdString() + numbers;
    }
    return text;
}

std::string measurementJson(
    const std::vector<ReportedStream> &streams, std::uint64_t shown, const StallMeter::Result &stalls)
{
    Span span;
    for (const auto &stream : streams)
        span.add(*stream.counters);
    char text[320];
    std::snprintf(text, sizeof text,
        "{\"events\":%llu,\"shown\":%llu,\"seconds\":%.6f,\"eventsPerSecond\":%.1f,\"stallP99Ms\":%.2f,"
        "\"stallMaxMs\":%.2f,\"peakMemoryMiB\":%.1f}\n",
        static_cast<unsigned long long>(span.events), static_cast<unsigned long long>(shown), span.seconds(),
        span.rate(), stalls.p99Ms, stalls.maxMs, peakMemoryMiB());
    return text;
}

std::vector<std::string> save(const RunFiles &files)
{
    std::vector<std::string> problems;
    if (!files.measureFile.empty()) {
        std::ofstream file(files.measureFile);
        file << files.measurement << std::flush;
        if (!file)
            problems.push_back("cannot write the measurement to '" + files.measureFile + "'");
    }
    if (!files.screenshotFile.empty()) {
        QImageWriter writer(QString::fromStdString(files.screenshotFile), "png");
        if (!writer.write(files.screenshot))
            problems.push_back(
                "cannot write the screenshot to '" + files.screenshotFile + "': " + writer.errorString().toStdString());
    }
    return problems;
}

} // namespace weir::app
