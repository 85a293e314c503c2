// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/status.h"

#include <QCoreApplication>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

QString causeWords(const char *text)
{
    return QCoreApplication::translate("ConnectionStatus", text);
}

QString withDetail(const QString &sentence, const QString &detail)
{
    return detail.isEmpty() ? sentence : sentence + u": "_s + detail;
}

/// E.g. "404 Not Found"; `detail` is the reason phrase.
QString statusLine(const ConnectionStatus &status)
{
    const QString number = QString::number(status.httpStatus);
    return status.detail.isEmpty() ? number : number + u' ' + status.detail;
}

QString responseText(const ConnectionStatus &status)
{
    switch (status.cause) {
    case Cause::Accepted:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "open"));
    case Cause::StatusNoContent:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the server asked to stop (status 204 No Content)"));
    case Cause::StatusRefused:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "refused with status %1")).arg(statusLine(status));
    case Cause::StatusTemporary:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "refused for now with status %1"))
            .arg(statusLine(status));
    case Cause::InterimResponse:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "interim status %1 in place of a response"))
            .arg(statusLine(status));
    case Cause::WrongContentType:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "not an event stream: the content type is %1"))
            .arg(status.detail);
    case Cause::MissingContentType:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus",
            "not an event stream: the response has no content type (or more than 100 header fields)"));
    case Cause::ContentEncodingUnsupported:
        return causeWords(
            QT_TRANSLATE_NOOP("ConnectionStatus", "the response is compressed in a way that Weir cannot read: %1"))
            .arg(status.detail);
    case Cause::DecodingFailed:
        return withDetail(
            causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the compressed body is damaged")), status.detail);
    case Cause::DecodedTooLarge:
        return withDetail(
            causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the compressed body grows beyond the limit")),
            status.detail);
    case Cause::RedirectWithoutLocation:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "redirected with status %1 without saying where to"))
            .arg(status.httpStatus);
    case Cause::RedirectInvalid:
        return withDetail(
            causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "redirected to a place that cannot be a stream")),
            status.detail);
    case Cause::TooManyRedirects:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "more than 20 redirects"));
    case Cause::RedirectLosesTls:
        return withDetail(
            causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "redirected from https to an unencrypted address")),
            status.detail);
    case Cause::RedirectTakesBody:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus",
                              "redirected to another origin, which is not given the request's body")),
            status.detail);
    default:
        return {};
    }
}

QString networkText(const ConnectionStatus &status)
{
    switch (status.cause) {
    case Cause::EndOfStream:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the server ended the stream"));
    case Cause::EndInsideEvent:
        return causeWords(
            QT_TRANSLATE_NOOP("ConnectionStatus", "the server ended the stream inside an event, which is discarded"));
    case Cause::ConnectionLost:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the connection was lost"));
    case Cause::ConnectionRefused:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "connection refused: no server is listening there"));
    case Cause::HostNotFound:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "host not found"));
    case Cause::TlsFailed:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "no encrypted connection")), status.detail);
    case Cause::CertificateRejected:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the server's certificate is not trusted")),
            status.detail);
    case Cause::OtherNetworkError:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "network error")), status.detail);
    case Cause::NoResponseInTime:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "no response in time"));
    case Cause::NoBytesInTime:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "no byte for %1, the idle timeout")).arg(status.detail);
    case Cause::TlsFilesUnusable:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "a certificate or key file cannot be used")),
            status.detail);
    case Cause::ProxyFailed:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "no way through the proxy")), status.detail);
    case Cause::ProxyAuthentication:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the proxy wants other credentials"));
    case Cause::RequestNotRepeated:
        return causeWords(
            QT_TRANSLATE_NOOP("ConnectionStatus", "the connection broke before the response; the server may "
                                                  "have taken the request, so it is not sent again"));
    case Cause::MemoryCeiling:
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus",
                              "HTTP/2 brought more than could be taken in time, and it cannot be slowed down")),
            status.detail);
    case Cause::NetworkDown:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the system has no network"));
    case Cause::NetworkBack:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the network is back"));
    case Cause::Resumed:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the machine was suspended"));
    case Cause::TooManyAttempts:
        return withDetail(
            causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "given up after too many attempts")), status.detail);
    case Cause::TooManyConnections:
        return causeWords(QT_TRANSLATE_NOOP(
            "ConnectionStatus", "too many open connections: the system's limit of open files is nearly reached"));
    default:
        return responseText(status);
    }
}

QString connectingText(const ConnectionStatus &status)
{
    if (status.attempt <= 1)
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "connecting"));
    return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "connecting, attempt %1")).arg(status.attempt);
}

} // namespace

QString text(const ConnectionStatus &status)
{
    if (status.state == ConnectionState::Connecting)
        return connectingText(status);
    if (status.state == ConnectionState::Open && !status.warning.isEmpty())
        return withDetail(causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "open")), status.warning);
    switch (status.cause) {
    case Cause::None:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "not connected"));
    case Cause::AskedByUser:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "disconnected"));
    case Cause::InvalidSettings:
        return withDetail(
            causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "the settings cannot be used")), status.detail);
    case Cause::ReconnectDisabled:
        return causeWords(
            QT_TRANSLATE_NOOP("ConnectionStatus", "the server ended the stream, and reconnecting is switched off"));
    default:
        return networkText(status);
    }
}

QString reasonText(const ConnectionStatus &status)
{
    if (status.cause == Cause::AskedByUser)
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "asked for by the user"));
    ConnectionStatus before = status;
    before.state = ConnectionState::Waiting;
    return text(before);
}

QString stateWord(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Idle:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "idle"));
    case ConnectionState::Connecting:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "connecting"));
    case ConnectionState::Open:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "open"));
    case ConnectionState::Waiting:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "waiting"));
    case ConnectionState::Closed:
        return causeWords(QT_TRANSLATE_NOOP("ConnectionStatus", "closed"));
    }
    return {};
}

} // namespace weir::subscribe
