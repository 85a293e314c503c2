// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/testclientsession.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <cstdio>
#include <iostream>

namespace weir::cli {

using publish::ClientTest;
using publish::ClientTestPhase;
using publish::ClientTestVerdict;

namespace {

constexpr int nameWidth = 26;

void say(const QString &line)
{
    std::cerr << line.toStdString() << std::endl;
}

int listCases()
{
    for (const auto &each : ClientTest::cases())
        std::cout << each.name.leftJustified(nameWidth).toStdString() << each.checks.toStdString() << '\n';
    std::cout.flush();
    return std::cout.good() ? Success : Failure;
}

} // namespace

TestClientSession::TestClientSession(const TestClientOptions &options)
    : m_options(options)
{
    m_report.time = QDateTime::currentDateTime();
    m_report.command = options.test.command;
    connect(&m_test, &ClientTest::started, this, &TestClientSession::announce);
    connect(&m_test, &ClientTest::phaseChanged, this, &TestClientSession::tellPhase);
    connect(&m_test, &ClientTest::caseFinished, this, &TestClientSession::take);
    connect(&m_test, &ClientTest::finished, this, &TestClientSession::finish);
    connect(&m_test, &ClientTest::failed, this, [this](const QString &reason) {
        say(QStringLiteral("weir: ") + reason);
        Q_EMIT finished();
    });
    for (const auto signal : {&UnixSignals::stop, &UnixSignals::hangup}) {
        connect(&m_signals, signal, this, [this] {
            m_isStopped = true;
            m_test.stop();
        });
    }
}

TestClientSession::~TestClientSession() = default;

void TestClientSession::start()
{
    if (openOutput())
        m_test.start(m_options.test);
    else
        QMetaObject::invokeMethod(this, &TestClientSession::finished, Qt::QueuedConnection);
}

/// At the start already, so that a long run is not in vain.
bool TestClientSession::openOutput()
{
    if (m_options.outputFile.isEmpty()) {
        auto output = std::make_unique<QFile>();
        const bool isOpen = output->open(stdout, QIODevice::WriteOnly);
        m_output = std::move(output);
        return isOpen;
    }
    auto output = std::make_unique<QSaveFile>(m_options.outputFile);
    const bool isOpen = output->open(QIODevice::WriteOnly);
    if (!isOpen)
        say(tr("weir: cannot write %1: %2").arg(m_options.outputFile, output->errorString()));
    m_output = std::move(output);
    return isOpen;
}

void TestClientSession::announce(const QUrl &url, const QUrl &page)
{
    m_address = url.toString();
    if (m_options.test.command.isEmpty())
        say(tr("Start the client to be tested on %1 (a browser: open %2).").arg(m_address, page.toString()));
}

void TestClientSession::tellPhase(ClientTestPhase phase)
{
    if (phase == ClientTestPhase::AwaitingRestart)
        say(tr("Start the client anew on %1 (a browser: reload the page).").arg(m_address));
}

void TestClientSession::take(const publish::ClientTestResult &result)
{
    m_report.add(result);
    if (m_isStopped)
        return;
    say(QStringLiteral("%1/%2  ").arg(m_report.results.size(), 2).arg(m_options.test.cases.size()) +
        publish::word(result.judgement.verdict).leftJustified(9) + result.name);
}

void TestClientSession::finish()
{
    writeReport();
    Q_EMIT finished();
}

void TestClientSession::writeReport()
{
    const QByteArray report = m_options.asJson ? m_report.toJson() : m_report.toText().toUtf8();
    bool isWritten = m_output->write(report) == report.size() && m_output->flush();
    if (auto *file = qobject_cast<QSaveFile *>(m_output.get()))
        isWritten = file->commit();
    if (!isWritten)
        say(tr("weir: the report could not be written: %1").arg(m_output->errorString()));
    m_exitStatus = isWritten && isGood() ? Success : Failure;
}

bool TestClientSession::isGood() const
{
    return !m_isStopped && m_report.count(ClientTestVerdict::Fail) == 0 &&
           m_report.count(ClientTestVerdict::Pass) > 0 &&
           (!m_options.isStrict || m_report.count(ClientTestVerdict::Unclear) == 0);
}

int testClient(const TestClientOptions &options)
{
    if (options.onlyLists)
        return listCases();
    TestClientSession session(options);
    QObject::connect(&session, &TestClientSession::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    session.start();
    QCoreApplication::exec();
    return session.exitStatus();
}

} // namespace weir::cli
