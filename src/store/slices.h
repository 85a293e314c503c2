// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/item.h"
#include "store/record.h"

#include <cstddef>
#include <functional>
#include <string_view>

// How the texts of an item become slices of a segment's bytes; for the writer alone.

namespace weir::store {

/// A text in a segment.
struct Slice
{
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
};

// Segments hold less than 4 GiB, so what lies in one can be counted with 32 bits.
inline std::uint32_t narrow(std::size_t value)
{
    return static_cast<std::uint32_t>(value);
}

inline std::size_t distance(const char *from, const char *to)
{
    return static_cast<std::size_t>(to - from);
}

/// std::less_equal orders pointers into different objects too; the operators need not.
inline bool holds(std::string_view whole, std::string_view part)
{
    constexpr std::less_equal<const char *> notAfter;
    return notAfter(whole.data(), part.data()) && notAfter(part.data() + part.size(), whole.data() + whole.size());
}

inline bool needsCopy(std::string_view text, std::string_view raw)
{
    return !text.empty() && !holds(raw, text);
}

/// Of an id or type: a long one has its length before it, so it can never be a slice of the bytes received.
inline bool needsShortCopy(std::string_view text, std::string_view raw)
{
    return text.size() >= longLength || needsCopy(text, raw);
}

inline std::size_t bytesOfShortCopy(std::string_view text)
{
    return text.size() + (text.size() >= longLength ? sizeof(std::uint32_t) : 0);
}

/// Requires that the text is empty or lies in `raw`.
inline Slice sliceOf(std::string_view text, std::string_view raw, std::uint32_t rawBegin)
{
    if (text.empty())
        return {rawBegin, 0};
    return {rawBegin + narrow(distance(raw.data(), text.data())), narrow(text.size())};
}

inline const char *firstByte(const sse::Item &item)
{
    return item.raw.data() - item.leading;
}

} // namespace weir::store
