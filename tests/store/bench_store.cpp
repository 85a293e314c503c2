// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the log takes what the parser hands over: events a second for 120-byte events, in reads of several sizes,
// while the log fills and when it lives on the memory of what it evicts.

#include "sse/parser.h"
#include "store/eventlog.h"

#include <chrono>
#include <cstdio>
#include <string>

using namespace weir;
using Clock = std::chrono::steady_clock;

namespace {

std::string stream(std::size_t events)
{
    std::string bytes;
    for (std::size_t i = 0; i < events; ++i) {
        std::string block = "id: " + std::to_string(1'000'000 + i) + "\nevent: price\ndata: ";
        block.append(118 - block.size(), 'x');
        bytes += block + "\n\n";
    }
    return bytes;
}

void measure(const char *name, std::size_t budget, std::size_t eventsPerRead, std::size_t total)
{
    const std::string bytes = stream(eventsPerRead);
    sse::Parser parser;
    sse::Batch batch;
    parser.feed(bytes, batch);
    store::LogLimits limits;
    limits.memoryBudget = budget;
    store::EventLog log(limits);
    store::ReadInfo read{{1}, 1, 0, Clock::now(), static_cast<std::uint32_t>(bytes.size()), 0};
    const auto append = [&](std::size_t events) {
        for (std::size_t done = 0; done < events; done += eventsPerRead, ++read.number)
            log.append(read, batch);
    };
    append(total); // in the steady state this fills the log, so that its memory has been touched
    const auto begin = Clock::now();
    append(total);
    const std::chrono::duration<double> took = Clock::now() - begin;
    const store::Ledger ledger = log.ledger();
    std::printf("%-32s %6zu events a read: %6.1f million events/s (%llu evicted, %zu MiB used)\n", name, eventsPerRead,
        static_cast<double>(total) / took.count() / 1e6, static_cast<unsigned long long>(ledger.evicted),
        ledger.memoryUsed >> 20);
}

} // namespace

int main()
{
    constexpr std::size_t mebi = std::size_t{1} << 20;
    for (const std::size_t eventsPerRead :
        {std::size_t{1}, std::size_t{10}, std::size_t{136}, std::size_t{546}, std::size_t{8738}}) {
        measure("steady, 64 MiB of memory", 64 * mebi, eventsPerRead, 4'000'000);
        measure("steady, 512 MiB of memory", 512 * mebi, eventsPerRead, 4'000'000);
        measure("filling, memory never touched", 4096 * mebi, eventsPerRead, 4'000'000);
    }
}
