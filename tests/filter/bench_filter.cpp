// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of ten million events of about 120 bytes, one thread, in processor time: `bench_filter [million events]`.
#include "filter/testlog.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

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
};

Scanned scanAll(const Filter &filter, const store::Snapshot &snapshot, const SourceNames &names)
{
    Scanned result;
    std::vector<std::uint16_t> matches;
    const std::clock_t start = std::clock();
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        matches.clear();
        filter.scan(*snapshot.segment(i), 0, snapshot.readable(i), names, matches);
        result.matches += matches.size();
    }
    result.seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    return result;
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
    for (const char *expression : {"", "kind:event", "kind:comment", "size > 130", "source:prices", "type:trade",
             "type:tr*", "id:42*", "exceptional", "Exceptional", "\"venue\\\":\\\"south\"", "ordinary", "zzz", "e",
             "-ordinary", "type:trade exceptional", "9972 or exceptional", "not (type:quote or acme)"}) {
        const Filter filter = Filter::compile(expression).value();
        Scanned best;
        for (int round = 0; round < 3; ++round) {
            const Scanned scanned = scanAll(filter, snapshot, names);
            if (round == 0 || scanned.seconds < best.seconds)
                best = scanned;
        }
        std::printf("%-28s %9.1f ms %9.1f M events/s %6.1f GB/s  %10zu matches\n", expression, best.seconds * 1e3,
            static_cast<double>(count) / best.seconds / 1e6, static_cast<double>(bytes) / best.seconds / 1e9,
            best.matches);
    }
    return 0;
}
