// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenarioprogress.h"
#include "publish/scenariowalk.h"
#include "publish/stage.h"

#include <QTimer>

#include <map>
#include <random>

namespace weir::publish {

class Production;

/// Carries a scenario out, once. Publisher thread only.
///
/// Times follow from the start of the run on the monotonic clock, without its pauses: what is late by a moment does not
/// make the rest late. After a step of unknown length (waiting for clients) they follow from its end. The run is held
/// up by nothing but the sink: where nothing may be lost it waits for the slowest client and catches up after.
class ScenarioRun : public QObject
{
    Q_OBJECT

public:
    /// Takes the stage over. Requires that the stage has no problem.
    ScenarioRun(Scenario scenario, std::unique_ptr<Stage> stage, QObject *parent = nullptr);
    ~ScenarioRun() override;

    void start(bool isPaused);
    void pause();
    void resume();
    /// Carries one step out and pauses; pauses in it are skipped, waiting for clients is not.
    void stepOnce();
    void stop() { end({}); }

    ScenarioProgress progress() const;
    bool needsServer() const { return !m_stage->isHub(); } ///< to run

Q_SIGNALS:
    void stateChanged(); ///< paused or going on
    /// Once; nothing is sent any more. `problem`: empty, or a sentence.
    void finished(const QString &problem);

private:
    enum class State { Running, Stepping, Paused, Ended };
    enum class Waiting { Nothing, Time, Pieces, Production, Clients, Resume };
    using Seconds = Pacer::Time;

    void turn();
    bool isGoing() const { return m_state == State::Running || m_state == State::Stepping; }
    void beginRound();
    bool isOver();
    bool isDue();
    void end(const QString &problem);
    void fail(const QString &reason);
    QString currentName() const; ///< Requires a current step
    QString remark() const;

    // scenarioactions.cpp: what the steps do.
    void begin(const Step &step);
    MessageTemplate *templateOf(const Step &step); ///< null after fail()
    void send(const sse::Message &message, bool automaticId);
    void sendEvent(const Step &step);
    void sendBytes(const QByteArray &bytes);
    void sendComment(const QString &text);
    void sendRetry(const Step &step);
    void beginWait(const Step &step);
    void beginPieces(const Step &step);
    bool sendNextPiece();
    void beginProduction(const Step &step);
    std::unique_ptr<Production> productionOf(const Step &step, const Pacer::Plan &plan, QString &error);
    void setFaults(const Step &step);
    Seconds drawPause(const Step &step);

    Scenario m_scenario;
    std::unique_ptr<Stage> m_stage;
    ScenarioWalk m_walk;
    State m_state = State::Paused;
    RunClock m_clock;
    Seconds m_due{0};      ///< when the next step begins
    Seconds m_roundDue{0}; ///< when the round of an endless repetition began
    Seconds m_elapsedAtEnd{0};
    QTimer m_timer;
    bool m_isInTurn = false;
    bool m_isBusy = false; ///< with the current step
    Waiting m_waiting = Waiting::Nothing;
    std::unique_ptr<Production> m_production;
    bool m_hasCompleted = false;
    bool m_hasResumed = false;
    std::map<const Step *, MessageTemplate> m_templates; ///< compiled once
    QStringList m_pieces;
    qsizetype m_nextPiece = 0;
    quint64 m_events = 0;
    QString m_problem;
    std::mt19937_64 m_random{std::random_device{}()};
};

} // namespace weir::publish
