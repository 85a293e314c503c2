// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>

namespace weir::interop {

/// A program that a test starts: collects its lines, and ends it (and only it) when the test is over.
class Program : public QObject
{
    Q_OBJECT

public:
    explicit Program(QObject *parent = nullptr);
    ~Program() override;

    void start(const QString &program, const QStringList &arguments);
    void write(const QByteArray &bytes) { m_process.write(bytes); }
    void closeInput() { m_process.closeWriteChannel(); }
    void terminate();
    /// By the number of <csignal>.
    void signal(int number);
    /// SIGTERM, then waits for the end, so that a port is free again.
    void stop();

    bool isRunning() const { return m_process.state() == QProcess::Running; }
    bool hasEnded() const { return m_hasEnded; }
    int exitStatus() const { return m_process.exitCode(); }
    const QList<QByteArray> &lines() const { return m_lines; }
    QByteArray lastLine() const { return m_lines.isEmpty() ? QByteArray() : m_lines.last(); }
    /// Lines that contain `part`.
    QList<QByteArray> linesWith(const QByteArray &part) const;
    QByteArray errors() const { return m_errors; }

private:
    void readLines();

    QProcess m_process;
    QByteArray m_pending;
    QByteArray m_errors;
    QList<QByteArray> m_lines;
    bool m_hasEnded = false;
};

/// The folder in which `tests/run --interop` has installed the Node peers; empty if it has not run.
QString peersFolder();
/// What is missing of `programs` and (if asked for) the Node peers, as a sentence for QSKIP; empty if nothing is.
QString lacking(const QStringList &programs, bool needsNodePeers);

} // namespace weir::interop
