// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/utf8.h"

#include <cstdint>
#include <cstring>

namespace weir::sse {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::uint64_t highBits = 0x8080808080808080;

unsigned byteAt(const char *p)
{
    return static_cast<unsigned char>(*p);
}

bool isContinuation(const char *p)
{
    return (byteAt(p) & 0xC0) == 0x80;
}

/// Behind the ASCII bytes at `p`, which may stop short of the last few.
const char *skipAscii(const char *p, const char *end)
{
    while (end - p >= 16) {
        std::uint64_t words[2];
        std::memcpy(words, p, sizeof words);
        if (((words[0] | words[1]) & highBits) != 0)
            break;
        p += 16;
    }
    while (p != end && byteAt(p) < 0x80)
        ++p;
    return p;
}

/// What a lead byte asks for. Unicode Standard, table "Well-Formed UTF-8 Byte Sequences".
struct Lead
{
    unsigned char length; ///< 0: no lead byte
    unsigned char secondLow;
    unsigned char secondHigh;
};

Lead leadOf(unsigned byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return {0, 0, 0};
    if (byte < 0xE0)
        return {2, 0x80, 0xBF};
    if (byte < 0xF0) {
        const bool surrogates = byte == 0xED;
        return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(surrogates ? 0x9F : 0xBF)};
    }
    return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
        static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
}

struct Sequence
{
    std::ptrdiff_t length; ///< of the maximal subpart, at least 1
    bool wellFormed;
};

/// Requires: the byte at `p` is not ASCII.
Sequence sequenceAt(const char *p, const char *end)
{
    const Lead lead = leadOf(byteAt(p));
    if (lead.length == 0)
        return {1, false};
    if (end - p < 2 || byteAt(p + 1) < lead.secondLow || byteAt(p + 1) > lead.secondHigh)
        return {1, false};
    std::ptrdiff_t length = 2;
    while (length < lead.length) {
        if (p + length == end || !isContinuation(p + length))
            return {length, false};
        ++length;
    }
    return {length, true};
}

/// Behind the well-formed sequences at `p`.
const char *skipWellFormed(const char *p, const char *end)
{
    while (p != end) {
        if (byteAt(p) < 0x80) {
            p = skipAscii(p, end);
            continue;
        }
        const Sequence sequence = sequenceAt(p, end);
        if (!sequence.wellFormed)
            return p;
        p += sequence.length;
    }
    return end;
}

} // namespace

bool isAscii(std::string_view bytes)
{
    const char *end = bytes.data() + bytes.size();
    return skipAscii(bytes.data(), end) == end;
}

bool isValidUtf8(std::string_view bytes)
{
    const char *end = bytes.data() + bytes.size();
    return skipWellFormed(bytes.data(), end) == end;
}

void appendDecodedUtf8(std::string_view bytes, std::string &out)
{
    const char *p = bytes.data();
    const char *end = p + bytes.size();
    while (p != end) {
        const char *stop = skipWellFormed(p, end);
        out.append(p, stop);
        p = stop;
        if (p == end)
            return;
        out.append(replacement);
        p += sequenceAt(p, end).length;
    }
}

} // namespace weir::sse
