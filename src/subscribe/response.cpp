// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/response.h"

#include "subscribe/contenttype.h"

namespace weir::subscribe {

namespace {

Cause causeOfStatus(int status)
{
    if (status < 200)
        return Cause::InterimResponse;
    if (status == 204)
        return Cause::StatusNoContent;
    if (status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599))
        return Cause::StatusTemporary;
    return Cause::StatusRefused;
}

bool isIdentity(const QByteArray &contentEncoding)
{
    const QByteArray coding = contentEncoding.trimmed().toLower();
    return coding.isEmpty() || coding == "identity";
}

} // namespace

Verdict judge(const ResponseHead &head)
{
    if (head.status != 200)
        return {causeOfStatus(head.status), shownText(head.reason)};
    const QByteArray essence = mimeEssence(head.contentType);
    if (head.contentType.trimmed().isEmpty())
        return {Cause::MissingContentType, {}};
    if (essence != "text/event-stream")
        return {Cause::WrongContentType, shownText(QString::fromUtf8(head.contentType))};
    if (!isIdentity(head.contentEncoding))
        return {Cause::ContentEncodingUnsupported, shownText(QString::fromUtf8(head.contentEncoding))};
    return {Cause::Accepted, {}};
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
