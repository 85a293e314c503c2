// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestprogram.h"

#include <chrono>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace weir::publish {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 2s;
constexpr qsizetype maxOutput = 16 << 10;

} // namespace

ClientTestProgram::ClientTestProgram(QObject *parent)
    : QObject(parent)
    , m_process(this)
    , m_killTimer(this)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    // Runs between fork and exec: only what POSIX allows there.
    m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
    m_killTimer.setSingleShot(true);
    m_killTimer.setInterval(patience);
    connect(&m_killTimer, &QTimer::timeout, this, [this] { signalGroup(SIGKILL); });
    connect(&m_process, &QProcess::readyRead, this, &ClientTestProgram::read);
    connect(&m_process, &QProcess::errorOccurred, this, &ClientTestProgram::noteError);
    connect(&m_process, &QProcess::finished, this, &ClientTestProgram::noteEnd);
}

ClientTestProgram::~ClientTestProgram()
{
    m_process.disconnect(this);
    if (isRunning())
        signalGroup(SIGKILL);
}

QString ClientTestProgram::commandFault(const QString &command)
{
    if (QProcess::splitCommand(command).isEmpty())
        return tr("The command is empty.");
    // A quote that stands for itself is written three times.
    if (command.count(u'"') % 2 != 0)
        return tr("A double quote of the command is not closed.");
    if (!command.contains(u"{url}") && !command.contains(u"{page}"))
        return tr("The command has no {url} that stands for the address of the stream, and no {page}.");
    return {};
}

void ClientTestProgram::start(const QString &command, const QUrl &url, const QUrl &page)
{
    m_output.clear();
    QStringList words = QProcess::splitCommand(command);
    for (QString &text : words) {
        text.replace(QStringLiteral("{url}"), url.toString(QUrl::FullyEncoded));
        text.replace(QStringLiteral("{page}"), page.toString(QUrl::FullyEncoded));
    }
    const QString program = words.takeFirst();
    m_process.start(program, words);
    m_group = m_process.processId();
}

void ClientTestProgram::stop()
{
    if (!isRunning())
        return;
    signalGroup(SIGTERM);
    m_killTimer.start();
}

void ClientTestProgram::signalGroup(int number)
{
#ifdef Q_OS_UNIX
    if (m_group > 1)
        ::kill(static_cast<pid_t>(-m_group), number);
#endif
    // Its group exists only from the moment on in which the new process has made it.
    if (m_process.state() != QProcess::NotRunning && number == SIGKILL)
        m_process.kill();
    else if (m_process.state() != QProcess::NotRunning)
        m_process.terminate();
}

QString ClientTestProgram::output() const
{
    return QString::fromUtf8(m_output);
}

void ClientTestProgram::read()
{
    m_output += m_process.readAll();
    if (m_output.size() > maxOutput)
        m_output.remove(0, m_output.size() - maxOutput);
}

void ClientTestProgram::noteError(QProcess::ProcessError error)
{
    // Everything else is followed by finished().
    if (error == QProcess::FailedToStart)
        Q_EMIT ended(
            tr("The program %1 could not be started: %2.").arg(m_process.program(), m_process.errorString()), false);
}

void ClientTestProgram::noteEnd(int exitStatus, QProcess::ExitStatus how)
{
    read();
    m_killTimer.stop();
    // Its children have no further use, and would keep the next case from its files and ports.
    signalGroup(SIGKILL);
    m_group = 0;
    if (how == QProcess::CrashExit)
        Q_EMIT ended(tr("The program was ended by a signal."), false);
    else
        Q_EMIT ended(tr("The program ended by itself, with the exit status %1.").arg(exitStatus), exitStatus == 0);
}

} // namespace weir::publish
