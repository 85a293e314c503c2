// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/attemptreport.h"
#include "subscribe/networkroute.h"
#include "subscribe/request.h"
#include "subscribe/response.h"
#include "subscribe/secretmask.h"

#include <QList>
#include <QObject>

class QNetworkReply;
class QSslError;

namespace weir::subscribe {

class NetworkPool;

/// How much of a body the library may hold unread; beyond it TCP slows the server.
inline constexpr qint64 usualReadBuffer = 256 * 1024;

/// One request and its response, with the ways of QNetworkReply straightened: one head, bytes that are read in full,
/// one end. Ingest thread. Must be deleted with deleteLater() while its signals run.
class Exchange : public QObject
{
    Q_OBJECT

public:
    /// Sends the request. `memoryCeiling`: bytes that may wait unread where the library cannot be held back (HTTP/2).
    Exchange(NetworkPool &pool, const StreamRequest &request, const NetworkRoute &route, std::size_t memoryCeiling,
        QObject *parent);
    ~Exchange() override;

    /// How many bytes of the body the library may hold unread, so that no more is taken off the network. HTTP/1.1 only.
    void setReadBuffer(qint64 bytes);

    /// Drops the connection at once. No signal follows.
    void abandon();

    const ResponseHead &head() const { return m_head; }
    /// Grows while the exchange goes on; times are since it was made.
    const HopReport &report() const { return m_report; }
    /// Takes up to `size` bytes of the body; 0 if none are left now. Requires reading until 0: the library makes room
    /// for more only then.
    qint64 read(char *buffer, qint64 size);
    bool isFinished() const { return m_isFinished; }
    /// Why it finished: EndOfStream, or what went wrong.
    Verdict ending() const;

Q_SIGNALS:
    /// At least once if the server was reached: the request is out, and the server is to answer.
    void sent();
    /// Once at most, before any readable(). Receivers may call abandon().
    void headReceived();
    /// After the head, whenever bytes have come.
    void readable();
    /// Once, unless abandoned; bytes may still wait to be read.
    void finished();

private:
    void connectReply();
    void noteConnecting();
    void noteSent();
    void takeHead();
    void fillHead();
    void noteEncrypted();
    void noteCertificate(const QList<QSslError> &errors);
    void noteError();
    void noteReadable();
    void giveUp();
    void finish();
    Cause errorCause() const;
    Cause errorCauseOfReply() const;
    std::chrono::nanoseconds sinceStart() const;

    QNetworkReply *m_reply; ///< null once abandoned or lost
    ResponseHead m_head;
    HopReport m_report;
    QStringList m_certificateProblems;
    store::MonotonicTime m_start = std::chrono::steady_clock::now();
    SecretMask m_mask;
    std::size_t m_memoryCeiling;
    QByteArray m_rest; ///< what waited when the reply was given up: it is still read, and nothing after it
    qint64 m_restRead = 0;
    int m_sends = 0;
    bool m_usesHttp2;
    bool m_acceptsInvalid;
    bool m_isRepeatable;
    bool m_isFinished = false;
    bool m_isLost = false; ///< the connection, after the head
};

} // namespace weir::subscribe
