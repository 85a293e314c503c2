// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace weir::cli {

/// Turns SIGINT, SIGTERM and SIGHUP into Qt signals on the thread of this object; SIGPIPE is ignored, so that a closed
/// pipe shows as a failed write, and SIGTTIN, so that the terminal of others shows as a failed read. SIGHUP stays
/// ignored where it was, as nohup(1) wants it. At most one object at a time. A blocked write() returns with EINTR when
/// a signal comes.
class UnixSignals : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

    /// True from the first SIGINT or SIGTERM on; may be asked by any thread, also while the event loop does not run.
    static bool stopRequested();

Q_SIGNALS:
    void stop();   ///< SIGINT or SIGTERM
    void hangup(); ///< SIGHUP: the terminal was closed, or somebody asks to begin anew

private:
    void read();

    QSocketNotifier m_notifier;
};

} // namespace weir::cli
