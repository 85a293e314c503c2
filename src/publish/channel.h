// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelsettings.h"
#include "publish/fanout.h"
#include "publish/history.h"
#include "publish/subscriber.h"
#include "sse/encoder.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

namespace weir::publish {

/// One stream: a path, its subscribers and its history. Publisher thread only.
///
/// Ids are the same for every client, and not mistaken for those of an earlier run; see IdPolicy. A client that resumes
/// gets what follows its last event ID. If that id is unknown or too old, it first gets an event of the type `weir-gap`
/// without an id, whose data is the JSON object
/// `{"reason":"unknown-id","lastEventId":"<as sent>","oldest":"<oldest held id>" or null}`, and then everything held.
/// Blocks that dispatch nothing, and events without an id, go to the connected clients only.
///
/// Messages that come together leave together (see Fanout). History, ids and status do not wait, and the order of a
/// stream never changes: whatever else goes into a stream, or comes over it, lets what is gathered go first.
class Channel : public QObject
{
    Q_OBJECT

public:
    explicit Channel(const ChannelSettings &settings, QObject *parent = nullptr);

    const QByteArray &path() const { return m_path; }
    const ChannelSettings &settings() const { return m_settings; }
    /// Takes effect at once, but for what ChannelSettings says of new streams. Ids that were given stay known. The path
    /// stays as it is.
    void configure(const ChannelSettings &settings);

    /// False once it was removed or has ended: there is nobody to send to, and nobody can come.
    bool isOpen() const { return !m_isRemoved && !m_settings.hasEnded; }
    bool isRemoved() const { return m_isRemoved; }
    void remove();                                 ///< ends every stream cleanly and forgets the history
    void restore(const ChannelSettings &settings); ///< after remove(): as if new, with ids of its own

    struct Outcome
    {
        QString error; ///< empty: sent
        QByteArray id; ///< the event's id; empty if it has none
    };
    /// Empty, or one sentence that says why send() would refuse it.
    QString refusal(const sse::Message &message) const;
    /// Encodes the message once and hands it to every subscriber, at once or with others that come now. `automaticId`:
    /// an event without an id gets the next.
    Outcome send(sse::Message message, bool automaticId);

    /// Hands what is gathered to every subscriber now.
    void letGo() { m_fanOut.letGo(); }

    /// Hands the bytes to every subscriber as they are, as one chunk. They are not replayed, whatever is in them: an id
    /// in them is unknown to the history, so a client that resumes after it gets the marker and all that is held.
    void sendBytes(const QByteArray &bytes);
    /// The same for a frame.
    void sendUnheld(const FramePointer &frame);

    /// While silent, clients get no heartbeats either.
    void setSilent(bool isSilent) { m_silences += isSilent ? 1 : -1; }
    bool isSilent() const { return m_silences > 0; }

    /// To these only: not kept in the history, and without an id unless the message has one of its own.
    Outcome sendTo(const std::vector<Subscriber *> &subscribers, const sse::Message &message);

    /// For generators: the id that the next event gets is idPrefix() with nextPosition(). Null: it gets none.
    QByteArray idPrefix() const;
    std::uint64_t nextPosition() const { return m_history.lastPosition() + 1; }
    /// Hands on a frame whose events have the next ids, or none.
    void sendFrame(const FramePointer &frame);

    /// Replays what follows `lastEventId` (empty: what the settings say), then the subscriber is live: no gap, nothing
    /// twice.
    void attach(Subscriber &subscriber, const QByteArray &lastEventId);
    void detach(Subscriber &subscriber);

    int subscriberCount() const { return static_cast<int>(m_fanOut.subscribers().size()); }
    qint64 longestQueue() const { return m_fanOut.longestQueue(); }
    bool isDrained() const { return m_fanOut.isDrained(); }
    ChannelStatus status() const;
    /// A subscriber's queue became shorter.
    void noteProgress() { Q_EMIT progressed(); }

Q_SIGNALS:
    void subscribersChanged(); ///< one came or went
    void resumed();            ///< one came with a last event ID
    void progressed(); ///< a subscriber's queue became shorter, or what was gathered left; often, so keep it cheap
    void closed();     ///< isOpen() became false

private:
    void endStreams();
    void replay(Subscriber &subscriber, const QByteArray &lastEventId) const;
    void replayLast(Subscriber &subscriber) const;
    FramePointer gapMarker(const QByteArray &lastEventId) const;

    QByteArray m_path;
    ChannelSettings m_settings;
    History m_history;
    Fanout m_fanOut;
    QTimer m_ageTimer;
    std::uint64_t m_eventsSent = 0;
    bool m_isRemoved = false;
    int m_silences = 0; ///< how many want it silent
};

} // namespace weir::publish
