// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/replayplayer.h"

#include "publish/replayrun.h"

namespace weir::publish {

ReplayPlayer::ReplayPlayer(Publisher &publisher, QObject *parent)
    : QObject(parent)
    , m_desk(publisher)
{
    connect(&m_desk.part(), &ReplayDesk::progressed, this, &ReplayPlayer::progressed);
    m_desk.handOver();
}

void ReplayPlayer::open(const ReplaySource &source, const Target &target, const ReplayOptions &options)
{
    m_desk.tell([=](ReplayDesk &desk) { desk.openReplay(source, target, options); });
}

void ReplayPlayer::close()
{
    m_desk.tell([](ReplayDesk &desk) { desk.closeReplay(); });
}

void ReplayPlayer::tellRun(std::function<void(ReplayRun &)> task)
{
    m_desk.tell([task = std::move(task)](ReplayDesk &desk) {
        if (!desk.run())
            return;
        task(*desk.run());
        desk.report();
    });
}

void ReplayPlayer::play()
{
    tellRun([](ReplayRun &run) { run.play(); });
}

void ReplayPlayer::pause()
{
    tellRun([](ReplayRun &run) { run.pause(); });
}

void ReplayPlayer::seek(store::EventNumber number)
{
    tellRun([number](ReplayRun &run) { run.seek(number); });
}

void ReplayPlayer::setOptions(const ReplayOptions &options)
{
    tellRun([options](ReplayRun &run) { run.setOptions(options); });
}

void ReplayPlayer::stepEvent()
{
    tellRun([](ReplayRun &run) { run.stepEvent(); });
}

void ReplayPlayer::stepWrite()
{
    tellRun([](ReplayRun &run) { run.stepWrite(); });
}

} // namespace weir::publish
