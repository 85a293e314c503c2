// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/item.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace weir::sse {

/// The items of one Parser::feed(), and the text that had to be decoded or copied for them. Meant to be used again and
/// again: clear() keeps the memory that ordinary reads need, and gives back what one huge event took.
class Batch
{
public:
    std::span<const Item> items() const { return {m_items.data(), m_count}; }
    bool empty() const { return m_count == 0; }
    void clear();

    void add(const Item &item) { appendUnset() = item; }
    /// A new item at the end, to be filled in place. The reference is valid until the next item.
    Item &append() { return appendUnset() = Item{}; }
    /// As append(), but the item holds what an earlier batch left there: every member has to be set.
    Item &appendUnset()
    {
        if (m_count == m_room) [[unlikely]]
            grow();
        return m_items[m_count++];
    }
    /// Copies `text` into the batch; the view lives until clear().
    std::string_view keep(std::string_view text);
    /// Room for `size` bytes that lives until clear().
    char *allocate(std::size_t size);
    /// Gives back the last `size` bytes of the latest allocate().
    void giveBack(std::size_t size) { m_used -= size; }

private:
    struct Store
    {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };

    void grow();
    void clearTexts();

    std::vector<Item> m_items; ///< the first m_count are valid, the others used and to be used again
    std::size_t m_count = 0;
    std::size_t m_room = 0;      ///< m_items.size(), which takes a division
    std::vector<Store> m_stores; ///< the last one is being filled
    std::size_t m_used = 0;      ///< bytes of the last store
};

} // namespace weir::sse
