// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/windowscan.h"

#if defined(__AVX2__) && defined(__BMI__) && defined(__POPCNT__)
#include <immintrin.h>
#endif

namespace weir::sse {

#if defined(__AVX2__) && defined(__BMI__) && defined(__POPCNT__)

namespace {

[[gnu::always_inline]] inline BlockBits classifyAvx2(const char *bytes)
{
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(bytes));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(bytes + 32));
    const __m256i lf = _mm256_set1_epi8('\n');
    const __m256i cr = _mm256_set1_epi8('\r');
    const __m256i lowEnds = _mm256_or_si256(_mm256_cmpeq_epi8(low, lf), _mm256_cmpeq_epi8(low, cr));
    const __m256i highEnds = _mm256_or_si256(_mm256_cmpeq_epi8(high, lf), _mm256_cmpeq_epi8(high, cr));
    const auto lowBits = static_cast<std::uint32_t>(_mm256_movemask_epi8(lowEnds));
    const auto highBits = static_cast<std::uint32_t>(_mm256_movemask_epi8(highEnds));
    // As signed numbers, NUL and the bytes from 0x80 are those that are not above 0.
    const __m256i least = _mm256_min_epi8(low, high);
    const int positive = _mm256_movemask_epi8(_mm256_cmpgt_epi8(least, _mm256_setzero_si256()));
    return {std::uint64_t{highBits} << 32 | lowBits, positive == -1};
}

} // namespace

void findLineEndsAvx2(const char *window, std::size_t size, LineEnds &ends)
{
    scanWindow(window, size, ends, classifyAvx2);
}

bool canScanWithAvx2()
{
    static const bool can =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    return can;
}

#else

void findLineEndsAvx2(const char *, std::size_t, LineEnds &) {}

bool canScanWithAvx2()
{
    return false;
}

#endif

} // namespace weir::sse
