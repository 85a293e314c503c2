// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/gathering.h"
#include "publish/subscriber.h"

#include <QElapsedTimer>
#include <QObject>

#include <vector>

namespace weir::publish {

/// Hands frames to all subscribers of a channel. Publisher thread only.
///
/// What comes in one turn of the event loop is gathered and leaves at its end in one frame, of at most 64 KiB or an
/// eighth of the tightest bound of a subscriber's queue. As long as each turn brings more this goes on, for a quarter
/// of the time that the last frame took to go to all. What comes alone leaves at once.
class Fanout : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Gets what comes from now on, and nothing that is gathered.
    void add(Subscriber &subscriber);
    bool remove(Subscriber &subscriber); ///< false: it is not here
    const std::vector<Subscriber *> &subscribers() const { return m_subscribers; }

    /// At once, or with others that come now. Requires a frame of whole blocks that need not leave apart.
    void gather(const FramePointer &frame);
    /// At once, after what is gathered.
    void send(const FramePointer &frame);
    /// What is gathered leaves now.
    void letGo();

    qint64 longestQueue() const; ///< bytes, without what is gathered
    bool isDrained() const;

Q_SIGNALS:
    void left(); ///< what was gathered, at the end of a turn

private:
    void awaitTurn();
    void endTurn();
    bool mayGatherOn() const;
    void deliver(const FramePointer &frame);

    std::vector<Subscriber *> m_subscribers;
    qint64 m_limit = 0; ///< bytes of a gathered frame
    Gathering m_gathering;
    QElapsedTimer m_gatheringTime;
    qint64 m_deliveryTime = 0; ///< nanoseconds, of the last frame
    int m_frames = 0;          ///< that came together so far
    int m_framesBefore = 0;    ///< of those, in turns that have ended
    int m_busyTurns = 0;       ///< so many more lone frames are kept back for others to join them
};

} // namespace weir::publish
