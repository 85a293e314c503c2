// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenariorun.h"

#include "publish/production.h"
#include "publish/scenariosteps.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace weir::publish {

namespace {

/// Others want their turn on the thread too.
constexpr int maxStepsPerTurn = 64;
constexpr std::chrono::milliseconds shortestRound{1};
constexpr std::chrono::microseconds noTime{100};

} // namespace

ScenarioRun::ScenarioRun(Scenario scenario, std::unique_ptr<Stage> stage, QObject *parent)
    : QObject(parent)
    , m_scenario(std::move(scenario))
    , m_stage(std::move(stage))
    , m_walk(m_scenario)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ScenarioRun::turn);
    connect(m_stage.get(), &Stage::roomMade, this, &ScenarioRun::turn);
    connect(m_stage.get(), &Stage::drained, this, &ScenarioRun::turn);
    // Queued: whoever came or went is in the middle of it.
    connect(m_stage.get(), &Stage::clientsChanged, this, &ScenarioRun::turn, Qt::QueuedConnection);
    connect(m_stage.get(), &Stage::resumed, this, [this] {
        m_hasResumed = true;
        m_timer.start(0);
    });
}

ScenarioRun::~ScenarioRun() = default;

void ScenarioRun::start(bool isPaused)
{
    m_clock.start();
    for (std::size_t i = 0; i < m_scenario.steps.size(); ++i) {
        if (const QString reason = m_stage->obstacle(m_scenario.steps[i]); !reason.isEmpty())
            return end(tr("Step %1: %2").arg(i + 1).arg(reason));
    }
    if (isPaused) {
        m_clock.pause();
        return;
    }
    m_state = State::Running;
    m_timer.start(0);
}

void ScenarioRun::pause()
{
    if (!isGoing())
        return;
    m_state = State::Paused;
    m_timer.stop();
    m_clock.pause();
    if (m_production)
        m_production->pause();
    Q_EMIT stateChanged();
}

void ScenarioRun::resume()
{
    if (m_state != State::Paused)
        return;
    m_clock.resume();
    m_state = State::Running;
    if (m_production)
        m_production->resume();
    m_timer.start(0);
    Q_EMIT stateChanged();
}

void ScenarioRun::stepOnce()
{
    if (m_state != State::Paused)
        return;
    resume();
    m_state = State::Stepping;
}

void ScenarioRun::turn()
{
    // Sending can make room at once, which calls this again.
    if (m_isInTurn)
        return;
    m_isInTurn = true;
    int steps = 0;
    while (isGoing() && steps < maxStepsPerTurn) {
        if (!m_isBusy) {
            const Step *step = m_walk.current();
            if (!step) {
                // What a hub has not answered yet would be called off.
                if (m_stage->sink().pending() == 0)
                    end({});
                break;
            }
            if (!isDue() || !m_stage->hasRoom())
                break;
            m_isBusy = true;
            begin(*step);
        }
        if (!isGoing() || !isOver())
            break;
        m_isBusy = false;
        if (m_walk.advance())
            beginRound();
        ++steps;
        if (m_state == State::Stepping)
            pause();
    }
    m_isInTurn = false;
    if (isGoing() && steps == maxStepsPerTurn)
        m_timer.start(0);
}

/// Of an endless repetition. One that waits for nothing would leave no time to anybody.
void ScenarioRun::beginRound()
{
    if (m_due - m_roundDue < noTime)
        m_due = std::max<Seconds>(m_due, m_clock.elapsed()) + shortestRound;
    m_roundDue = m_due;
}

bool ScenarioRun::isOver()
{
    switch (m_waiting) {
    case Waiting::Nothing:
        return true;
    case Waiting::Time:
        if (!isDue())
            return false;
        m_stage->setSilent(false);
        return true;
    case Waiting::Pieces:
        while (m_nextPiece < m_pieces.size()) {
            if (!isDue() || !m_stage->hasRoom() || !sendNextPiece())
                return false;
        }
        return isDue();
    case Waiting::Production:
        if (!m_hasCompleted)
            return false;
        if (m_production)
            m_events += m_production->produced();
        m_production.reset();
        return isDue();
    case Waiting::Clients:
        m_due = m_clock.elapsed();
        return m_stage->clientCount() >= static_cast<int>(numberOf(*m_walk.current(), "count"));
    case Waiting::Resume:
        m_due = m_clock.elapsed();
        return std::exchange(m_hasResumed, false);
    }
    return true;
}

/// Else sets the timer. Whoever goes step by step does not want to wait.
bool ScenarioRun::isDue()
{
    const Seconds now = m_clock.elapsed();
    if (m_state == State::Stepping)
        m_due = std::min(m_due, now);
    if (now >= m_due)
        return true;
    const std::chrono::duration<double, std::milli> wait = m_due - now;
    m_timer.start(static_cast<int>(std::ceil(std::min(wait.count(), 60'000.0))));
    return false;
}

/// "1.2 (Send event)": the step that is being carried out.
QString ScenarioRun::currentName() const
{
    QStringList path;
    for (const int index : m_walk.path())
        path << QString::number(index + 1);
    return tr("%1 (%2)").arg(path.join(u'.'), label(formOf(m_walk.current()->kind)));
}

void ScenarioRun::fail(const QString &reason)
{
    end(tr("Step %1: %2").arg(currentName(), reason));
}

void ScenarioRun::end(const QString &problem)
{
    if (m_state == State::Ended)
        return;
    m_elapsedAtEnd = m_clock.elapsed();
    m_state = State::Ended;
    m_problem = problem;
    m_timer.stop();
    if (m_production)
        m_production->pause(); // deleted with this: it may be what calls
    m_stage->setSilent(false);
    Q_EMIT finished(problem);
}

ScenarioProgress ScenarioRun::progress() const
{
    ScenarioProgress progress;
    progress.name = m_scenario.name;
    progress.target = m_stage->name();
    progress.state = m_state == State::Ended    ? ScenarioProgress::State::Ended
                     : m_state == State::Paused ? ScenarioProgress::State::Paused
                                                : ScenarioProgress::State::Running;
    progress.step = m_walk.path();
    progress.rounds = m_walk.rounds();
    progress.events =
        m_events + (m_production ? m_production->produced() : 0) - static_cast<quint64>(m_stage->sink().pending());
    const Seconds elapsed = m_state == State::Ended ? m_elapsedAtEnd : Seconds(m_clock.elapsed());
    progress.elapsedMs = std::llround(elapsed.count() * 1000);
    progress.remark = remark();
    progress.problem = m_problem;
    return progress;
}

QString ScenarioRun::remark() const
{
    if (!isGoing())
        return {};
    if (m_isBusy && m_waiting == Waiting::Clients)
        return tr("Waits for clients");
    if (m_isBusy && m_waiting == Waiting::Resume)
        return tr("Waits for a client that resumes");
    if (m_stage->isHub() && (!m_stage->hasRoom() || (!m_isBusy && !m_walk.current())))
        return tr("Waits for the hub’s answers: %1").arg(m_stage->sink().pending());
    if (!m_stage->hasRoom())
        return tr("Waits for the slowest client");
    return {};
}

} // namespace weir::publish
