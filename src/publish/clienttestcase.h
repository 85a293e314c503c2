// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttestscript.h"
#include "publish/httprequest.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <functional>

namespace weir::publish {

enum class ClientTestVerdict { NotRun, Pass, Fail, Unclear };

/// The word that reports use for it; never translated.
QString word(ClientTestVerdict verdict);

/// A verdict and why, in plain words.
struct ClientTestJudgement
{
    ClientTestVerdict verdict = ClientTestVerdict::NotRun;
    QString reason;
};

/// A request of the client under test. Times are microseconds since the case began.
struct ClientTestRequest
{
    qint64 time = 0;
    Request fields;
    QByteArray target;
    bool isGet = false;
    bool isDuringAnswer = false; ///< an earlier answer was still being given

    /// The value of Last-Event-ID; null if there is no such header.
    QByteArray lastEventId() const { return fields.header("last-event-id"); }
};

/// How the answer to a request ended.
struct ClientTestEnd
{
    qint64 time = -1; ///< negative: not yet
    bool isByClient = false;
};

/// All that a case's judge may know.
struct ClientTestObservation
{
    QList<ClientTestRequest> requests;
    QList<ClientTestEnd> ends; ///< of the answers, in the order of the requests

    /// From the end of answer `answer` to the request after it.
    std::chrono::microseconds delayAfter(qsizetype answer) const
    {
        return std::chrono::microseconds{requests.at(answer + 1).time - ends.at(answer).time};
    }
};

/// One thing that a client has to do, and how to find out from outside whether it does. What a client has understood of
/// a stream is seen in the Last-Event-ID with which it comes back.
struct ClientTestCase
{
    using Judge = std::function<ClientTestJudgement(const ClientTestObservation &)>;

    QString name = {}; ///< stable: scripts choose cases by it
    QString checks = {};
    QString rule = {}; ///< document and section title

    /// One for each request. The request after the last answer is awaited too, unless `stops`.
    QList<ClientTestScript> answers = {};
    bool needsFreshClient = false; ///< one that has received nothing yet
    /// The client must ask no more after the last answer: silence decides, and so does a further request.
    bool stops = false;
    qsizetype decidingAnswer = -1; ///< where silence decides from; negative: from the last answer on
    /// To stay away after this answer is a failure; after any other one it only leaves the case unclear.
    qsizetype mustComeBackAfter = -1;
    /// Why the case does not apply to a client with such a first request; empty if it does.
    std::function<QString(const ClientTestRequest &)> obstacle = {};
    Judge judge = {};

    bool hasAnswers() const { return !answers.isEmpty(); }
};

/// A line of what was seen and done.
struct ClientTestEntry
{
    enum class What { Request, Sent, End, ClientClosed, Program, Note };
    qint64 time = 0; ///< microseconds since the case began
    What what = What::Note;
    QString text;
};
/// The word that reports use for it; never translated.
QString word(ClientTestEntry::What what);

/// A finished case.
struct ClientTestResult
{
    QString name;
    ClientTestJudgement judgement;
    QList<ClientTestEntry> evidence;
    QString programOutput; ///< the end of what the client's program printed
    std::chrono::milliseconds duration{0};
};

} // namespace weir::publish

Q_DECLARE_METATYPE(weir::publish::ClientTestResult)
