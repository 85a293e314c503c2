// SPDX-License-Identifier: GPL-3.0-or-later
// bench_parser FILE [RUNS]: parses the bytes of FILE in pieces of 64 KiB, RUNS times over, and prints a JSON line for
// each run. parser.mjs makes the file and runs the peer on the same bytes.
#include "sse/parser.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

constexpr std::size_t pieceSize = std::size_t{64} << 10;

struct Result
{
    std::uint64_t events = 0;
    std::uint64_t dataBytes = 0; ///< looked at, so that no work can be left out
    double seconds = 0;
};

Result parse(std::string_view bytes)
{
    weir::sse::Parser parser;
    weir::sse::Batch batch;
    Result result;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t from = 0; from < bytes.size(); from += pieceSize) {
        parser.feed(bytes.substr(from, pieceSize), batch);
        for (const weir::sse::Item &item : batch.items()) {
            result.events += item.kind == weir::sse::ItemKind::Event;
            result.dataBytes += item.data.size();
        }
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_parser FILE [RUNS]\n", stderr);
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "bench_parser: cannot read %s\n", argv[1]);
        return 1;
    }
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const int runs = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    for (int run = 0; run < runs; ++run) {
        const Result result = parse(bytes);
        std::printf("{\"name\":\"weir\",\"bytes\":%zu,\"events\":%llu,\"dataBytes\":%llu,\"seconds\":%.6f,"
                    "\"gbPerSecond\":%.3f}\n",
            bytes.size(), static_cast<unsigned long long>(result.events),
            static_cast<unsigned long long>(result.dataBytes), result.seconds,
            static_cast<double>(bytes.size()) / result.seconds / 1e9);
        std::fflush(stdout);
    }
    return 0;
}
