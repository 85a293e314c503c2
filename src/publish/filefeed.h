// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"
#include "publish/eventinput.h"

#include <QObject>

namespace weir::publish {

class FeedDesk;
class Publisher;

/// What a FileFeed is to send. A value.
struct FeedSettings
{
    QString path; ///< of the file
    InputSettings input;
    Destination destination;      ///< a message that names a path goes there instead, unless it is a hub
    double messagesPerSecond = 1; ///< 0: as fast as the slowest client, or the hub, takes them
    bool isStepwise = false;      ///< each waits for step()
};

/// How far a FileFeed is. A value.
struct FeedProgress
{
    enum class State { Running, Paused, Done, Stopped };
    State state = State::Running;
    std::uint64_t sent = 0;
    std::uint64_t refused = 0; ///< by the encoder, the channel or the hub
    std::uint64_t unread = 0;  ///< lines that are no messages
    QString problem;           ///< the last of those, with its line or cause; empty: none so far
    qint64 position = 0;       ///< bytes of the file read
    qint64 size = 0;
    bool isHeldUp = false; ///< the slowest client or the hub is waited for
};

/// Sends the messages of a file: read and parsed by a pool thread a piece at a time, sent by the publisher thread. A
/// hub that refuses pauses it. Lives on the publisher's creating thread; nothing waits.
class FileFeed : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit FileFeed(Publisher &publisher, QObject *parent = nullptr);
    ~FileFeed() override;

    /// Begins at the start of the file; what was being sent is stopped.
    void start(const FeedSettings &settings);
    void pause();
    void resume();
    void step(); ///< one message; of a feed that is paused or stepwise
    void stop();

Q_SIGNALS:
    /// At most ten times a second, and at each change of the state.
    void progressed(const weir::publish::FeedProgress &progress);

private:
    Publisher &m_publisher;
    FeedDesk *m_desk; ///< lives and dies on the publisher thread
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::FeedProgress)
