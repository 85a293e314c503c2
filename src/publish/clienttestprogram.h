// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

#include <csignal>

namespace weir::publish {

/// The program of the client under test, in a process group of its own, so that its children end with it. Thread of the
/// test.
class ClientTestProgram : public QObject
{
    Q_OBJECT

public:
    explicit ClientTestProgram(QObject *parent = nullptr);
    /// Kills what still runs.
    ~ClientTestProgram() override;

    /// Why `command` cannot be started as it is: one sentence; empty if it can.
    static QString commandFault(const QString &command);

    /// `{url}` stands for the stream, `{page}` for a page that opens an EventSource on it. No shell. Requires: none
    /// runs.
    void start(const QString &command, const QUrl &url, const QUrl &page);
    /// SIGTERM, and SIGKILL to what is still there after two seconds; ended() follows.
    void stop();
    /// SIGKILL; ended() follows.
    void kill() { signalGroup(SIGKILL); }
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// The end of what it has printed, to both outputs.
    QString output() const;

Q_SIGNALS:
    /// `how`: a sentence. `isGood`: by itself, with the exit status 0.
    void ended(const QString &how, bool isGood);

private:
    void read();
    void noteError(QProcess::ProcessError error);
    void noteEnd(int exitStatus, QProcess::ExitStatus how);
    void signalGroup(int number);

    QProcess m_process;
    QTimer m_killTimer;
    QByteArray m_output;
    qint64 m_group = 0; ///< as long as the program runs
};

} // namespace weir::publish
