// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestrun.h"

#include "publish/clienttestconnection.h"
#include "publish/clienttestevidence.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

using namespace std::chrono_literals;
using What = ClientTestEntry::What;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

constexpr auto shortestSilence = 3s;
constexpr auto longestSilence = 20s;
constexpr auto programStartTime = 60s; ///< a browser on a busy machine needs many seconds
constexpr auto settleTime = 100ms;     ///< for what a program that has ended had still sent

} // namespace

ClientTestRun::ClientTestRun(const ClientTestSettings &settings)
    : m_settings(settings)
    , m_listener(this)
    , m_program(this)
    , m_deadline(this)
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, &ClientTestRun::noteDeadline);
    connect(&m_listener, &Listener::arrived, this, &ClientTestRun::take);
    connect(&m_program, &ClientTestProgram::ended, this, &ClientTestRun::noteProgramEnd);
}

ClientTestRun::~ClientTestRun()
{
    // A connection that closes as it is destroyed would still tell of it.
    dropClients();
}

void ClientTestRun::start()
{
    for (const QString &name : std::as_const(m_settings.cases)) {
        if (const auto *chosen = ClientTest::find(name))
            m_cases.append(*chosen);
    }
    if (m_settings.cases.isEmpty())
        m_cases = ClientTest::cases();
    if (const QString error = m_listener.listen(QHostAddress(QHostAddress::LocalHost), m_settings.port);
        !error.isEmpty()) {
        m_isOver = true;
        Q_EMIT failed(error);
        return;
    }
    Q_EMIT started(m_listener.url().resolved(QUrl(QStringLiteral("/events"))),
        m_listener.url().resolved(QUrl(QStringLiteral("/"))));
    nextCase();
}

void ClientTestRun::nextCase()
{
    if (m_isOver)
        return;
    if (!std::exchange(m_isRepeating, false))
        ++m_index;
    if (m_index >= m_cases.size())
        endRun();
    else
        beginCase();
}

void ClientTestRun::beginCase()
{
    m_seen = {};
    m_evidence.clear();
    m_clock.start();
    m_isLauncher = false;
    m_hasResult = false;
    Q_EMIT caseStarted(current().name);
    if (m_waiting && current().needsFreshClient && !m_isFresh) {
        m_waiting->drop();
        m_waiting = nullptr;
    }
    if (ClientTestConnection *connection = std::exchange(m_waiting, nullptr)) {
        m_waitingRequest.time = 0;
        m_waitingRequest.isDuringAnswer = false;
        admit(connection, m_waitingRequest, m_waitingHead);
    } else {
        awaitClient();
    }
}

void ClientTestRun::awaitClient()
{
    if (hasCommand()) {
        setPhase(ClientTestPhase::Answering);
        m_deadline.start(std::max<milliseconds>(m_settings.timeout, programStartTime));
        startProgram();
        return;
    }
    setPhase(m_hasHadClient ? ClientTestPhase::AwaitingRestart : ClientTestPhase::AwaitingClient);
    if (m_settings.startTimeout > 0ms)
        m_deadline.start(m_settings.startTimeout);
}

void ClientTestRun::startProgram()
{
    QUrl url = m_listener.url();
    QUrl page = url;
    m_startedCase = current().name;
    url.setPath(u'/' + m_startedCase);
    page.setPath(QStringLiteral("/page/") + m_startedCase);
    note(What::Program, tr("The client is started on %1.").arg(url.toString()));
    m_program.start(m_settings.command, url, page);
}

bool ClientTestRun::isWaitingForSilence() const
{
    const auto last = current().answers.size() - 1;
    const auto deciding = current().decidingAnswer < 0 ? last : current().decidingAnswer;
    return current().stops && m_seen.requests.size() - 1 >= deciding;
}

void ClientTestRun::awaitFurther()
{
    const bool awaitsSilence = isWaitingForSilence();
    setPhase(awaitsSilence ? ClientTestPhase::AwaitingSilence : ClientTestPhase::AwaitingReturn);
    if (hasCommand() && !m_program.isRunning() && !m_isLauncher)
        m_deadline.start(settleTime);
    else if (awaitsSilence)
        m_deadline.start(silence());
    else
        m_deadline.start(m_settings.timeout);
}

/// A client that takes its time to come back anyway has to stay away longer before its silence means anything.
milliseconds ClientTestRun::silence() const
{
    milliseconds usual{0};
    if (m_seen.requests.size() > 1 && !m_seen.ends.isEmpty() && m_seen.ends.first().time >= 0)
        usual = std::chrono::duration_cast<milliseconds>(m_seen.delayAfter(0));
    return std::clamp<milliseconds>(4 * usual, shortestSilence, longestSilence);
}

void ClientTestRun::noteEnd(int answer, bool isByClient)
{
    if (answer < 0 || answer >= m_seen.ends.size())
        return;
    m_seen.ends[answer] = {m_clock.nsecsElapsed() / 1000, isByClient};
    if (answer == m_seen.requests.size() - 1)
        awaitFurther();
}

void ClientTestRun::noteProgramEnd(const QString &how, bool isGood)
{
    if (m_isOver) {
        Q_EMIT finished();
        return;
    }
    if (std::exchange(m_isLeaving, false)) {
        nextCase();
        return;
    }
    note(What::Program, how);
    // Some commands only tell a program that runs already what to do.
    if (isGood && m_seen.requests.isEmpty())
        m_isLauncher = true;
    m_programEnd = how;
    const bool isAnswering = m_phase == ClientTestPhase::Answering && !m_seen.requests.isEmpty();
    if (!m_isLauncher && !isAnswering)
        m_deadline.start(settleTime);
}

