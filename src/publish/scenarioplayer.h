// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenarioruns.h"
#include "publish/serverpart.h"

namespace weir::publish {

/// Plays scenarios on a publisher. Every function may be called on the thread that made the object and returns at once.
class ScenarioPlayer : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: the publisher must outlive this. Runs end with this.
    explicit ScenarioPlayer(Publisher &publisher, QObject *parent = nullptr);

    /// Answers a number that names the run. Every run ends with progressed() and the state Ended; so does one that
    /// cannot begin, because the publisher does not run or the target is none.
    int start(const Scenario &scenario, const Target &target, bool isPaused = false);
    void pause(int run);
    void resume(int run);
    /// Of a run that is paused: carries out one step and pauses again.
    void step(int run);
    void stop(int run);

Q_SIGNALS:
    /// At once where the state changes, else at most ten times a second.
    void progressed(const weir::publish::ScenarioProgress &progress);

private:
    void command(int run, ScenarioRuns::Command command);

    ServerPart<ScenarioRuns> m_runs;
    int m_next = 1;
};

} // namespace weir::publish
