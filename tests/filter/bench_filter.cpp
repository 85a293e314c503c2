// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of ten million events of about 120 bytes, on one thread in processor time and on two by the clock:
// `bench_filter [million events]`.
#include "filter/testlog.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>

using namespace weir;
using namespace weir::filter;

namespace {

void fill(TestLog &log, std::uint64_t count)
{
    const char *const types[] = {"trade", "quote", "status", "heartbeat"};
    std::string stream;
    for (std::uint64_t i = 0; i < count; ++i) {
        stream += "event: ";
        stream += types[i % 4];
        stream += "\nid: " + std::to_string(i) + "\ndata: {\"symbol\":\"ACME\",\"price\":" + std::to_string(i % 9973) +
                  ".25,\"volume\":1200,\"venue\":\"north\",\"note\":\"";
        stream += i % 100000 == 7 ? "Exceptional" : "ordinary";
        stream += "\"}\n\n";
        if (stream.size() > 60000 || i + 1 == count) {
            log.receive(stream, static_cast<std::uint32_t>(1 + i % 5));
            stream.clear();
        }
    }
}

struct Scanned
{
    double seconds = 0;
    std::size_t matches = 0;
    std::uint64_t undecided = 0;
};

/// Takes one segment after the other as long as there are any.
Scanned scanSegments(
    const Filter &filter, const store::Snapshot &snapshot, const SourceNames &names, std::atomic<std::size_t> &next)
{
    Scanned result;
    std::vector<std::uint16_t> matches;
    ScanTroubles troubles;
    for (std::size_t i = next++; i < snapshot.segmentCount(); i = next++) {
        matches.clear();
        filter.scan(*snapshot.segment(i), 0, snapshot.readable(i), names, matches, &troubles);
        result.matches += matches.size();
    }
    result.undecided = troubles.effortExceeded;
    return result;
}

Scanned scanAlone(const Filter &filter, const store::Snapshot &snapshot, const SourceNames &names)
{
    std::atomic<std::size_t> next = 0;
    const std::clock_t start = std::clock();
    Scanned result = scanSegments(filter, snapshot, names, next);
    result.seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    return result;
}

Scanned scanByTwo(const Filter &filter, const store::Snapshot &snapshot, const SourceNames &names)
{
    std::atomic<std::size_t> next = 0;
    const auto start = std::chrono::steady_clock::now();
    std::thread other([&] { scanSegments(filter, snapshot, names, next); });
    scanSegments(filter, snapshot, names, next);
    other.join();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 0, 0};
}

template <typename Scan>
Scanned bestOf(int rounds, Scan scan)
{
    Scanned best = scan();
    while (--rounds > 0) {
        const Scanned scanned = scan();
        if (scanned.seconds < best.seconds)
            best = scanned;
    }
    return best;
}

} // namespace

int main(int argc, char **argv)
{
    const std::uint64_t count = (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10) * 1000000;
    TestLog log(store::LogLimits{.memoryBudget = std::size_t{8} << 30});
    fill(log, count);
    const store::Snapshot snapshot = log.snapshot();
    const SourceNames names{{1, "prices"}, {2, "log"}, {3, "chat"}, {4, "north"}, {5, "south"}};
    std::size_t bytes = 0;
    for (store::EventNumber number = snapshot.begin(); number < snapshot.end(); number.value += 1)
        bytes += snapshot.at(number).raw().size();
    std::printf("%llu events, %zu MB\n", static_cast<unsigned long long>(count), bytes / 1000000);
    for (const char *expression :
        {"", "kind:event", "kind:comment", "size > 130", "source:prices", "type:trade", "type:tr*", "id:42*",
            "exceptional", "Exceptional", "\"venue\\\":\\\"south\"", "ordinary", "zzz", "e", "-ordinary",
            "type:trade exceptional", "9972 or exceptional", "not (type:quote or acme)", "has:id", "gap > 2s",
            "attempt = 1", "time >= 14:05", "time >= 2026-11-22T14:00Z", "data.price > 5000", "data.price != null",
            "data.note = exceptional", "data.note ~ /^exc/i", "data.absent > 5", "data.price > 5000 data.venue = north",
            "type:trade data.price > 9000", "/Exceptional/", "/price\":9\\d+\\.25/", "/excep.*al/i", "/(a|b|c)+x/"}) {
        const Filter filter = Filter::compile(expression).value();
        const Scanned alone = bestOf(3, [&] { return scanAlone(filter, snapshot, names); });
        const Scanned byTwo = bestOf(3, [&] { return scanByTwo(filter, snapshot, names); });
        std::printf("%-38s %8.1f ms %7.1f M events/s %5.1f GB/s  by two %8.1f ms  %9zu matches", expression,
            alone.seconds * 1e3, static_cast<double>(count) / alone.seconds / 1e6,
            static_cast<double>(bytes) / alone.seconds / 1e9, byTwo.seconds * 1e3, alone.matches);
        std::printf(
            alone.undecided == 0 ? "\n" : ", %llu undecided\n", static_cast<unsigned long long>(alone.undecided));
    }
    return 0;
}
