// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/publishendpoint.h"

#include "publish/publishbody.h"
#include "publish/settings.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

QByteArray digestOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
}

/// Takes the same time wherever the digests differ.
bool areEqual(const QByteArray &a, const QByteArray &b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i)
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

PlainAnswer refusal(int status, const QString &reason)
{
    PlainAnswer answer = errorAnswer(status);
    answer.body = reason.toUtf8() + '\n';
    return answer;
}

/// Empty, or why one of the messages cannot be sent.
QString refusalOf(const QList<sse::Message> &messages, const Channel &channel)
{
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QString reason = channel.refusal(messages[i]);
        if (!reason.isEmpty() && messages.size() > 1) {
            return QCoreApplication::translate("weir::publish::PublishEndpoint", "message %1: %2")
                .arg(QString::number(i + 1), reason);
        }
        if (!reason.isEmpty())
            return reason;
    }
    return {};
}

} // namespace

void PublishEndpoint::configure(const PublisherSettings &settings)
{
    m_tokenDigest = settings.publishToken.isEmpty() ? QByteArray() : digestOf(settings.publishToken);
    m_maxBytes = settings.maxPublishBytes;
}

bool PublishEndpoint::isAuthorized(const Request &request) const
{
    const QByteArray credentials = request.header("authorization");
    const qsizetype space = credentials.indexOf(' ');
    return space > 0 && credentials.first(space).toLower() == "bearer" &&
           areEqual(digestOf(credentials.mid(space + 1).trimmed()), m_tokenDigest);
}

BodyPlan PublishEndpoint::planBody(const Request &request) const
{
    if (!isAuthorized(request))
        return {BodyPlan::Use::Refuse, 0};
    return {BodyPlan::Use::Keep, m_maxBytes};
}

PlainAnswer PublishEndpoint::answer(const Request &request, Channel &channel) const
{
    if (!isAuthorized(request))
        return errorAnswer(401);
    const QByteArray coding = request.header("content-encoding");
    if (!coding.isEmpty() && coding.compare("identity", Qt::CaseInsensitive) != 0)
        return refusal(415, QCoreApplication::translate(
                                "weir::publish::PublishEndpoint", "A body with a Content-Encoding is not read."));
    const PublishBody body = readPublishBody(request.header("content-type"), request.query, request.body);
    if (body.status != 0)
        return refusal(body.status, body.error);
    if (const QString reason = refusalOf(body.messages, channel); !reason.isEmpty())
        return refusal(400, reason);
    QJsonArray ids;
    for (const sse::Message &message : body.messages) {
        const QByteArray id = channel.send(message, true).id;
        ids.append(id.isEmpty() ? QJsonValue() : QJsonValue(QString::fromUtf8(id)));
    }
    QJsonObject result{{u"published"_s, ids.size()}};
    if (ids.size() == 1)
        result.insert(u"id"_s, ids.first());
    else
        result.insert(u"ids"_s, ids);
    PlainAnswer answer;
    answer.contentType = "application/json";
    answer.body = QJsonDocument(result).toJson(QJsonDocument::Compact) + '\n';
    return answer;
}

} // namespace weir::publish
