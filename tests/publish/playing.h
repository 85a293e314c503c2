// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/scenariojson.h"
#include "publish/scenarioplayer.h"

#include <QSignalSpy>
#include <QTest>

namespace weir::publish {

/// A scenario whose file has these steps.
inline Scenario scenarioOf(const QByteArray &steps)
{
    const auto reading = readScenario("{\"weirScenario\": 1, \"name\": \"test\", \"steps\": [" + steps + "]}");
    if (!reading.scenario)
        qWarning("%s", qPrintable(reading.problem.sentence()));
    return reading.scenario.value_or(Scenario());
}

/// A running publisher with a player of scenarios, and what that reported last.
class Playing
{
public:
    explicit Playing(const PublisherSettings &settings = quiet())
        : publisher(settings)
        , player(*publisher)
    {
        QObject::connect(&player, &ScenarioPlayer::progressed, &player,
            [this](const ScenarioProgress &progress) { last[progress.run] = progress; });
    }

    /// No heartbeats come between.
    static PublisherSettings quiet()
    {
        PublisherSettings settings;
        settings.heartbeat = std::chrono::milliseconds(0);
        return settings;
    }

    int start(const QByteArray &steps, bool isPaused = false) { return player.start(scenarioOf(steps), {}, isPaused); }

    bool hasEnded(int run) const { return last.count(run) > 0 && last.at(run).state == ScenarioProgress::State::Ended; }

    RunningPublisher publisher;
    ScenarioPlayer player;
    std::map<int, ScenarioProgress> last;
};

/// What a client got after the comment that begins every stream.
inline QByteArray streamOf(const RawClient &client)
{
    const QByteArray body = client.body();
    return body.startsWith(":\n\n") ? body.mid(3) : body;
}

} // namespace weir::publish
