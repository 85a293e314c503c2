// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/replaysource.h"
#include "publish/target.h"

#include <QTimer>

namespace weir::publish {

class ReplayRun;
class Server;

/// The half of ReplayPlayer on the publisher thread: at most one replay, which ends with the server.
class ReplayDesk : public QObject
{
    Q_OBJECT

public:
    ReplayDesk();
    ~ReplayDesk() override;

    void open(Server &server); ///< once, first

    void openReplay(const ReplaySource &source, const Target &target, const ReplayOptions &options);
    void closeReplay();
    ReplayRun *run() const { return m_run; } ///< null: none is open

Q_SIGNALS:
    /// At once where the state changes, else at most ten times a second.
    void progressed(const weir::publish::ReplayProgress &progress);

public:
    void report();

private:
    void refuse(const ReplaySource &source, const QString &reason);

    Server *m_server = nullptr;
    ReplayRun *m_run = nullptr; ///< child
    ReplayProgress m_reported;
    QTimer m_reportTimer;
};

} // namespace weir::publish
