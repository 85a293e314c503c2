// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/fanout.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

namespace {

constexpr qint64 mostGathered = 64 << 10;
/// What part of a subscriber's bound a frame may take, because it is dropped as a whole.
constexpr qint64 gatheredPart = 8;
/// After so many lone frames the next one is not kept back any more.
constexpr int calmAfter = 8;
/// What part of a frame's delivery to all others are waited for.
constexpr qint64 waitingPart = 4;

} // namespace

void Fanout::add(Subscriber &subscriber)
{
    letGo();
    const qint64 limit = std::min(mostGathered, subscriber.maxQueuedBytes() / gatheredPart);
    m_limit = m_subscribers.empty() ? limit : std::min(m_limit, limit);
    m_subscribers.push_back(&subscriber);
}

bool Fanout::remove(Subscriber &subscriber)
{
    return std::erase(m_subscribers, &subscriber) > 0;
}

/// What comes alone must not wait for the turn to end, which costs a look at every socket. So the first frame is kept
/// back only after turns that brought several.
void Fanout::gather(const FramePointer &frame)
{
    if (m_subscribers.empty())
        return;
    if (m_frames++ == 0)
        awaitTurn();
    if (m_frames == 1 && m_busyTurns == 0) {
        deliver(frame);
        return;
    }
    if (m_gathering.size() + frame->chunk().size() > m_limit)
        letGo();
    if (m_gathering.isEmpty())
        m_gatheringTime.start();
    m_gathering.add(frame);
}

/// What is posted comes after all sockets that were ready.
void Fanout::awaitTurn()
{
    QMetaObject::invokeMethod(this, &Fanout::endTurn, Qt::QueuedConnection);
}

void Fanout::endTurn()
{
    if (mayGatherOn()) {
        m_framesBefore = m_frames;
        awaitTurn();
        return;
    }
    m_busyTurns = m_frames > 1 ? calmAfter : std::max(m_busyTurns - 1, 0);
    m_frames = m_framesBefore = 0;
    if (m_gathering.isEmpty())
        return;
    letGo();
    Q_EMIT left();
}

/// Whoever publishes one event after the other sends the next as soon as it has its answer, and with many subscribers
/// one frame more costs much more than this wait.
bool Fanout::mayGatherOn() const
{
    return !m_gathering.isEmpty() && m_frames > m_framesBefore &&
           m_gatheringTime.nsecsElapsed() < m_deliveryTime / waitingPart;
}

void Fanout::send(const FramePointer &frame)
{
    letGo();
    deliver(frame);
}

void Fanout::letGo()
{
    if (!m_gathering.isEmpty())
        deliver(m_gathering.take());
}

void Fanout::deliver(const FramePointer &frame)
{
    QElapsedTimer time;
    time.start();
    for (Subscriber *subscriber : m_subscribers)
        subscriber->deliver(frame, Outbox::Delivery::Live);
    m_deliveryTime = time.nsecsElapsed();
}

qint64 Fanout::longestQueue() const
{
    qint64 longest = 0;
    for (const Subscriber *subscriber : m_subscribers)
        longest = std::max(longest, subscriber->queuedBytes());
    return longest;
}

bool Fanout::isDrained() const
{
    return m_gathering.isEmpty() && std::all_of(m_subscribers.begin(), m_subscribers.end(),
                                        [](const Subscriber *subscriber) { return subscriber->isDrained(); });
}

} // namespace weir::publish
