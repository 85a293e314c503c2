// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/decimal.h"

#include <algorithm>

namespace weir::filter {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isZeroOrPoint(char c)
{
    return c == '0' || c == '.';
}

std::size_t digitsEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at;
}

/// The number behind `e`; what nobody can mean is held back far beyond any number of digits.
std::optional<std::int64_t> exponentOf(std::string_view text)
{
    constexpr std::int64_t limit = std::int64_t{1} << 59; // ten times that still fits
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || digitsEnd(text, 0) != text.size())
        return std::nullopt;
    std::int64_t value = 0;
    for (const char digit : text)
        value = std::min(limit, value * 10 + (digit - '0'));
    return isNegative ? -value : value;
}

std::strong_ordering compareDigits(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (true) {
        i += i < a.size() && a[i] == '.' ? 1U : 0U;
        j += j < b.size() && b[j] == '.' ? 1U : 0U;
        if (i == a.size() || j == b.size())
            return a.size() - i <=> b.size() - j;
        if (a[i] != b[j])
            return a[i] <=> b[j];
        ++i;
        ++j;
    }
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Decimal result;
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    const std::size_t wholeEnd = digitsEnd(text, begin);
    if (wholeEnd == begin || (text[begin] == '0' && wholeEnd > begin + 1))
        return std::nullopt;
    std::size_t end = wholeEnd;
    if (end < text.size() && text[end] == '.') {
        end = digitsEnd(text, wholeEnd + 1);
        if (end == wholeEnd + 1)
            return std::nullopt;
    }
    std::int64_t exponent = 0;
    if (end < text.size()) {
        const auto written = text[end] == 'e' || text[end] == 'E' ? exponentOf(text.substr(end + 1)) : std::nullopt;
        if (!written)
            return std::nullopt;
        exponent = *written;
    }
    const std::string_view digits = text.substr(begin, end - begin);
    std::size_t first = 0;
    while (first < digits.size() && isZeroOrPoint(digits[first]))
        ++first;
    if (first == digits.size())
        return result;
    std::size_t last = digits.size() - 1;
    while (isZeroOrPoint(digits[last]))
        --last;
    const auto whole = static_cast<std::int64_t>(wholeEnd - begin);
    const auto place = static_cast<std::int64_t>(first);
    result.m_isNegative = begin == 1;
    result.m_point = exponent + whole - place + (place > whole ? 1 : 0);
    result.m_digits = digits.substr(first, last - first + 1);
    return result;
}

std::strong_ordering operator<=>(const Decimal &a, const Decimal &b)
{
    const auto signOf = [](const Decimal &number) {
        return number.m_digits.empty() ? 0 : number.m_isNegative ? -1 : 1;
    };
    const int sign = signOf(a);
    if (sign != signOf(b) || sign == 0)
        return sign <=> signOf(b);
    const Decimal &small = sign > 0 ? a : b;
    const Decimal &great = sign > 0 ? b : a;
    if (small.m_point != great.m_point)
        return small.m_point <=> great.m_point;
    return compareDigits(small.m_digits, great.m_digits);
}

DecimalValue::DecimalValue(const Decimal &number)
    : m_isNegative(number.m_isNegative)
    , m_point(number.m_point)
    , m_digits(number.m_digits)
{
    std::erase(m_digits, '.');
}

Decimal DecimalValue::view() const
{
    Decimal result;
    result.m_isNegative = m_isNegative;
    result.m_point = m_point;
    result.m_digits = m_digits;
    return result;
}

} // namespace weir::filter
