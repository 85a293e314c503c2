// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <functional>
#include <memory>
#include <optional>

namespace weir::models {

/// A record that stays, even when the log has evicted it: keeps its segment alive, but not the rest of the log. A
/// value; any thread.
class HeldEvent
{
public:
    /// Absent for a number that `snapshot` does not hold.
    static std::optional<HeldEvent> find(const store::Snapshot &snapshot, store::EventNumber number);

    store::EventView view() const { return m_segment->at(m_index); }
    store::EventNumber number() const { return view().number(); }
    const std::shared_ptr<const store::Segment> &segment() const { return m_segment; }

private:
    friend struct PreviousEvent;
    HeldEvent(std::shared_ptr<const store::Segment> segment, std::uint32_t index)
        : m_segment(std::move(segment))
        , m_index(index)
    {}

    std::shared_ptr<const store::Segment> m_segment;
    std::uint32_t m_index;
};

/// What came before an event, of the same subscription, kind and event type.
struct PreviousEvent
{
    std::optional<HeldEvent> event;
    bool isGivenUp = false; ///< the time was over before all was looked at

    /// Looks back through `snapshot` from before `event` on, for `mostTime` at most. Any thread.
    static PreviousEvent find(const store::Snapshot &snapshot, const HeldEvent &event,
        std::chrono::milliseconds mostTime, const std::function<bool()> &isCanceled = {});
};

} // namespace weir::models
