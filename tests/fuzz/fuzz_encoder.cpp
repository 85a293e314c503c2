// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes the encoder. A fault is: a crash, a block that does not read back as the one event that was meant.
//
// cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_encoder
// build/fuzz/tests/fuzz/fuzz_encoder -max_total_time=60 /tmp/corpus tests/fuzz/corpus/encoder
#include "sse/encoder.h"
#include "sse/streamreader.h"
#include "sse/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace weir;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Cuts the input at 0x01 into data, type, id and comment.
std::string nextPart(std::string_view &input)
{
    const std::size_t end = std::min(input.find('\x01'), input.size());
    const std::string part(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
    return part;
}

std::string asReceived(std::string_view text)
{
    std::string decoded;
    sse::appendDecodedUtf8(text, decoded);
    std::string received;
    for (std::size_t i = 0; i < decoded.size(); ++i) {
        const bool isCrOfCrLf = decoded[i] == '\r' && decoded.compare(i, 2, "\r\n") == 0;
        if (!isCrOfCrLf)
            received += decoded[i] == '\r' ? '\n' : decoded[i];
    }
    return received;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    std::string_view input(reinterpret_cast<const char *>(bytes), size);
    sse::Message message;
    message.data = nextPart(input);
    message.type = nextPart(input);
    if (!input.empty())
        message.id = nextPart(input);
    if (!input.empty())
        message.comment = nextPart(input);
    std::string out;
    if (sse::encode(message, out)) {
        require(out.empty());
        return 0;
    }
    require(sse::isValidUtf8(out));
    const test::Reading reading = test::readStream(out);
    require(!reading.items.empty() && reading.leftOver == 0);
    for (std::size_t i = 0; i + 1 < reading.items.size(); ++i)
        require(reading.items[i].kind == sse::ItemKind::Comment);
    const test::ReadItem &event = reading.items.back();
    require(event.kind == sse::ItemKind::Event && event.data == asReceived(*message.data));
    require(event.type == message.type && event.id == message.id.value_or(""));
    return 0;
}
