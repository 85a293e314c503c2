// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/production.h"
#include "publish/replayreader.h"
#include "publish/stage.h"

#include <QTimer>

namespace weir::publish {

/// Replays a part of the log. Publisher thread only.
///
/// Each time follows from where the replay began, was moved to or was told another speed, so nothing adds up.
class ReplayRun : public QObject
{
    Q_OBJECT

public:
    /// Takes the stage over; it has no problem. Paused at the beginning.
    ReplayRun(const ReplaySource &source, const ReplayOptions &options, std::unique_ptr<Stage> stage,
        QObject *parent = nullptr);
    ~ReplayRun() override;

    void play();
    void pause();
    void seek(store::EventNumber number);
    void setOptions(const ReplayOptions &options);
    /// While paused: sends until one more event has gone out.
    void stepEvent();
    /// While paused: sends one block or one read.
    void stepWrite();

    ReplayProgress progress() const;
    bool needsServer() const { return !m_stage->isHub(); } ///< to play

Q_SIGNALS:
    void stateChanged();

private:
    enum class Until { End, Event, Write }; ///< what play() goes on until
    enum class Fetched { Yes, Later, No };

    void begin(Until until);
    void turn();
    Fetched fetch();
    bool isDue();
    void send();
    void finishRound();
    void rebase();
    void fail(const QString &reason);
    void setState(ReplayProgress::State state);
    bool isPlaying() const { return m_state == ReplayProgress::State::Playing; }
    bool hasRoom() const;

    ReplayOptions m_options;
    std::unique_ptr<Stage> m_stage;
    ReplayReader m_reader;
    std::optional<ReplayItem> m_item; ///< the next to send
    ReplayProgress::State m_state = ReplayProgress::State::Paused;
    Until m_until = Until::End;
    QTimer m_timer;
    bool m_isInTurn = false;

    RunClock::Clock::time_point m_base; ///< when what follows counts from
    std::optional<store::MonotonicTime> m_baseArrival;
    quint64 m_eventsSinceBase = 0;

    store::MonotonicTime m_firstArrival;
    store::MonotonicTime m_lastArrival;
    store::MonotonicTime m_sentArrival;
    quint64 m_events = 0;
    quint64 m_writes = 0;
    quint64 m_rounds = 0;
    quint64 m_writesInRound = 0;
    QString m_problem;
};

} // namespace weir::publish
