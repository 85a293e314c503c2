// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/heldevent.h"

#include <algorithm>

namespace weir::models {

namespace {

constexpr std::uint32_t recordsBetweenLooks = 1U << 14U;

bool isLike(const store::Segment &segment, std::uint32_t index, const store::EventView &event)
{
    return segment.kind(index) == event.kind() && segment.subscription(index) == event.subscription() &&
           segment.at(index).type() == event.type();
}

} // namespace

std::optional<HeldEvent> HeldEvent::find(const store::Snapshot &snapshot, store::EventNumber number)
{
    if (!snapshot.contains(number))
        return std::nullopt;
    std::size_t index = snapshot.segmentCount();
    while (index > 0 && snapshot.segment(index - 1)->first() > number)
        --index;
    const auto &segment = snapshot.segment(index - 1);
    return HeldEvent(segment, static_cast<std::uint32_t>(number.value - segment->first().value));
}

PreviousEvent PreviousEvent::find(const store::Snapshot &snapshot, const HeldEvent &event,
    std::chrono::milliseconds mostTime, const std::function<bool()> &isCanceled)
{
    const auto end = std::chrono::steady_clock::now() + mostTime;
    const auto wanted = event.view();
    const auto number = event.number().value;
    std::uint32_t looked = 0;
    for (std::size_t i = snapshot.segmentCount(); i-- > 0;) {
        const auto &segment = snapshot.segment(i);
        const auto first = segment->first().value;
        if (first >= number)
            continue;
        for (auto at = static_cast<std::uint32_t>(std::min<std::uint64_t>(number - first, snapshot.readable(i)));
             at-- > 0;) {
            if (++looked % recordsBetweenLooks == 0 &&
                (std::chrono::steady_clock::now() > end || (isCanceled && isCanceled())))
                return {std::nullopt, true};
            if (isLike(*segment, at, wanted))
                return {HeldEvent(segment, at), false};
        }
    }
    return {};
}

} // namespace weir::models
