// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/item.h"

#include <memory_resource>
#include <vector>

namespace weir::sse {

/// The items of one Parser::feed(), and the text that had to be decoded or copied for them. Meant to be used again and
/// again: clear() keeps the memory.
class Batch
{
public:
    const std::vector<Item> &items() const { return m_items; }
    bool empty() const { return m_items.empty(); }
    void clear();

    void add(const Item &item) { m_items.push_back(item); }
    /// Copies `text` into the batch; the view lives until clear().
    std::string_view keep(std::string_view text);

private:
    std::vector<Item> m_items;
    std::pmr::monotonic_buffer_resource m_texts;
};

} // namespace weir::sse
