// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/hubrequest.h"

#include "publish/onetimebody.h"

#include <QCoreApplication>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxAnswerBytes = 4096;
constexpr qsizetype maxQuotedCharacters = 200;

QString hubWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::HubPublisher", text);
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

/// WHATWG URL, "application/x-www-form-urlencoded serializing"; the percent form of a space is read alike everywhere.
void addField(QByteArray &form, const QByteArray &name, const QByteArray &value)
{
    if (!form.isEmpty())
        form += '&';
    form += name + '=' + value.toPercentEncoding();
}

QByteArray mercureForm(const HubSettings &hub, const sse::Message &message)
{
    QByteArray form;
    for (const QString &topic : hub.topics)
        addField(form, "topic", topic.toUtf8());
    addField(form, "data", bytes(*message.data));
    if (hub.isPrivate)
        addField(form, "private", "on");
    if (message.id && !message.id->empty())
        addField(form, "id", bytes(*message.id));
    if (!message.type.empty())
        addField(form, "type", bytes(message.type));
    if (message.retry)
        addField(form, "retry", QByteArray::number(qint64{message.retry->count()}));
    return form;
}

/// QNAM does nothing clever on its own: a redirected or repeated POST would publish elsewhere or twice.
void setAttributes(QNetworkRequest &request)
{
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
}

QString causeOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return hubWords("The hub does not accept the token, or the token does not allow this topic");
    case 404:
    case 405:
        return hubWords("Nothing takes events at this address");
    case 413:
        return hubWords("The message is too large for the hub");
    default:
        return hubWords(status >= 500 ? "The hub failed" : "The hub refused the message");
    }
}

QString quotation(const QByteArray &body)
{
    const QString text = QString::fromUtf8(body).simplified();
    // A page for browsers explains nothing.
    if (text.isEmpty() || text.startsWith(u'<'))
        return {};
    return u": “%1”"_s.arg(text.size() > maxQuotedCharacters ? text.first(maxQuotedCharacters) + u'…' : text);
}

} // namespace

QString leftOut(HubSettings::Kind kind, const sse::Message &message)
{
    QStringList parts;
    if (message.comment)
        parts << hubWords("the comment");
    if (kind == HubSettings::Kind::Nchan && message.id)
        parts << hubWords("the ID (nchan numbers messages itself)");
    if (kind == HubSettings::Kind::Nchan && message.retry)
        parts << hubWords("the reconnection time");
    if (kind == HubSettings::Kind::Mercure && message.id && message.id->empty())
        parts << hubWords("the empty ID");
    return parts.isEmpty() ? QString() : hubWords("The hub does not take: %1.").arg(parts.join(u", "_s));
}

tl::expected<HubRequest, QString> hubRequest(const HubSettings &hub, const sse::Message &message)
{
    if (const auto wrong = sse::check(message)) {
        const std::string_view text = sse::text(*wrong);
        return tl::unexpected(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
    if (!message.data)
        return tl::unexpected(hubWords("A hub takes events: without data there is nothing to publish."));
    HubRequest result{QNetworkRequest(hub.url), {}};
    setAttributes(result.request);
    result.request.setTransferTimeout(static_cast<int>(hub.timeout.count()));
    if (!hub.token.isEmpty())
        result.request.setRawHeader("Authorization", "Bearer " + hub.token);
    if (hub.kind == HubSettings::Kind::Mercure) {
        result.body = mercureForm(hub, message);
        result.request.setHeader(QNetworkRequest::ContentTypeHeader, "application/x-www-form-urlencoded"_ba);
    } else {
        result.body = bytes(*message.data);
        result.request.setHeader(QNetworkRequest::ContentTypeHeader, "text/plain; charset=utf-8"_ba);
        if (!message.type.empty())
            result.request.setRawHeader("X-EventSource-Event", bytes(message.type));
    }
    result.request.setHeader(QNetworkRequest::ContentLengthHeader, result.body.size());
    return result;
}

EventSink::Answer hubAnswer(const HubSettings &hub, QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = reply.isOpen() ? reply.read(maxAnswerBytes) : QByteArray(); // closed by a time-out
    // The status is the answer; an error after it concerns only the rest of the body.
    if (status >= 200 && status < 300)
        return {{}, hub.kind == HubSettings::Kind::Mercure ? body.trimmed() : QByteArray()};
    if (status >= 300 && status < 400) {
        const QString target = QString::fromUtf8(reply.rawHeader("Location"));
        return {hubWords("The hub points elsewhere (%1 %2): %3")
                    .arg(QString::number(status),
                        reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString(), target),
            {}};
    }
    if (status >= 400) {
        const QString phrase = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
        return {u"%1 (%2 %3)%4"_s.arg(causeOf(status), QString::number(status), phrase, quotation(body)), {}};
    }
    if (reply.error() == QNetworkReply::OperationCanceledError)
        return {hubWords("The hub did not answer within %1 s.").arg(hub.timeout.count() / 1000), {}};
    return {hubWords("The hub cannot be reached: %1").arg(reply.errorString()), {}};
}

} // namespace weir::publish
