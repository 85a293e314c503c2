// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/linescanner.h"

#include "sse/windowscan.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace weir::sse {

namespace {

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

#if defined(__SSE2__)

/// One bit for each of the 16 bytes at `bytes` that is a CR or LF.
int lineEndBits(__m128i bytes)
{
    const __m128i isLf = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    const __m128i isCr = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    return _mm_movemask_epi8(_mm_or_si128(isLf, isCr));
}

__m128i load(const char *bytes)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes));
}

BlockBits classify(const char *bytes)
{
    std::uint64_t ends = 0;
    int positive = 0xffff;
    for (int i = 0; i < 4; ++i) {
        const __m128i part = load(bytes + 16 * i);
        ends |= static_cast<std::uint64_t>(lineEndBits(part)) << (16 * i);
        positive &= _mm_movemask_epi8(_mm_cmpgt_epi8(part, _mm_setzero_si128()));
    }
    return {ends, positive == 0xffff};
}

/// The first 16 bytes in [begin, end) with a line end in them, or the last few bytes.
const char *skipWithoutLineEnds(const char *begin, const char *end)
{
    while (end - begin >= 16 && lineEndBits(load(begin)) == 0)
        begin += 16;
    return begin;
}

#else

BlockBits classify(const char *bytes)
{
    std::uint64_t ends = 0;
    bool plain = true;
    for (int i = 0; i < 64; ++i) {
        ends |= std::uint64_t{isLineEnd(bytes[i])} << i;
        plain = plain & (static_cast<signed char>(bytes[i]) > 0);
    }
    return {ends, plain};
}

const char *skipWithoutLineEnds(const char *begin, const char *)
{
    return begin;
}

#endif

} // namespace

void findLineEnds(const char *window, std::size_t size, LineEnds &ends)
{
    if (canScanWithAvx2())
        findLineEndsAvx2(window, size, ends);
    else
        scanWindow(window, size, ends, classify);
}

const char *findLineEnd(const char *begin, const char *end)
{
    begin = skipWithoutLineEnds(begin, end);
    while (begin != end && !isLineEnd(*begin))
        ++begin;
    return begin;
}

} // namespace weir::sse