void ClientTestRun::noteDeadline()
{
    switch (m_phase) {
    case ClientTestPhase::AwaitingSilence:
        decide();
        break;
    case ClientTestPhase::AwaitingReturn:
        decideMissing(hasCommand() && !m_program.isRunning() && !m_isLauncher
                          ? tr("It did not come back: %1").arg(m_programEnd)
                          : tr("It did not connect again within %1.").arg(inSeconds(m_settings.timeout)));
        break;
    case ClientTestPhase::Answering:
        if (m_seen.requests.isEmpty())
            decideMissing(m_program.isRunning() || m_isLauncher ? tr("No request came.") : m_programEnd);
        else
            decideMissing(tr("It did not take all of an answer within %1 s.").arg(longestAnswer.count()));
        break;
    default:
        leaveOut(tr("No client was started within %1.").arg(inSeconds(m_settings.startTimeout)));
    }
}

void ClientTestRun::decide()
{
    finishCase(current().judge(m_seen));
}

void ClientTestRun::decideMissing(const QString &why)
{
    if (triesOtherEnd())
        return;
    const bool isFailure = !m_seen.requests.isEmpty() && m_seen.requests.size() - 1 == current().mustComeBackAfter;
    finishCase({isFailure ? ClientTestVerdict::Fail : ClientTestVerdict::Unclear, why});
    // What has brought nobody once will not do so sixty times.
    if (hasCommand() && !m_hasHadClient)
        leaveOut(tr("The command has brought no client."));
}

/// True: the case runs again, with another usual end.
bool ClientTestRun::triesOtherEnd()
{
    if (m_seen.requests.isEmpty())
        return false;
    const AnswerEnd last = current().answers.at(m_seen.requests.size() - 1).ending();
    m_takesCleanEndAsFinal = m_takesCleanEndAsFinal || last == AnswerEnd::Clean;
    if (m_knowsUsualEnd || last != AnswerEnd::Usual || !hasCommand())
        return false;
    m_knowsUsualEnd = m_usualEnd == AnswerEnd::Cut;
    m_usualEnd = m_usualEnd == AnswerEnd::Clean ? AnswerEnd::Cut : AnswerEnd::Clean;
    if (m_knowsUsualEnd)
        return false;
    m_isRepeating = true;
    leaveCase();
    return true;
}

void ClientTestRun::finishCase(const ClientTestJudgement &judgement)
{
    m_deadline.stop();
    ClientTestResult result{
        current().name, judgement, std::exchange(m_evidence, {}), {}, milliseconds{m_clock.elapsed()}};
    if (hasCommand())
        result.programOutput = m_program.output();
    m_hasResult = true;
    Q_EMIT caseFinished(result);
    leaveCase();
}

/// Goes on to the next case, as soon as the program has ended if each case has its own.
void ClientTestRun::leaveCase()
{
    m_deadline.stop();
    const bool isNextAsked = m_index + 1 < m_cases.size() && !m_cases.at(m_index + 1).hasAnswers();
    const bool goesOn = !hasCommand() || (m_waiting && m_isFresh && isNextAsked && !m_isRepeating);
    for (ClientTestConnection *connection :
        findChildren<ClientTestConnection *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!goesOn || (connection->answer() >= 0 && connection != m_waiting))
            connection->drop();
    }
    if (goesOn) {
        nextCase();
        return;
    }
    m_waiting = nullptr;
    m_isLeaving = m_program.isRunning();
    if (m_isLeaving)
        m_program.stop();
    else
        QMetaObject::invokeMethod(this, &ClientTestRun::nextCase, Qt::QueuedConnection);
}

void ClientTestRun::skip()
{
    if (m_isOver || m_isLeaving || m_index < 0)
        return;
    finishCase({ClientTestVerdict::NotRun, tr("Skipped.")});
}

void ClientTestRun::stop()
{
    leaveOut(tr("The run was stopped."));
}

/// Ends the run; what has no result yet gets this one.
void ClientTestRun::leaveOut(const QString &why)
{
    if (m_isOver)
        return;
    for (auto i = std::max<qsizetype>(m_index, 0) + (m_hasResult ? 1 : 0); i < m_cases.size(); ++i) {
        Q_EMIT caseFinished({m_cases.at(i).name, {ClientTestVerdict::NotRun, why},
            i == m_index ? m_evidence : QList<ClientTestEntry>(), {}, 0ms});
    }
    endRun();
}

void ClientTestRun::endRun()
{
    m_isOver = true;
    m_deadline.stop();
    m_listener.close();
    dropClients();
    if (m_program.isRunning())
        m_program.kill();
    else
        Q_EMIT finished();
}

void ClientTestRun::dropClients()
{
    for (ClientTestConnection *connection : findChildren<ClientTestConnection *>(QString(), Qt::FindDirectChildrenOnly))
        connection->drop();
}

void ClientTestRun::setPhase(ClientTestPhase phase)
{
    m_phase = phase;
    Q_EMIT phaseChanged(phase);
}

void ClientTestRun::note(What what, const QString &text)
{
    m_evidence.append({m_clock.nsecsElapsed() / 1000, what, text});
}

} // namespace weir::publish
