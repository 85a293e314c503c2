// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace weir::publish {

/// What a FaultyClient does wrong.
enum class ClientFault {
    None,
    UsesPost,
    AcceptsJsonOnly,
    AllowsCaches,
    InventsFirstId,
    NeverReturns,
    NeverReturnsFromCleanEnd, ///< it returns from a cut
    WaitsForClose,            ///< does not know the end of a body by its length
    GivesUpWithoutAnswer,
    ReturnsTwice,
    IgnoresRetry,
    ReadsRetryLikeAtoi,
    TakesRetryWithEvent,
    ForgetsRetry, ///< with each connection
    NeverBringsId,
    KeepsFirstId,
    ForgetsId, ///< with each connection
    KeepsIdWhenEmpty,
    TakesNulInId,
    SendsLatin1,
    NeedsDataForId,
    TakesIncompleteEvent,
    TakesIdAtOnce,
    NeedsSpace,
    SplitsAtLastColon,
    FoldsNames,
    ReadsComments,
    KeepsBom,
    DropsEveryBom,
    KnowsOnlyLf,
    HoldsCrBack, ///< until it has seen whether an LF follows
    CountsSplitCrLfTwice,
    KnowsMoreLineEnds,
    LimitsEvents,
    ComparesTypeExactly,
    ComparesTypeStart,
    AcceptsEveryType,
    AcceptsEveryStatus,
    RetriesServerErrors,
    TakesInterimForAnswer,
    HangsUpWhenSilent,
    FollowsNothing,
    FollowsForEver,
    WrapsRetry, ///< at 32 bits
    SendsBadRequest,
    SendsOnAndOn, ///< while it is being answered
};

/// A small SSE client over a raw socket that does one thing wrong, to show that a test of clients finds it.
class FaultyClient : public QObject
{
    Q_OBJECT

public:
    FaultyClient(const QUrl &url, ClientFault fault, QObject *parent = nullptr);
    ~FaultyClient() override;

private:
    bool has(ClientFault fault) const { return m_fault == fault; }
    void connectTo(const QUrl &url);
    void sendRequest();
    void read();
    void readHead();
    bool acceptsHead(const QByteArray &status);
    void followRedirect();
    void readBody();
    void readChunks();
    void endBody(bool isClean);
    void noteDisconnected();
    void comeBack();
    void giveUp();

    void feed(const QByteArray &bytes);
    void feedHoldingBack(const QByteArray &bytes);
    void takeLine(QByteArray line);
    void takeField(const QByteArray &name, const QByteArray &value);
    void takeRetry(const QByteArray &value);
    void dispatch();
    void beginStream();
    QByteArray field(const QByteArray &name) const;

    QUrl m_url;
    QUrl m_current;
    ClientFault m_fault;
    QTcpSocket m_socket;
    QTimer m_wait;
    QTimer m_silence;

    QByteArray m_input;
    QByteArray m_head;
    QByteArray m_line;
    QByteArray m_idBuffer;
    QByteArray m_lastId;
    std::optional<qint64> m_pendingRetry;
    qint64 m_retry = 100;
    qint64 m_length = -1;
    qsizetype m_eventSize = 0;
    int m_redirects = 0;
    int m_requests = 0;
    bool m_isChunked = false;
    bool m_isStream = false;
    bool m_hasData = false;
    bool m_isFirstLine = true;
    bool m_sawCr = false;
    bool m_holdsCr = false;
    bool m_isOver = false; ///< the answer
};

} // namespace weir::publish
