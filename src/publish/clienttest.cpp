// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttest.h"

#include "publish/clienttestcases.h"
#include "publish/clienttestrun.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

ClientTest::ClientTest(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<ClientTestResult>();
    qRegisterMetaType<ClientTestPhase>();
    m_thread.setObjectName(QStringLiteral("client test"));
}

ClientTest::~ClientTest()
{
    // Nothing in a run blocks, so its thread ends at once.
    m_thread.quit();
    m_thread.wait();
}

const QList<ClientTestCase> &ClientTest::cases()
{
    static const QList<ClientTestCase> list = ClientTestCases::all();
    return list;
}

const ClientTestCase *ClientTest::find(const QString &name)
{
    const auto found = std::find_if(
        cases().begin(), cases().end(), [&name](const ClientTestCase &candidate) { return candidate.name == name; });
    return found == cases().end() ? nullptr : &*found;
}

void ClientTest::start(const ClientTestSettings &settings)
{
    Q_ASSERT(!m_run);
    m_thread.start();
    m_run = new ClientTestRun(settings);
    m_run->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_run, &QObject::deleteLater);
    connect(m_run, &ClientTestRun::started, this, &ClientTest::started);
    connect(m_run, &ClientTestRun::caseStarted, this, &ClientTest::caseStarted);
    connect(m_run, &ClientTestRun::phaseChanged, this, &ClientTest::phaseChanged);
    connect(m_run, &ClientTestRun::caseFinished, this, &ClientTest::caseFinished);
    connect(m_run, &ClientTestRun::failed, this, [this](const QString &reason) {
        noteEnd();
        Q_EMIT failed(reason);
    });
    connect(m_run, &ClientTestRun::finished, this, [this] {
        noteEnd();
        Q_EMIT finished();
    });
    QMetaObject::invokeMethod(m_run, [run = m_run] { run->start(); });
}

void ClientTest::noteEnd()
{
    if (ClientTestRun *run = std::exchange(m_run, nullptr))
        run->deleteLater();
}

void ClientTest::skip()
{
    if (m_run)
        QMetaObject::invokeMethod(m_run, [run = m_run] { run->skip(); });
}

void ClientTest::stop()
{
    if (m_run)
        QMetaObject::invokeMethod(m_run, [run = m_run] { run->stop(); });
}

} // namespace weir::publish
