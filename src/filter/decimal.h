// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::filter {

/// A JSON number as it was written, compared by its exact value whatever its length: no double stands between. 0.10 and
/// 1e-1 are equal, and 2^53 + 1 is not 2^53. A view: valid as long as the text.
class Decimal
{
public:
    /// Nothing for what is no number by JSON's grammar (RFC 8259).
    static std::optional<Decimal> parse(std::string_view text);

    friend std::strong_ordering operator<=>(const Decimal &a, const Decimal &b);
    friend bool operator==(const Decimal &a, const Decimal &b) { return (a <=> b) == 0; }

private:
    friend class DecimalValue;

    bool m_isNegative = false;
    std::int64_t m_point = 0;  ///< the value is 0.digits times ten to this power
    std::string_view m_digits; ///< from the first to the last that is not 0, maybe with a point among them; empty: zero
};

/// The same, keeping its text.
class DecimalValue
{
public:
    explicit DecimalValue(const Decimal &number);

    Decimal view() const;

private:
    bool m_isNegative;
    std::int64_t m_point;
    std::string m_digits;
};

} // namespace weir::filter
