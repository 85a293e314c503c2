// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes the parser. A fault is: a crash, a result that depends on where the stream was cut, a byte that is not
// accounted for, more bytes held than the limit allows.
//
// cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_parser
// build/fuzz/tests/fuzz/fuzz_parser -max_total_time=60 /tmp/corpus tests/fuzz/corpus/parser
#include "sse/streamreader.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace weir;

namespace {

void require(const std::string &fault)
{
    if (fault.empty())
        return;
    std::fprintf(stderr, "%s\n", fault.c_str());
    std::abort();
}

std::vector<std::size_t> cutsFor(std::string_view stream, unsigned seed)
{
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 1; cut < stream.size(); ++cut) {
        seed = seed * 1664525 + 1013904223;
        if (seed >> 30 == 0)
            cuts.push_back(cut);
    }
    return cuts;
}

/// Bytes that belong to no block are held beside the limit: at most all line ends and a byte order mark.
std::size_t mostLeading(std::string_view stream)
{
    std::size_t count = 3;
    for (const char c : stream)
        count += c == '\n' || c == '\r';
    return count;
}

void requireBoundedMemory(std::string_view stream, std::size_t limit)
{
    test::StreamReader reader({limit});
    for (const char c : stream)
        reader.feed({&c, 1});
    if (reader.mostBuffered() > limit + mostLeading(stream))
        require("held " + std::to_string(reader.mostBuffered()) + " bytes with a limit of " + std::to_string(limit));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    // The first byte chooses the limit, the second the cuts.
    const std::size_t limit = data[0] < 128 ? std::size_t{16} + data[0] : std::size_t{1} << 20;
    const std::string_view stream(reinterpret_cast<const char *>(data) + 2, size - 2);
    const test::Reading whole = test::readStream(stream, {}, {limit});
    require(whole.fault);
    require(difference(whole, test::readStream(stream, cutsFor(stream, data[1]), {limit})));
    require(difference(whole, test::readStream(stream, test::everyByte(stream), {limit})));
    requireBoundedMemory(stream, limit);
    return 0;
}
