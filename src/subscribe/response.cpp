// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/response.h"

#include "subscribe/contenttype.h"

#include <QCoreApplication>

namespace weir::subscribe {

namespace {

Cause causeOfStatus(int status)
{
    if (status < 200)
        return Cause::InterimResponse;
    if (status == 204)
        return Cause::StatusNoContent;
    if (status == 407)
        return Cause::ProxyAuthentication;
    if (status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599))
        return Cause::StatusTemporary;
    return Cause::StatusRefused;
}

bool isExpected(const QByteArray &essence, BodyFormat format)
{
    if (format == BodyFormat::EventStream)
        return essence == "text/event-stream";
    static const QByteArrayList jsonLines{"application/x-ndjson", "application/ndjson", "application/jsonl",
        "application/x-jsonl", "application/jsonlines", "application/x-jsonlines", "application/json-lines",
        "application/json-seq", "application/stream+json"};
    return jsonLines.contains(essence);
}

QString letPass(const ResponseHead &head)
{
    const QString type = shownText(QString::fromUtf8(head.contentType));
    return type.isEmpty() ? QCoreApplication::translate("Response", "no content type; accepted by choice")
                          : QCoreApplication::translate("Response", "content type %1; accepted by choice").arg(type);
}

} // namespace

Verdict judge(const ResponseHead &head, const SubscriptionSettings &settings)
{
    if (head.status != 200)
        return {causeOfStatus(head.status), shownText(head.reason), {}};
    if (isExpected(mimeEssence(head.contentType), settings.bodyFormat))
        return {Cause::Accepted, {}, {}};
    if (settings.acceptsAnyContentType)
        return {Cause::Accepted, {}, letPass(head)};
    if (head.contentType.trimmed().isEmpty())
        return {Cause::MissingContentType, {}, {}};
    return {Cause::WrongContentType, shownText(QString::fromUtf8(head.contentType)), {}};
}

QString shownText(const QString &text)
{
    constexpr qsizetype longest = 200;
    QString shown;
    for (const QChar c : text.left(longest))
        shown.append(c.category() == QChar::Other_Control ? QChar(QChar::ReplacementCharacter) : c);
    if (text.size() > longest)
        shown.append(QChar(u'…'));
    return shown.trimmed();
}

} // namespace weir::subscribe
