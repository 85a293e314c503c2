// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/needle.h"

#include "filter/casefolding.h"

#include <bit>
#include <cstring>
#include <vector>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace weir::filter {

namespace {

constexpr auto npos = std::string_view::npos;

/// How often a byte is met in event streams: the greater, the worse to look for. Rare bytes have 0.
std::size_t frequency(unsigned char byte)
{
    constexpr std::string_view byFrequency = "qjxzkvwybgfpum/]}[{-_.98765342hdcl10srniota:,e\" ";
    if (byte >= 0xC0)
        return byFrequency.size() / 2; // a lead byte stands for a whole alphabet
    const std::size_t rank = byFrequency.find(static_cast<char>(byte));
    return rank == npos ? 0 : rank + 1;
}

/// The bits in which spellings of `c` (folded) differ, byte by byte of its UTF-8.
std::array<unsigned char, 2> differences(char32_t c)
{
    std::array<unsigned char, 2> bits{};
    std::string wanted;
    appendUtf8(c, wanted);
    if (wanted.size() > bits.size())
        return bits;
    for (char32_t other = wanted.size() == 1 ? 0 : 0x80; other < (wanted.size() == 1 ? 0x80 : 0x800); ++other) {
        if (folded(other) != c)
            continue;
        std::string spelling;
        appendUtf8(other, spelling);
        for (std::size_t i = 0; i < spelling.size(); ++i)
            bits[i] = static_cast<unsigned char>(bits[i] | (wanted[i] ^ spelling[i]));
    }
    return bits;
}

} // namespace

Needle::Needle(std::string_view text, Case letters)
    : m_ignoresCase(letters == Case::AsTyped && !hasCapital(text))
    , m_bytes(m_ignoresCase ? folded(text) : std::string(text))
    , m_anchors(chooseAnchors())
{}

std::array<Needle::Anchor, 2> Needle::chooseAnchors() const
{
    std::vector<Anchor> candidates;
    for (std::size_t at = 0; at < m_bytes.size();) {
        const std::size_t begin = at;
        const std::array<unsigned char, 2> bits = differences(nextCodePoint(m_bytes, at));
        for (std::size_t i = begin; i < at; ++i) {
            const auto byte = static_cast<unsigned char>(m_bytes[i]);
            const unsigned char mask = m_ignoresCase && i - begin < bits.size() ? bits[i - begin] : 0;
            candidates.push_back({i, mask, static_cast<unsigned char>(byte | mask)});
        }
    }
    std::array<Anchor, 2> best{};
    std::size_t frequencies[2] = {npos, npos};
    for (const Anchor &anchor : candidates) {
        const std::size_t often = frequency(static_cast<unsigned char>(m_bytes[anchor.offset]));
        if (often < frequencies[0]) {
            best[1] = best[0];
            frequencies[1] = frequencies[0];
            best[0] = anchor;
            frequencies[0] = often;
        } else if (often < frequencies[1]) {
            best[1] = anchor;
            frequencies[1] = often;
        }
    }
    if (frequencies[1] == npos)
        best[1] = best[0];
    return best;
}

bool Needle::standsAt(const char *text) const
{
    return m_ignoresCase ? startsWithFolded(text, m_bytes) : std::memcmp(text, m_bytes.data(), m_bytes.size()) == 0;
}

std::size_t Needle::findFrom(std::string_view haystack, std::size_t start) const
{
    const char *const text = haystack.data();
    for (std::size_t at = start; at + m_bytes.size() <= haystack.size(); ++at) {
        if (m_anchors[0].fits(text[at + m_anchors[0].offset]) && m_anchors[1].fits(text[at + m_anchors[1].offset]) &&
            standsAt(text + at))
            return at;
    }
    return npos;
}

#ifdef __SSE2__

namespace {

__m128i load(const char *bytes)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes));
}

__m128i spread(unsigned char byte)
{
    return _mm_set1_epi8(static_cast<char>(byte));
}

} // namespace

std::size_t Needle::find(std::string_view haystack) const
{
    constexpr std::size_t width = 16;
    if (m_bytes.size() > haystack.size() || m_bytes.empty())
        return m_bytes.empty() ? 0 : npos;
    const std::size_t starts = haystack.size() - m_bytes.size() + 1;
    if (starts < width)
        return findFrom(haystack, 0);

    const __m128i mask0 = spread(m_anchors[0].mask);
    const __m128i mask1 = spread(m_anchors[1].mask);
    const __m128i value0 = spread(m_anchors[0].value);
    const __m128i value1 = spread(m_anchors[1].value);
    const char *const first = haystack.data() + m_anchors[0].offset;
    const char *const second = haystack.data() + m_anchors[1].offset;
    // The last block overlaps the one before, so that all of it can be read.
    for (std::size_t block = 0;; block = block + 2 * width <= starts ? block + width : starts - width) {
        const __m128i fits0 = _mm_cmpeq_epi8(_mm_or_si128(load(first + block), mask0), value0);
        const __m128i fits1 = _mm_cmpeq_epi8(_mm_or_si128(load(second + block), mask1), value1);
        auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(fits0, fits1)));
        for (; bits != 0; bits &= bits - 1) {
            const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(bits));
            if (standsAt(haystack.data() + at))
                return at;
        }
        if (block + width >= starts)
            return npos;
    }
}

#else

std::size_t Needle::find(std::string_view haystack) const
{
    return m_bytes.empty() ? 0 : findFrom(haystack, 0);
}

#endif

} // namespace weir::filter
