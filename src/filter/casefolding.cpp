// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/casefolding.h"

#include <array>

namespace weir::filter {

namespace {

constexpr char32_t tableEnd = 0x590;
constexpr char32_t replacement = 0xFFFD;

/// Capitals from `first` to `last`, `step` apart, whose small letters stand `offset` behind them.
struct Capitals
{
    char16_t first;
    char16_t last;
    char16_t step;
    char16_t offset;
};

// Unicode Character Database, CaseFolding, status C, as far as both forms take two bytes.
constexpr Capitals capitals[] = {
    {'A', 'Z', 1, 32}, {0xC0, 0xD6, 1, 32}, {0xD8, 0xDE, 1, 32},                               // Latin-1
    {0x100, 0x12E, 2, 1}, {0x132, 0x136, 2, 1}, {0x139, 0x147, 2, 1}, {0x14A, 0x176, 2, 1},    // Latin Extended-A
    {0x179, 0x17D, 2, 1}, {0x1CD, 0x1DB, 2, 1}, {0x1DE, 0x1EE, 2, 1}, {0x1F8, 0x21E, 2, 1},    // Extended-B
    {0x222, 0x232, 2, 1}, {0x370, 0x372, 2, 1}, {0x376, 0x376, 1, 1}, {0x37F, 0x37F, 1, 0x74}, // Greek
    {0x386, 0x386, 1, 38}, {0x388, 0x38A, 1, 37}, {0x38C, 0x38C, 1, 64}, {0x38E, 0x38F, 1, 63}, {0x391, 0x3A1, 1, 32},
    {0x3A3, 0x3AB, 1, 32}, {0x3CF, 0x3CF, 1, 8}, {0x3D8, 0x3EE, 2, 1}, {0x400, 0x40F, 1, 80}, {0x410, 0x42F, 1, 32},
    {0x460, 0x480, 2, 1}, {0x48A, 0x4BE, 2, 1},                                               // Cyrillic
    {0x4C0, 0x4C0, 1, 15}, {0x4C1, 0x4CD, 2, 1}, {0x4D0, 0x52E, 2, 1}, {0x531, 0x556, 1, 48}, // and Armenian
};

struct Table
{
    std::array<char16_t, tableEnd> small{};

    constexpr Table()
    {
        for (char16_t c = 0; c < tableEnd; ++c)
            small[c] = c;
        for (const Capitals &range : capitals) {
            for (char16_t c = range.first; c <= range.last; c = static_cast<char16_t>(c + range.step))
                small[c] = static_cast<char16_t>(c + range.offset);
        }
        small[0x178] = 0xFF;
    }
};

constexpr Table table;

unsigned byteAt(const char *p)
{
    return static_cast<unsigned char>(*p);
}

char32_t pairAt(const char *p)
{
    return ((byteAt(p) & 0x1F) << 6) | (byteAt(p + 1) & 0x3F);
}

} // namespace

char32_t folded(char32_t c)
{
    constexpr char32_t micro = 0xB5;
    constexpr char32_t mu = 0x3BC;
    constexpr char32_t finalSigma = 0x3C2;
    if (c >= tableEnd)
        return c;
    if (c == micro)
        return mu;
    return c == finalSigma ? c + 1 : table.small[c];
}

bool isCapital(char32_t c)
{
    return c < tableEnd && table.small[c] != c;
}

std::string folded(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        appendUtf8(folded(nextCodePoint(text, at)), result);
    return result;
}

bool hasCapital(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (isCapital(nextCodePoint(text, at)))
            return true;
    }
    return false;
}

bool startsWithFolded(const char *text, std::string_view foldedText)
{
    const char *wanted = foldedText.data();
    const char *const end = wanted + foldedText.size();
    for (; wanted != end; ++wanted, ++text) {
        if (byteAt(text) < 0x80) {
            if (table.small[byteAt(text)] != byteAt(wanted))
                return false;
        } else if (byteAt(text) < 0xE0 && byteAt(text) >= 0xC0 && end - wanted >= 2) {
            if (byteAt(wanted) >= 0xE0 || byteAt(wanted) < 0xC0 || folded(pairAt(text)) != pairAt(wanted))
                return false;
            ++wanted;
            ++text;
        } else if (*text != *wanted) {
            return false;
        }
    }
    return true;
}

char32_t nextCodePoint(std::string_view text, std::size_t &at)
{
    const unsigned lead = byteAt(text.data() + at++);
    if (lead < 0x80)
        return lead;
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more)
        return replacement;
    char32_t c = lead & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const unsigned next = byteAt(text.data() + at + i);
        if ((next & 0xC0) != 0x80)
            return replacement;
        c = (c << 6) | (next & 0x3F);
    }
    at += more;
    return c;
}

void appendUtf8(char32_t c, std::string &out)
{
    const auto add = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        add(c);
        return;
    }
    if (c < 0x800) {
        add(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        add(0xE0 | (c >> 12));
        add(0x80 | ((c >> 6) & 0x3F));
    } else {
        add(0xF0 | (c >> 18));
        add(0x80 | ((c >> 12) & 0x3F));
        add(0x80 | ((c >> 6) & 0x3F));
    }
    add(0x80 | (c & 0x3F));
}

} // namespace weir::filter
