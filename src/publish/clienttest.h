// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttestcase.h"

#include <QObject>
#include <QStringList>
#include <QThread>
#include <QUrl>

#include <memory>

namespace weir::publish {

class ClientTestRun;

/// What to test, and how.
struct ClientTestSettings
{
    QStringList cases; ///< names, in this order; empty: all
    QString command;   ///< starts the client anew for each case; empty: a person starts it
    quint16 port = 0;
    std::chrono::milliseconds timeout{10'000}; ///< longest wait for a request that should come by itself
    std::chrono::milliseconds startTimeout{0}; ///< longest wait for a person to start the client; 0: for ever
};

/// Who has to do something now.
enum class ClientTestPhase {
    AwaitingClient,  ///< the person: start the client
    AwaitingRestart, ///< the person: start it anew
    Answering,       ///< nobody: the client gets an answer
    AwaitingReturn,  ///< the client has to come back by itself
    AwaitingSilence, ///< the client has to stay away
};

/// Tests an SSE client: gives it answers that a server may give, right and wrong ones, and judges what it does by the
/// HTML Standard. Every function may be called on the thread that created the object and returns at once; results come
/// as signals on that thread. Destroying it ends a run and kills the client's program.
class ClientTest : public QObject
{
    Q_OBJECT

public:
    explicit ClientTest(QObject *parent = nullptr);
    ~ClientTest() override;

    /// All cases, in the order in which they run best: those that end a client for good come last.
    static const QList<ClientTestCase> &cases();
    /// Null if there is none with that name.
    static const ClientTestCase *find(const QString &name);

    /// Requires: not running, and all names exist.
    void start(const ClientTestSettings &settings);
    /// Leaves out what is left of the case.
    void skip();
    /// Ends at once; what has not run gets the verdict *not run*.
    void stop();
    bool isRunning() const { return m_run != nullptr; }

Q_SIGNALS:
    void started(const QUrl &url, const QUrl &page); ///< the stream, and a page that opens an EventSource on it
    void failed(const QString &reason);              ///< could not listen; not running
    void caseStarted(const QString &name);
    void phaseChanged(weir::publish::ClientTestPhase phase);
    void caseFinished(const weir::publish::ClientTestResult &result);
    void finished(); ///< every case has a result; not running

private:
    void noteEnd();

    QThread m_thread;
    ClientTestRun *m_run = nullptr; ///< lives and dies on m_thread
};

} // namespace weir::publish

Q_DECLARE_METATYPE(weir::publish::ClientTestPhase)
