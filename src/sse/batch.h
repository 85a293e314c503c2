// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/item.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace weir::sse {

/// The items of one Parser::feed(), and the text that had to be decoded or copied for them. Meant to be used again and
/// again: clear() keeps the memory that ordinary reads need, and gives back what one huge event took.
class Batch
{
public:
    const std::vector<Item> &items() const { return m_items; }
    bool empty() const { return m_items.empty(); }
    void clear();

    void add(const Item &item) { m_items.push_back(item); }
    /// A new item at the end, to be filled in place. The reference is valid until the next item.
    Item &append() { return m_items.emplace_back(); }
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

    void clearTexts();

    std::vector<Item> m_items;
    std::vector<Store> m_stores; ///< the last one is being filled
    std::size_t m_used = 0;      ///< bytes of the last store
};

} // namespace weir::sse
