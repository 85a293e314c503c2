// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"

#include <QByteArrayView>
#include <QHash>

#include <deque>
#include <optional>
#include <vector>

namespace weir::publish {

/// The last events of a channel that have an id, for clients that resume.
///
/// Every event has a position, counted from 1 over the life of the channel, and the id is either `<epoch>-<position>`
/// or one given by hand. The epoch is random for each channel object, so an id of an earlier run is recognised as
/// foreign. Of two events with the same id given by hand the earlier one counts while it is held: nothing is lost,
/// something may come twice. Bounded by a number of events and of bytes. Looking up an id is O(1), finding its place
/// O(log frames). Publisher thread only.
class History
{
public:
    explicit History(QByteArray epoch);

    void setLimits(int maxEvents, qint64 maxBytes);

    const QByteArray &idPrefix() const { return m_prefix; } ///< `<epoch>-`
    std::uint64_t lastPosition() const { return m_last; }
    QByteArray idAt(std::uint64_t position) const;

    /// Adds a frame whose events take the next positions and have the channel's own ids.
    void append(const FramePointer &frame);
    /// Adds a frame of one event with an id given by hand.
    void append(const FramePointer &frame, const QByteArray &id);

    /// The position of the event with that id, if everything after it is still held.
    std::optional<std::uint64_t> find(QByteArrayView id) const;
    std::uint64_t oldestPosition() const; ///< lastPosition() + 1 when nothing is held
    /// Everything after that position, in order; the first frame may be cut.
    std::vector<FramePointer> after(std::uint64_t position) const;

private:
    struct Entry
    {
        std::uint64_t first;
        FramePointer frame;
        QByteArray id; ///< null: own ids
    };
    std::optional<std::uint64_t> ownPosition(QByteArrayView id) const;
    void trim();
    void removeOldest();

    QByteArray m_prefix;
    std::deque<Entry> m_entries;
    QHash<QByteArray, std::uint64_t> m_givenIds;
    QByteArray m_lastRemovedId; ///< given by hand; resuming directly after it loses nothing
    std::uint64_t m_last = 0;
    qint64 m_bytes = 0;
    std::uint64_t m_maxEvents = 1000;
    qint64 m_maxBytes = 64 << 20;
};

} // namespace weir::publish
