// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"

#include <QByteArrayView>
#include <QHash>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace weir::publish {

/// The last events of a channel that have an id, for clients that resume.
///
/// Every event has a position, counted from 1 over the life of the channel, and the id is either `<prefix>-<position>`
/// or one given by hand. The prefix is the channel's epoch, or the time; it is read from the frame, so an id of an
/// earlier run is recognised as foreign. Of two events with the same id given by hand the earlier one counts while it
/// is held: nothing is lost, something may come twice. Bounded by a number of events, of bytes and by age. Looking up
/// an id is O(1), finding its place O(log frames). Publisher thread only.
class History
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// `epoch`: of ids that have no other prefix.
    explicit History(QByteArray epoch, Clock clock = &std::chrono::steady_clock::now);

    void setLimits(int maxEvents, qint64 maxBytes, std::chrono::seconds maxAge = {});

    const QByteArray &idPrefix() const { return m_prefix; } ///< `<epoch>-`
    std::uint64_t lastPosition() const { return m_last; }
    QByteArray idAt(std::uint64_t position) const;

    /// Adds a frame whose events take the next positions and have the channel's own ids.
    void append(const FramePointer &frame);
    /// Adds a frame of one event with an id given by hand.
    void append(const FramePointer &frame, const QByteArray &id);
    /// Drops what is too old; needed only while nothing is added.
    void trim();
    void clear();

    /// The position of the event with that id, if everything after it is still held.
    std::optional<std::uint64_t> find(QByteArrayView id) const;
    /// True if `id` is one of the channel's own, of a held event or of the next ones.
    bool isOwn(QByteArrayView id) const;
    std::uint64_t oldestPosition() const; ///< lastPosition() + 1 when nothing is held
    std::uint64_t heldEvents() const { return m_last + 1 - oldestPosition(); }
    qint64 heldBytes() const { return m_bytes; }
    /// Everything after that position, in order; the first frame may be cut.
    std::vector<FramePointer> after(std::uint64_t position) const;

private:
    struct Entry
    {
        std::uint64_t first;
        FramePointer frame;
        QByteArray id; ///< null: own ids
        QByteArray prefix;
        std::chrono::steady_clock::time_point since;
    };
    using Entries = std::deque<Entry>;
    Entries::const_iterator entryOf(std::uint64_t position) const;
    QByteArray prefixAt(std::uint64_t position) const;
    QByteArray prefixOf(const Frame &frame) const;
    std::optional<std::uint64_t> ownPosition(QByteArrayView id) const;
    bool isTooMuch() const;
    void removeOldest();

    Clock m_clock;
    QByteArray m_prefix;
    Entries m_entries;
    QHash<QByteArray, std::uint64_t> m_givenIds;
    QByteArray m_lastRemovedId; ///< given by hand; resuming directly after it loses nothing
    QByteArray m_lastRemovedPrefix;
    std::uint64_t m_last = 0;
    qint64 m_bytes = 0;
    std::uint64_t m_maxEvents = 1000;
    qint64 m_maxBytes = 64 << 20;
    std::chrono::seconds m_maxAge{0};
};

} // namespace weir::publish
