// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weir::filter {

/// A text to be found in others, prepared so that most of a haystack is passed over 16 bytes at a time. It ignores case
/// (see casefolding.h) unless it has a capital letter or is told not to. Immutable; any thread.
class Needle
{
public:
    /// AsTyped: case is ignored unless there is a capital letter.
    enum class Case : std::uint8_t { AsTyped, Exact };

    /// Requires well-formed UTF-8 in `text`.
    explicit Needle(std::string_view text, Case letters = Case::AsTyped);

    bool isEmpty() const { return m_bytes.empty(); }
    std::size_t size() const { return m_bytes.size(); }
    const std::string &text() const { return m_bytes; } ///< folded if case is ignored

    /// Where the first occurrence begins, or std::string_view::npos.
    std::size_t find(std::string_view haystack) const;
    bool isIn(std::string_view haystack) const { return find(haystack) != std::string_view::npos; }

private:
    /// A byte of the needle that is rare in event streams: `(byte | mask) == value` in every spelling of its letter.
    struct Anchor
    {
        std::size_t offset = 0;
        unsigned char mask = 0;
        unsigned char value = 0;

        bool fits(char byte) const { return (static_cast<unsigned char>(byte) | mask) == value; }
    };

    std::array<Anchor, 2> chooseAnchors() const;
    std::size_t findFrom(std::string_view haystack, std::size_t start) const;
    bool standsAt(const char *text) const;

    bool m_ignoresCase;
    std::string m_bytes; ///< folded if case is ignored
    std::array<Anchor, 2> m_anchors;
};

} // namespace weir::filter
