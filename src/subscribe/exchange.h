// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/response.h"

#include <QList>
#include <QObject>

class QNetworkReply;
class QNetworkRequest;
class QSslError;

namespace weir::subscribe {

class NetworkPool;

/// One request and its response, with the ways of QNetworkReply straightened: one head, bytes that are read in full,
/// one end. Ingest thread. Must be deleted with deleteLater() while its signals run.
class Exchange : public QObject
{
    Q_OBJECT

public:
    /// Sends the request.
    Exchange(NetworkPool &pool, const QNetworkRequest &request, QObject *parent);
    ~Exchange() override;

    /// Drops the connection at once. No signal follows.
    void abandon();

    const ResponseHead &head() const { return m_head; }
    /// Takes up to `size` bytes of the body; 0 if none are left now. Requires reading until 0: the library makes room
    /// for more only then.
    qint64 read(char *buffer, qint64 size);
    bool isFinished() const { return m_isFinished; }
    /// Why it finished: EndOfStream, or what went wrong.
    Verdict ending() const;
    /// How often the library sent the request again by itself.
    int hiddenResends() const { return m_sends > 1 ? m_sends - 1 : 0; }

Q_SIGNALS:
    /// Once at most, before any readable(). Receivers may call abandon().
    void headReceived();
    /// After the head, whenever bytes have come.
    void readable();
    /// Once, unless abandoned; bytes may still wait to be read.
    void finished();

private:
    void connectReply();
    void takeHead();
    void noteCertificate(const QList<QSslError> &errors);
    void noteError();
    void finish();
    Cause errorCause() const;

    QNetworkReply *m_reply;
    ResponseHead m_head;
    QString m_certificateError;
    int m_sends = 0;
    bool m_isFinished = false;
};

} // namespace weir::subscribe
