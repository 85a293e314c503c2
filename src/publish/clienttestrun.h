// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttest.h"
#include "publish/clienttestprogram.h"
#include "publish/listener.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

namespace weir::publish {

class ClientTestConnection;

/// A run of client tests: serves the client what each case says, watches it, and judges. Lives on a thread of its own,
/// so that times are right however busy a window is; the signals are those of ClientTest.
///
/// A request that ends a case begins the next one, so that a client that comes back by itself walks through all cases.
class ClientTestRun : public QObject
{
    Q_OBJECT

public:
    explicit ClientTestRun(const ClientTestSettings &settings);
    ~ClientTestRun() override;

    void start();
    void skip();
    void stop();

Q_SIGNALS:
    void started(const QUrl &url, const QUrl &page);
    void failed(const QString &reason);
    void caseStarted(const QString &name);
    void phaseChanged(weir::publish::ClientTestPhase phase);
    void caseFinished(const weir::publish::ClientTestResult &result);
    void finished();

private:
    static constexpr std::chrono::seconds longestAnswer{60};

    const ClientTestCase &current() const { return m_cases.at(m_index); }
    bool hasCommand() const { return !m_settings.command.isEmpty(); }
    bool isWaitingForSilence() const;
    bool isOfFormerClient(const Request &request) const;

    void beginCase();
    void awaitClient();
    void startProgram();
    void take(qintptr descriptor);
    void route(ClientTestConnection *connection, const Request &request, const QByteArray &head);
    void admit(ClientTestConnection *connection, const ClientTestRequest &request, const QString &head);
    void learnUsualEnd();
    void giveAnswer(ClientTestConnection *connection);
    void noteMalformed(const QByteArray &bytes, int status);
    void noteFlood(qsizetype bytes);
    void forget(ClientTestConnection *connection);
    void noteSent(int answer, const QByteArray &bytes);
    void noteAnswerEnd(int answer, AnswerEnd end);
    void noteClosedByClient(int answer);
    void noteEnd(int answer, bool isByClient);
    void awaitFurther();
    std::chrono::milliseconds silence() const;
    void noteProgramEnd(const QString &how, bool isGood);
    void noteDeadline();

    void decide();
    void decideMissing(const QString &why);
    bool triesOtherEnd();
    void finishCase(const ClientTestJudgement &judgement);
    void leaveCase();
    void nextCase();
    void leaveOut(const QString &why);
    void endRun();
    void dropClients();
    void setPhase(ClientTestPhase phase);
    void note(ClientTestEntry::What what, const QString &text);

    ClientTestSettings m_settings;
    QList<ClientTestCase> m_cases;
    qsizetype m_index = -1;
    Listener m_listener;
    ClientTestProgram m_program;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    QPointer<ClientTestConnection> m_waiting; ///< whose request has no answer yet: it begins the next case
    ClientTestRequest m_waitingRequest;
    QString m_waitingHead;
    ClientTestObservation m_seen;
    QList<ClientTestEntry> m_evidence;
    QString m_programEnd; ///< how it ended, if it has
    ClientTestPhase m_phase = ClientTestPhase::AwaitingClient;
    AnswerEnd m_usualEnd = AnswerEnd::Clean;
    bool m_knowsUsualEnd = false;
    bool m_takesCleanEndAsFinal = false;
    bool m_hasHadClient = false;
    bool m_isFresh = false;    ///< the client that has asked last has received nothing yet
    QString m_startedCase;     ///< the one that the program was started for
    bool m_isLauncher = false; ///< the program only starts the client, and ends
    bool m_isLeaving = false;  ///< the case is over, its program not yet
    bool m_hasResult = false;  ///< the case has been judged
    bool m_isRepeating = false;
    bool m_isOver = false;
};

} // namespace weir::publish
