// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/replaydesk.h"
#include "publish/serverpart.h"

namespace weir::publish {

/// Replays parts of the log on a publisher, one at a time. Every function may be called on the thread that made the
/// object and returns at once; without an open replay all but open() do nothing.
class ReplayPlayer : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: the publisher must outlive this. A replay ends with this.
    explicit ReplayPlayer(Publisher &publisher, QObject *parent = nullptr);

    /// In the place of what was open; paused at its beginning. progressed() tells whether it is, or with a problem and
    /// the state Closed why not. The source's log must outlive the replay.
    void open(const ReplaySource &source, const Target &target, const ReplayOptions &options);
    void play();
    void pause();
    void close();
    void seek(store::EventNumber number);
    void setOptions(const ReplayOptions &options);
    void stepEvent(); ///< while paused: up to and with the next event
    void stepWrite(); ///< while paused: the next block or read

Q_SIGNALS:
    /// At once where the state changes, else at most ten times a second.
    void progressed(const weir::publish::ReplayProgress &progress);

private:
    void tellRun(std::function<void(ReplayRun &)> task);

    ServerPart<ReplayDesk> m_desk;
};

} // namespace weir::publish
