// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventview.h"

#include <QList>
#include <QObject>
#include <QString>

#include <map>

namespace weir::models {

/// Labels are numbered from 1; 0 is none.
inline constexpr int labelCount = 9;

/// What a person has added to an event. A value.
struct Annotation
{
    bool isMarked = false;
    int label = 0;
    QString note;

    bool isEmpty() const { return !isMarked && label == 0 && note.isEmpty(); }
    friend bool operator==(const Annotation &, const Annotation &) = default;
};

/// An annotation with as much of its event as is still to be told when the log holds the event no longer. A value.
struct AnnotatedEvent
{
    AnnotatedEvent() = default;
    /// With an empty annotation.
    explicit AnnotatedEvent(const store::EventView &event);

    store::EventNumber number;
    store::MonotonicTime arrival;
    store::SubscriptionId subscription;
    QString type;
    QString data; ///< its beginning, on one line
    Annotation annotation;
};

/// Marks, labels and notes on events, the same for all views. They outlive their events: what has been evicted stays in
/// the list. Bounded, so that painting and listing stay instant. GUI thread only.
class Annotations : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t mostEvents = 10'000;
    static constexpr qsizetype longestNote = 4'000;

    using QObject::QObject;

    std::size_t count() const { return m_events.size(); }
    const std::map<store::EventNumber, AnnotatedEvent> &events() const { return m_events; }
    /// Null where there is none; holds until the next change.
    const Annotation *find(store::EventNumber number) const;
    /// That of the event, or an empty one of it.
    AnnotatedEvent of(const store::EventView &event) const;

    /// Puts each in the place of what its event had; an empty annotation removes it. Over mostEvents, the last ones are
    /// left out: says how many.
    std::size_t set(const QList<AnnotatedEvent> &events);

Q_SIGNALS:
    /// These have come, gone or are others now.
    void changed(const QList<weir::store::EventNumber> &numbers);

private:
    std::map<store::EventNumber, AnnotatedEvent> m_events;
};

} // namespace weir::models
