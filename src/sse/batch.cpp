// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/batch.h"

#include <algorithm>
#include <cstring>

namespace weir::sse {

namespace {

constexpr std::size_t storeSize = std::size_t{64} << 10;
constexpr std::size_t largestKeptStore = std::size_t{1} << 20;
constexpr std::size_t largestKeptItems = 16384;
constexpr std::size_t smallestItems = 64;

} // namespace

void Batch::clear()
{
    if (m_room > largestKeptItems && m_count < m_room / 4) {
        m_items.resize(largestKeptItems);
        m_items.shrink_to_fit();
        m_room = m_items.size();
    }
    m_count = 0;
    if (!m_stores.empty())
        clearTexts();
}

void Batch::grow()
{
    m_room = std::max(m_room * 2, smallestItems);
    m_items.resize(m_room);
}

void Batch::clearTexts()
{
    // Stores grow, so the last one is the one worth keeping.
    if (m_stores.back().size > largestKeptStore)
        m_stores.clear();
    else
        m_stores.erase(m_stores.begin(), m_stores.end() - 1);
    m_used = 0;
}

std::string_view Batch::keep(std::string_view text)
{
    if (text.empty())
        return {};
    char *copy = allocate(text.size());
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

char *Batch::allocate(std::size_t size)
{
    if (m_stores.empty() || m_stores.back().size - m_used < size) {
        const std::size_t grown = m_stores.empty() ? storeSize : std::min(m_stores.back().size * 2, largestKeptStore);
        const std::size_t wanted = std::max(grown, size);
        m_stores.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted});
        m_used = 0;
    }
    char *place = m_stores.back().bytes.get() + m_used;
    m_used += size;
    return place;
}

} // namespace weir::sse
