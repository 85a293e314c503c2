// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/exchange.h"

#include "subscribe/networkpool.h"

#include <QNetworkReply>
#include <QSslError>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace weir::subscribe {

using namespace std::chrono_literals;

namespace {

/// How much the library may hold unread; beyond it TCP slows the server.
constexpr qint64 readBufferBytes = 256 * 1024;

} // namespace

Exchange::Exchange(NetworkPool &pool, const QNetworkRequest &request, QObject *parent)
    : QObject(parent)
    , m_reply(pool.get(request))
{
    m_reply->setReadBufferSize(readBufferBytes);
    connectReply();
}

Exchange::~Exchange()
{
    abandon();
    delete m_reply;
}

void Exchange::connectReply()
{
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { ++m_sends; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::readable);
    connect(m_reply, &QNetworkReply::sslErrors, this, &Exchange::noteCertificate);
    connect(m_reply, &QNetworkReply::errorOccurred, this, &Exchange::noteError);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::finish);
}

void Exchange::abandon()
{
    m_reply->disconnect(this);
    disconnect();
    m_isFinished = true;
    m_reply->abort();
}

qint64 Exchange::read(char *buffer, qint64 size)
{
    return m_reply->isOpen() ? std::max<qint64>(m_reply->read(buffer, size), 0) : 0;
}

void Exchange::takeHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_head.status != 0 || status == 0)
        return;
    m_head.status = status;
    m_head.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    m_head.contentType = m_reply->rawHeader("Content-Type");
    m_head.contentEncoding = m_reply->rawHeader("Content-Encoding");
    m_head.location = m_reply->rawHeader("Location");
    m_head.retryAfter = m_reply->rawHeader("Retry-After");
    Q_EMIT headReceived();
}

void Exchange::noteCertificate(const QList<QSslError> &errors)
{
    if (!errors.isEmpty())
        m_certificateError = errors.constFirst().errorString();
}

void Exchange::noteError()
{
    // The library can report an error and then never finish.
    QTimer::singleShot(1s, this, &Exchange::finish);
}

void Exchange::finish()
{
    if (std::exchange(m_isFinished, true))
        return;
    Q_EMIT finished();
}

Cause Exchange::errorCause() const
{
    switch (m_reply->error()) {
    case QNetworkReply::NoError:
        return m_head.status == 0 ? Cause::ConnectionLost : Cause::EndOfStream;
    case QNetworkReply::ConnectionRefusedError:
        return Cause::ConnectionRefused;
    case QNetworkReply::RemoteHostClosedError:
        return Cause::ConnectionLost;
    case QNetworkReply::HostNotFoundError:
        return Cause::HostNotFound;
    case QNetworkReply::TimeoutError:
        return m_head.status == 0 ? Cause::NoResponseInTime : Cause::ConnectionLost;
    case QNetworkReply::SslHandshakeFailedError:
        return m_certificateError.isEmpty() ? Cause::TlsFailed : Cause::CertificateRejected;
    default:
        return Cause::OtherNetworkError;
    }
}

Verdict Exchange::ending() const
{
    const Cause cause = errorCause();
    if (cause == Cause::CertificateRejected)
        return {cause, shownText(m_certificateError)};
    const bool saysMore = cause == Cause::OtherNetworkError || cause == Cause::TlsFailed;
    return {cause, saysMore ? shownText(m_reply->errorString()) : QString()};
}

} // namespace weir::subscribe
