// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/annotations.h"

#include "models/eventformat.h"

namespace weir::models {

AnnotatedEvent::AnnotatedEvent(const store::EventView &event)
    : number(event.number())
    , arrival(event.arrival())
    , subscription(event.subscription())
    , type(typeText(event))
    , data(oneLine(dataText(event)))
{}

const Annotation *Annotations::find(store::EventNumber number) const
{
    const auto found = m_events.find(number);
    return found == m_events.end() ? nullptr : &found->second.annotation;
}

AnnotatedEvent Annotations::of(const store::EventView &event) const
{
    const auto found = m_events.find(event.number());
    return found == m_events.end() ? AnnotatedEvent(event) : found->second;
}

std::size_t Annotations::set(const QList<AnnotatedEvent> &events)
{
    QList<store::EventNumber> numbers;
    std::size_t leftOut = 0;
    for (const auto &event : events) {
        const auto found = m_events.find(event.number);
        if (event.annotation.isEmpty()) {
            if (found == m_events.end())
                continue;
            m_events.erase(found);
        } else if (found != m_events.end()) {
            found->second = event;
        } else if (m_events.size() < mostEvents) {
            m_events.emplace(event.number, event);
        } else {
            ++leftOut;
            continue;
        }
        numbers.append(event.number);
    }
    if (!numbers.isEmpty())
        Q_EMIT changed(numbers);
    return leftOut;
}

} // namespace weir::models
