// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/replaydesk.h"

#include "publish/replayrun.h"
#include "publish/server.h"

#include <chrono>

namespace weir::publish {

using namespace std::chrono_literals;

ReplayDesk::ReplayDesk()
    : m_reportTimer(this)
{
    qRegisterMetaType<ReplayProgress>();
    m_reportTimer.setInterval(100ms);
    connect(&m_reportTimer, &QTimer::timeout, this, &ReplayDesk::report);
}

ReplayDesk::~ReplayDesk()
{
    delete m_run;
}

void ReplayDesk::open(Server &server)
{
    m_server = &server;
    connect(&server, &Server::stopping, this, [this] {
        if (m_run && m_run->needsServer())
            closeReplay();
    });
}

void ReplayDesk::openReplay(const ReplaySource &source, const Target &target, const ReplayOptions &options)
{
    delete std::exchange(m_run, nullptr);
    if (!target.destination.hub && !m_server->isListening())
        return refuse(source, tr("The publisher does not run."));
    auto stage = std::make_unique<Stage>(*m_server, target);
    if (const QString problem = stage->problem(); !problem.isEmpty())
        return refuse(source, problem);
    m_run = new ReplayRun(source, options, std::move(stage), this);
    connect(m_run, &ReplayRun::stateChanged, this, &ReplayDesk::report);
    m_reportTimer.start();
    m_reported = {};
    report();
}

void ReplayDesk::refuse(const ReplaySource &source, const QString &reason)
{
    m_reportTimer.stop();
    ReplayProgress progress;
    progress.position = progress.begin = source.begin;
    progress.end = source.end;
    progress.problem = reason;
    Q_EMIT progressed(progress);
}

void ReplayDesk::closeReplay()
{
    if (!m_run)
        return;
    ReplayProgress progress = m_run->progress();
    progress.state = ReplayProgress::State::Closed;
    delete std::exchange(m_run, nullptr);
    m_reportTimer.stop();
    Q_EMIT progressed(progress);
}

void ReplayDesk::report()
{
    if (!m_run)
        return;
    const ReplayProgress progress = m_run->progress();
    if (progress == m_reported)
        return;
    m_reported = progress;
    Q_EMIT progressed(progress);
}

} // namespace weir::publish
