// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenarioruns.h"

#include "publish/scenariorun.h"
#include "publish/server.h"

#include <chrono>

namespace weir::publish {

using namespace std::chrono_literals;

ScenarioRuns::ScenarioRuns()
    : m_reportTimer(this)
{
    qRegisterMetaType<ScenarioProgress>();
    m_reportTimer.setInterval(100ms);
    connect(&m_reportTimer, &QTimer::timeout, this, qOverload<>(&ScenarioRuns::report));
}

ScenarioRuns::~ScenarioRuns()
{
    for (const auto &[number, run] : m_runs)
        delete run;
}

void ScenarioRuns::open(Server &server)
{
    m_server = &server;
    connect(&server, &Server::stopping, this, &ScenarioRuns::stopOnServer);
}

void ScenarioRuns::start(int number, const Scenario &scenario, const Target &target, bool isPaused)
{
    if (!target.destination.hub && !m_server->isListening())
        return refuse(number, scenario, tr("The publisher does not run."));
    auto stage = std::make_unique<Stage>(*m_server, target);
    if (const QString problem = stage->problem(); !problem.isEmpty())
        return refuse(number, scenario, problem);
    auto *run = new ScenarioRun(scenario, std::move(stage), this);
    m_runs.emplace(number, run);
    connect(run, &ScenarioRun::stateChanged, this, [this, number] { report(number); });
    connect(run, &ScenarioRun::finished, this, [this, number] { finish(number); });
    m_reportTimer.start();
    run->start(isPaused);
    report(number);
}

void ScenarioRuns::refuse(int number, const Scenario &scenario, const QString &reason)
{
    ScenarioProgress progress;
    progress.run = number;
    progress.name = scenario.name;
    progress.state = ScenarioProgress::State::Ended;
    progress.problem = reason;
    Q_EMIT progressed(progress);
}

void ScenarioRuns::command(int number, Command command)
{
    const auto entry = m_runs.find(number);
    if (entry == m_runs.end())
        return;
    switch (command) {
    case Command::Pause:
        return entry->second->pause();
    case Command::Resume:
        return entry->second->resume();
    case Command::Step:
        return entry->second->stepOnce();
    case Command::Stop:
        return entry->second->stop();
    }
}

void ScenarioRuns::stopOnServer()
{
    std::vector<ScenarioRun *> runs; // stopping takes them out of the map
    for (const auto &[number, run] : m_runs) {
        if (run->needsServer())
            runs.push_back(run);
    }
    for (ScenarioRun *run : runs)
        run->stop();
}

void ScenarioRuns::finish(int number)
{
    report(number);
    const auto entry = m_runs.find(number);
    if (entry == m_runs.end())
        return;
    entry->second->deleteLater();
    m_runs.erase(entry);
    m_reported.erase(number);
    if (m_runs.empty())
        m_reportTimer.stop();
}

void ScenarioRuns::report()
{
    for (const auto &[number, run] : m_runs)
        report(number);
}

void ScenarioRuns::report(int number)
{
    const auto entry = m_runs.find(number);
    if (entry == m_runs.end())
        return;
    ScenarioProgress progress = entry->second->progress();
    progress.run = number;
    ScenarioProgress &reported = m_reported[number];
    if (progress == reported)
        return;
    reported = progress;
    Q_EMIT progressed(progress);
}

} // namespace weir::publish
