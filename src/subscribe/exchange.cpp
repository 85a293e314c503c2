// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/exchange.h"

#include "subscribe/networkpool.h"
#include "subscribe/settings.h"
#include "subscribe/tlsreport.h"

#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray shownValue(const QByteArray &name, const QByteArray &value)
{
    if (isSecretHeader(name))
        return "***";
    const bool isAddress = name.toLower().endsWith("location");
    return isAddress ? displayUrl(QUrl(QString::fromUtf8(value))).toUtf8() : value;
}

/// The library tells names, values and reason, but not whether the server said 1.0 or 1.1.
QByteArray responseHead(const QNetworkReply &reply, const ResponseHead &head, bool isHttp2)
{
    QByteArray text = (isHttp2 ? "HTTP/2 " : "HTTP/1.x ") + QByteArray::number(head.status);
    if (!head.reason.isEmpty())
        text += ' ' + head.reason.toUtf8();
    text += "\r\n";
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        const QByteArray shown = shownValue(name, value);
        for (const QByteArray &line : shown.split('\n'))
            text += name + ": " + line + "\r\n";
    }
    return text;
}

} // namespace

Exchange::Exchange(NetworkPool &pool, const StreamRequest &request, const NetworkRoute &route,
    std::size_t memoryCeiling, QObject *parent)
    : QObject(parent)
    , m_reply(pool.send(request, route))
    , m_mask(request.secretTexts)
    , m_memoryCeiling(memoryCeiling)
    , m_usesHttp2(route.usesHttp2)
    , m_acceptsInvalid(route.acceptsInvalid)
    , m_isRepeatable(isIdempotent(request.method))
{
    m_report.method = request.method;
    m_report.url = m_mask.masked(QUrl(displayUrl(request.request.url())));
    m_report.requestHead = m_mask.masked(request.maskedHead);
    m_report.requestBodyBytes = request.body.size();
    m_report.proxy = proxyText(route.proxy);
    // Over HTTP/2 the library takes whatever comes, and a buffer would only hide how much that is.
    m_reply->setReadBufferSize(m_usesHttp2 ? 0 : usualReadBuffer);
    connectReply();
}

Exchange::~Exchange()
{
    if (m_reply)
        m_reply->disconnect(this);
    delete m_reply;
}

void Exchange::setReadBuffer(qint64 bytes)
{
    if (m_reply && !m_usesHttp2)
        m_reply->setReadBufferSize(bytes);
}

void Exchange::connectReply()
{
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, &Exchange::noteConnecting);
    connect(m_reply, &QNetworkReply::requestSent, this, &Exchange::noteSent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::noteReadable);
    connect(m_reply, &QNetworkReply::encrypted, this, &Exchange::noteEncrypted);
    connect(m_reply, &QNetworkReply::sslErrors, this, &Exchange::noteCertificate);
    connect(m_reply, &QNetworkReply::errorOccurred, this, &Exchange::noteError);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::finish);
}

std::chrono::nanoseconds Exchange::sinceStart() const
{
    return std::chrono::steady_clock::now() - m_start;
}

void Exchange::abandon()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    disconnect();
    m_isFinished = true;
    // Not abort(): a reply complains when the server's error reaches it after that. Deleting it ends the connection.
    m_reply->deleteLater();
    m_reply = nullptr;
}

qint64 Exchange::read(char *buffer, qint64 size)
{
    if (!m_rest.isEmpty()) {
        const qint64 count = std::min<qint64>(size, m_rest.size() - m_restRead);
        std::copy_n(m_rest.constData() + m_restRead, count, buffer);
        m_restRead += count;
        return count;
    }
    return m_reply && m_reply->isOpen() ? std::max<qint64>(m_reply->read(buffer, size), 0) : 0;
}

/// When data and the end of the connection come at once, the library takes it for a connection that failed before the
/// response, and begins again by itself: a second response would go on in the middle of the first.
void Exchange::noteConnecting()
{
    if (m_head.status == 0 || m_isFinished)
        return;
    m_isLost = true;
    m_isFinished = true;
    m_rest = m_reply->readAll();
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
    Q_EMIT finished();
}

void Exchange::noteSent()
{
    ++m_sends;
    m_report.hiddenResends = m_sends - 1;
    if (!m_report.sent)
        m_report.sent = sinceStart();
    Q_EMIT sent();
}

void Exchange::takeHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_head.status != 0 || status == 0)
        return;
    m_head.status = status;
    fillHead();
    Q_EMIT headReceived();
}

