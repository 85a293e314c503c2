// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/eventfile.h"
#include "publish/filefeed.h"
#include "publish/pacer.h"
#include "publish/production.h"

#include <QFutureWatcher>
#include <QTimer>

#include <deque>
#include <map>

namespace weir::publish {

/// The half of FileFeed on the publisher thread.
class FeedDesk : public QObject
{
    Q_OBJECT

public:
    FeedDesk();
    ~FeedDesk() override;

    void start(ChannelSet &channels, const FeedSettings &settings);
    void pause();
    void resume();
    void step();
    void stop();

Q_SIGNALS:
    void progressed(const weir::publish::FeedProgress &progress);

private:
    using State = FeedProgress::State;
    void readOn();
    void takePiece();
    void advance();
    std::uint64_t allowance();
    void sendDue();
    bool sendNext();
    EventSink *sinkFor(const QString &path);
    void noteAnswer(const EventSink::Answer &answer);
    void noteRefusal(const QString &problem);
    void scheduleNext();
    void enter(State state);
    void tell();
    bool isOver() const { return m_progress.state == State::Done || m_progress.state == State::Stopped; }

    ChannelSet *m_channels = nullptr;
    FeedSettings m_settings;
    FeedProgress m_progress;
    std::shared_ptr<EventFile> m_file;
    QFutureWatcher<EventFile::Piece> m_reading;
    bool m_isReading = false;
    bool m_hasReadAll = false;
    std::deque<Publication> m_ready;
    std::map<QString, std::unique_ptr<EventSink>> m_sinks; ///< by path; a hub under the empty one
    std::optional<Pacer> m_pacer;                          ///< none: as fast as can be
    RunClock m_clock;
    std::uint64_t m_steps = 0;   ///< asked for and not sent
    std::uint64_t m_allowed = 0; ///< due by the pacer and not sent
    int m_unanswered = 0;
    QTimer m_timer;
    QTimer m_telling;
};

} // namespace weir::publish
