// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/program.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

namespace weir::interop {

using namespace Qt::StringLiterals;

Program::Program(QObject *parent)
    : QObject(parent)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &Program::readLines);
    connect(
        &m_process, &QProcess::readyReadStandardError, this, [this] { m_errors += m_process.readAllStandardError(); });
    connect(&m_process, &QProcess::finished, this, [this] {
        readLines();
        m_hasEnded = true;
    });
}

Program::~Program()
{
    stop();
}

void Program::start(const QString &program, const QStringList &arguments)
{
    m_hasEnded = false;
    m_process.start(program, arguments);
}

void Program::signal(int number)
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
}

void Program::terminate()
{
    m_process.terminate();
}

void Program::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 5000)) {
        m_process.kill();
        (void)QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 5000);
    }
}

QList<QByteArray> Program::linesWith(const QByteArray &part) const
{
    QList<QByteArray> found;
    for (const auto &line : m_lines) {
        if (line.contains(part))
            found.append(line);
    }
    return found;
}

void Program::readLines()
{
    m_pending += m_process.readAllStandardOutput();
    qsizetype begin = 0;
    for (auto end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n', begin)) {
        m_lines.append(m_pending.mid(begin, end - begin));
        begin = end + 1;
    }
    m_pending.remove(0, begin);
}

QString peersFolder()
{
    return qEnvironmentVariable("WEIR_PEERS");
}

QString lacking(const QStringList &programs, bool needsNodePeers)
{
    QStringList missing;
    for (const auto &program : programs) {
        const bool isThere =
            program.startsWith(u'/') ? QFileInfo::exists(program) : !QStandardPaths::findExecutable(program).isEmpty();
        if (!isThere)
            missing.append(program);
    }
    if (needsNodePeers && peersFolder().isEmpty())
        missing.append(u"the Node packages"_s);
    if (missing.isEmpty())
        return {};
    return u"lacks %1: run tests/run --interop"_s.arg(missing.join(u", "_s));
}

} // namespace weir::interop