void Exchange::fillHead()
{
    m_head.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    m_head.contentType = m_reply->rawHeader("Content-Type");
    m_head.contentEncoding = m_reply->rawHeader("Content-Encoding");
    m_head.location = m_reply->rawHeader("Location");
    m_head.retryAfter = m_reply->rawHeader("Retry-After");
    m_head.setCookie = m_reply->rawHeader("Set-Cookie");
    const bool isHttp2 = m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    m_report.status = m_head.status;
    m_report.headReceived = sinceStart();
    m_report.httpVersion = isHttp2 ? u"HTTP/2"_s : u"HTTP/1.1"_s;
    m_report.responseHead = m_mask.masked(responseHead(*m_reply, m_head, isHttp2));
    if (isHttp2)
        m_report.requestHead = asHttp2Head(m_report.requestHead, m_report.url);
}

void Exchange::noteEncrypted()
{
    m_report.encrypted = sinceStart();
    m_report.tls = tlsReport(m_reply->sslConfiguration());
    m_report.tls->problems = m_certificateProblems;
    m_report.tls->isAcceptedAnyway = !m_certificateProblems.isEmpty();
}

void Exchange::noteCertificate(const QList<QSslError> &errors)
{
    for (const QSslError &error : errors) {
        const QString problem = shownText(error.errorString());
        if (!m_certificateProblems.contains(problem))
            m_certificateProblems << problem;
    }
    if (m_acceptsInvalid) {
        m_reply->ignoreSslErrors();
    } else {
        m_report.tls = tlsReport(m_reply->sslConfiguration());
        m_report.tls->problems = m_certificateProblems;
    }
}

void Exchange::noteError()
{
    // The library can report an error and then never finish.
    QTimer::singleShot(1s, this, &Exchange::finish);
}

void Exchange::noteReadable()
{
    const auto waiting = static_cast<std::size_t>(std::max<qint64>(m_reply->bytesAvailable(), 0));
    if (m_usesHttp2 && waiting > m_memoryCeiling && m_rest.isEmpty()) {
        giveUp();
        return;
    }
    Q_EMIT readable();
}

void Exchange::giveUp()
{
    m_isFinished = true;
    m_rest = m_reply->readAll();
    m_reply->abort();
    Q_EMIT finished();
}

void Exchange::finish()
{
    if (std::exchange(m_isFinished, true))
        return;
    Q_EMIT finished();
}

Cause Exchange::errorCause() const
{
    const Cause cause = errorCauseOfReply();
    const bool isOnTheWay = cause == Cause::ConnectionRefused || cause == Cause::OtherNetworkError;
    return isOnTheWay && !m_report.proxy.isEmpty() && !m_report.sent ? Cause::ProxyFailed : cause;
}

Cause Exchange::errorCauseOfReply() const
{
    switch (m_reply->error()) {
    case QNetworkReply::NoError:
        return m_head.status == 0 ? Cause::ConnectionLost : Cause::EndOfStream;
    case QNetworkReply::ConnectionRefusedError:
        return Cause::ConnectionRefused;
    case QNetworkReply::RemoteHostClosedError:
        return !m_isRepeatable && m_head.status == 0 ? Cause::RequestNotRepeated : Cause::ConnectionLost;
    case QNetworkReply::ContentReSendError:
        return !m_isRepeatable && m_head.status == 0 ? Cause::RequestNotRepeated : Cause::ConnectionLost;
    case QNetworkReply::HostNotFoundError:
        return Cause::HostNotFound;
    case QNetworkReply::TimeoutError:
        return m_head.status == 0 ? Cause::NoResponseInTime : Cause::ConnectionLost;
    case QNetworkReply::SslHandshakeFailedError:
        return m_certificateProblems.isEmpty() ? Cause::TlsFailed : Cause::CertificateRejected;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return Cause::ProxyAuthentication;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return Cause::ProxyFailed;
    default:
        return Cause::OtherNetworkError;
    }
}

Verdict Exchange::ending() const
{
    if (m_isLost)
        return {Cause::ConnectionLost, {}, {}};
    if (!m_rest.isEmpty())
        return {Cause::MemoryCeiling,
            tr("%1 MiB waited, the ceiling is %2 MiB").arg(m_rest.size() >> 20).arg(m_memoryCeiling >> 20), {}};
    const Cause cause = errorCause();
    if (cause == Cause::CertificateRejected)
        return {cause, m_certificateProblems.constFirst(), {}};
    const bool saysMore = cause == Cause::OtherNetworkError || cause == Cause::TlsFailed || cause == Cause::ProxyFailed;
    return {cause, saysMore ? shownText(m_reply->errorString()) : QString(), {}};
}

} // namespace weir::subscribe
