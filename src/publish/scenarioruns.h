// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenario.h"
#include "publish/scenarioprogress.h"
#include "publish/target.h"

#include <QTimer>

#include <map>

namespace weir::publish {

class ScenarioRun;
class Server;

/// The runs of scenarios on a server, any number beside each other. Those that play to its clients end
/// when it stops. Publisher thread only.
class ScenarioRuns : public QObject
{
    Q_OBJECT

public:
    ScenarioRuns();
    ~ScenarioRuns() override;

    void open(Server &server); ///< once, first

    enum class Command { Pause, Resume, Step, Stop };
    void start(int number, const Scenario &scenario, const Target &target, bool isPaused);
    void command(int number, Command command);
    void stopOnServer(); ///< those that play to its clients

Q_SIGNALS:
    /// At once where the state changes, else at most ten times a second; last with the state Ended.
    void progressed(const weir::publish::ScenarioProgress &progress);

private:
    void report();
    void report(int number);
    void refuse(int number, const Scenario &scenario, const QString &reason);
    void finish(int number);

    Server *m_server = nullptr;
    std::map<int, ScenarioRun *> m_runs; ///< children
    std::map<int, ScenarioProgress> m_reported;
    QTimer m_reportTimer;
};

} // namespace weir::publish
