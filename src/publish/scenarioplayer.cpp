// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenarioplayer.h"

namespace weir::publish {

using Command = ScenarioRuns::Command;

ScenarioPlayer::ScenarioPlayer(Publisher &publisher, QObject *parent)
    : QObject(parent)
    , m_runs(publisher)
{
    connect(&m_runs.part(), &ScenarioRuns::progressed, this, &ScenarioPlayer::progressed);
    m_runs.handOver();
}

int ScenarioPlayer::start(const Scenario &scenario, const Target &target, bool isPaused)
{
    const int number = m_next++;
    m_runs.tell([=](ScenarioRuns &runs) { runs.start(number, scenario, target, isPaused); });
    return number;
}

void ScenarioPlayer::command(int run, Command command)
{
    m_runs.tell([run, command](ScenarioRuns &runs) { runs.command(run, command); });
}

void ScenarioPlayer::pause(int run)
{
    command(run, Command::Pause);
}

void ScenarioPlayer::resume(int run)
{
    command(run, Command::Resume);
}

void ScenarioPlayer::step(int run)
{
    command(run, Command::Step);
}

void ScenarioPlayer::stop(int run)
{
    command(run, Command::Stop);
}

} // namespace weir::publish
