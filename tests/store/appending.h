// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <chrono>
#include <deque>
#include <string>

// Items made by hand, for what a parser seldom or never hands over.

namespace weir::store::test {

inline MonotonicTime at(std::int64_t ns)
{
    return MonotonicTime{std::chrono::nanoseconds{ns}};
}

inline ReadInfo readOf(std::uint32_t subscription, std::int64_t ns = 0, std::uint32_t number = 0)
{
    return {{subscription}, 1, number, at(ns), 100, 0};
}

/// A batch whose texts live as long as it does.
class Items
{
public:
    /// `data`, `id` and `type` are the first places in `bytes` where those texts stand, or copies elsewhere.
    sse::Item &add(std::string_view bytes, std::string_view data, std::string_view id = {}, std::string_view type = {})
    {
        const std::string_view raw = keep(bytes);
        sse::Item &item = m_batch.append();
        item.raw = raw;
        item.data = within(raw, data);
        item.id = within(raw, id);
        item.type = within(raw, type);
        return item;
    }

    sse::Item &addEvent(std::string_view data) { return add("data: " + std::string(data) + "\n\n", data); }

    std::string_view keep(std::string_view text) { return m_texts.emplace_back(text); }
    const sse::Batch &batch() const { return m_batch; }

private:
    std::string_view within(std::string_view raw, std::string_view text)
    {
        const std::size_t place = raw.find(text);
        return place == std::string_view::npos ? keep(text) : raw.substr(place, text.size());
    }

    std::deque<std::string> m_texts;
    sse::Batch m_batch;
};

/// Appends `count` events with the data `text`, each in a read of its own.
inline void appendEvents(EventLog &log, int count, std::string_view text = "x", std::uint32_t subscription = 1)
{
    Items items;
    items.addEvent(text);
    for (int i = 0; i < count; ++i)
        log.append(readOf(subscription, i), items.batch());
}

inline EventView last(const Snapshot &snapshot)
{
    return snapshot.at({snapshot.end().value - 1});
}

inline bool inside(std::string_view whole, std::string_view part)
{
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

} // namespace weir::store::test
