// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/contenttype.h"

#include "subscribe/settings.h"

#include <QList>

namespace weir::subscribe {

namespace {

/// Fetch Standard, "get, decode, and split": commas inside quoted strings do not separate.
QList<QByteArray> splitValues(const QByteArray &fieldValue)
{
    QList<QByteArray> values;
    QByteArray value;
    bool isQuoted = false;
    for (qsizetype i = 0; i < fieldValue.size(); ++i) {
        const char c = fieldValue[i];
        if (c == ',' && !isQuoted) {
            values.append(value);
            value.clear();
            continue;
        }
        value.append(c);
        if (c == '"')
            isQuoted = !isQuoted;
        else if (c == '\\' && isQuoted && i + 1 < fieldValue.size())
            value.append(fieldValue[++i]);
    }
    values.append(value);
    return values;
}

/// MIME Sniffing Standard, "parse a MIME type", as far as the essence: empty for a failure.
QByteArray essence(const QByteArray &value)
{
    const QByteArray type = value.split(';').constFirst().trimmed().toLower();
    const qsizetype slash = type.indexOf('/');
    if (slash < 0 || !isToken(type.left(slash)) || !isToken(type.mid(slash + 1)))
        return {};
    return type;
}

} // namespace

QByteArray mimeEssence(const QByteArray &fieldValue)
{
    QByteArray last;
    const QList<QByteArray> values = splitValues(fieldValue);
    for (const QByteArray &value : values) {
        const QByteArray candidate = essence(value);
        if (!candidate.isEmpty() && candidate != "*/*")
            last = candidate;
    }
    return last;
}

} // namespace weir::subscribe
