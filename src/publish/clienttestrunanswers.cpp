// SPDX-License-Identifier: GPL-3.0-or-later
// What a run of client tests does with the requests that come.
#include "publish/clienttestconnection.h"
#include "publish/clienttestevidence.h"
#include "publish/clienttestrun.h"

#include <QFile>

#include <algorithm>
#include <utility>

namespace weir::publish {

using namespace std::chrono_literals;
using What = ClientTestEntry::What;

namespace {

constexpr int aside = 1'000'000; ///< the number of every answer that belongs to no case

/// So that a client on a page from elsewhere can be tested too; there is nothing here to be kept from anybody.
QByteArray corsFields(const Request &request)
{
    const QByteArray origin = request.header("origin");
    if (origin.isEmpty())
        return {};
    return "Access-Control-Allow-Origin: " + origin + "\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n";
}

QByteArray preflightFields(const Request &request)
{
    QByteArray fields = "Access-Control-Allow-Methods: GET\r\nAccess-Control-Max-Age: 600\r\n";
    if (const QByteArray wanted = request.header("access-control-request-headers"); !wanted.isEmpty())
        fields += "Access-Control-Allow-Headers: " + wanted + "\r\n";
    return fields;
}

QByteArray browserPage()
{
    QFile file(QStringLiteral(":/publisher/clienttest.html"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray word(const QByteArray &head, qsizetype index)
{
    return head.first(std::max<qsizetype>(head.indexOf('\r'), 0)).split(' ').value(index);
}

} // namespace

void ClientTestRun::take(qintptr descriptor)
{
    auto *connection = new ClientTestConnection(descriptor, this);
    connect(connection, &ClientTestConnection::requested, this,
        [this, connection](const Request &request, const QByteArray &head) { route(connection, request, head); });
    connect(
        connection, &ClientTestConnection::malformed, this, [this, connection](const QByteArray &bytes, int status) {
            forget(connection);
            noteMalformed(bytes, status);
        });
    connect(connection, &ClientTestConnection::flooded, this, [this, connection](qsizetype bytes) {
        forget(connection);
        noteFlood(bytes);
    });
    connect(connection, &ClientTestConnection::sent, this, &ClientTestRun::noteSent);
    connect(connection, &ClientTestConnection::answerEnded, this, &ClientTestRun::noteAnswerEnd);
    connect(connection, &ClientTestConnection::closedByClient, this, &ClientTestRun::noteClosedByClient);
}

/// A client that was ended with its case may have left a request that is read only when the next one has begun.
bool ClientTestRun::isOfFormerClient(const Request &request) const
{
    const QString name = QString::fromUtf8(request.path.mid(1));
    return hasCommand() && name != m_startedCase &&
           std::any_of(
               m_cases.begin(), m_cases.end(), [&name](const ClientTestCase &each) { return each.name == name; });
}

void ClientTestRun::route(ClientTestConnection *connection, const Request &request, const QByteArray &head)
{
    if (m_isOver || m_isLeaving || isOfFormerClient(request)) {
        connection->drop();
        return;
    }
    const auto answer = [&](const ClientTestScript &script) {
        connection->play(aside, script, AnswerEnd::Clean, corsFields(request));
    };
    if (request.method == Method::Options) {
        note(What::Note, tr("A browser asked first whether the request is allowed (CORS preflight)."));
        answer(ClientTestScript::answer("204 No Content", preflightFields(request)));
    } else if (request.path == "/" || request.path.startsWith("/page/")) {
        answer(ClientTestScript::answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", browserPage()));
    } else if (request.path == "/favicon.ico") {
        answer(ClientTestScript::answer("404 Not Found"));
    } else {
        ClientTestRequest seen{m_clock.nsecsElapsed() / 1000, request, word(head, 1), word(head, 0) == "GET", false};
        seen.isDuringAnswer =
            std::any_of(m_seen.ends.begin(), m_seen.ends.end(), [](const ClientTestEnd &end) { return end.time < 0; });
        admit(connection, seen, printableHead(head));
    }
}

void ClientTestRun::admit(ClientTestConnection *connection, const ClientTestRequest &request, const QString &head)
{
    const bool isStart = m_seen.requests.isEmpty() && (hasCommand() || m_phase == ClientTestPhase::AwaitingClient ||
                                                          m_phase == ClientTestPhase::AwaitingRestart);
    m_isFresh = m_isFresh || isStart;
    m_hasHadClient = true;
    m_deadline.stop();
    m_seen.requests.append(request);
    note(What::Request, head);
    learnUsualEnd();
    const QString obstacle =
        m_seen.requests.size() == 1 && current().obstacle ? current().obstacle(request) : QString();
    if (obstacle.isEmpty() && m_seen.requests.size() <= current().answers.size()) {
        giveAnswer(connection);
        return;
    }
    m_waiting = connection;
    m_waitingRequest = request;
    m_waitingHead = head;
    if (obstacle.isEmpty())
        decide();
    else
        finishCase({ClientTestVerdict::NotRun, obstacle});
}

/// What a client comes back after tells how streams can be ended so that it does.
void ClientTestRun::learnUsualEnd()
{
    const auto last = m_seen.requests.size() - 2;
    if (m_knowsUsualEnd || last < 0 || last >= current().answers.size() || m_seen.ends.at(last).time < 0)
        return;
    const AnswerEnd end = current().answers.at(last).ending();
    if (end == AnswerEnd::Cut && m_takesCleanEndAsFinal)
        m_usualEnd = AnswerEnd::Cut;
    m_knowsUsualEnd = end == AnswerEnd::Usual || end == AnswerEnd::Clean || m_usualEnd == AnswerEnd::Cut;
}

void ClientTestRun::giveAnswer(ClientTestConnection *connection)
{
    const auto number = m_seen.requests.size() - 1;
    m_isFresh = false;
    m_seen.ends.append(ClientTestEnd{});
    setPhase(ClientTestPhase::Answering);
    m_deadline.start(longestAnswer);
    connection->play(
        static_cast<int>(number), current().answers.at(number), m_usualEnd, corsFields(m_seen.requests.last().fields));
}

void ClientTestRun::noteMalformed(const QByteArray &bytes, int status)
{
    if (m_isOver || m_isLeaving || m_index < 0)
        return;
    note(What::Request, printable(bytes, 4096));
    finishCase({ClientTestVerdict::Fail,
        tr("It sent a request that is no valid HTTP/1.1; a strict server answers it with %1.").arg(status)});
}

void ClientTestRun::noteFlood(qsizetype bytes)
{
    if (m_isOver || m_isLeaving || m_index < 0)
        return;
    note(What::Note, tr("It sent %1 KiB that nobody had asked for, and was cut off.").arg(bytes >> 10));
    finishCase({ClientTestVerdict::Fail, tr("It went on sending while it had to wait: an event source only listens.")});
}

/// Its connection ends, so it cannot begin the next case.
void ClientTestRun::forget(ClientTestConnection *connection)
{
    if (m_waiting == connection)
        m_waiting = nullptr;
}

void ClientTestRun::noteSent(int answer, const QByteArray &bytes)
{
    if (answer == aside)
        return;
    // Single bytes would be a line each.
    const bool isPiece = current().answers.at(answer).isByteByByte();
    if (isPiece && !m_evidence.isEmpty() && m_evidence.last().what == What::Sent)
        m_evidence.last().text += printable(bytes);
    else
        note(What::Sent, printable(bytes));
}

void ClientTestRun::noteAnswerEnd(int answer, AnswerEnd end)
{
    if (answer == aside)
        return;
    switch (end) {
    case AnswerEnd::Reset:
        note(What::End, tr("Reset by Weir."));
        break;
    case AnswerEnd::Cut:
        note(What::End, tr("Cut off by Weir, without the last chunk."));
        break;
    case AnswerEnd::KeptAlive:
        note(What::End, tr("The answer is complete; the connection stays open."));
        break;
    default:
        note(What::End, tr("Ended by Weir."));
    }
    noteEnd(answer, false);
}

void ClientTestRun::noteClosedByClient(int answer)
{
    if (answer < 0 || answer == aside || m_isOver || m_isLeaving)
        return;
    note(What::ClientClosed, tr("The client hung up."));
    noteEnd(answer, true);
}

} // namespace weir::publish
