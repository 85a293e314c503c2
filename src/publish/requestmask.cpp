// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/accesslog.h"

#include <algorithm>

namespace weir::publish {

namespace {

bool namesSecret(const QByteArray &name)
{
    static const QByteArray words[] = {"token", "key", "secret", "auth", "pass", "sig", "jwt", "session", "credential"};
    const QByteArray lower = name.toLower();
    return std::any_of(
        std::begin(words), std::end(words), [&](const QByteArray &word) { return lower.contains(word); });
}

QByteArray maskedQuery(const QByteArray &query)
{
    QByteArrayList fields = query.split('&');
    for (QByteArray &field : fields) {
        const qsizetype equals = field.indexOf('=');
        if (equals >= 0 && namesSecret(field.left(equals)))
            field = field.left(equals + 1) + "***";
    }
    return fields.join('&');
}

/// What a decoded path may hold and a line of a table or a text may not.
QByteArray withoutControls(const QByteArray &path)
{
    QByteArray text;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte < 0x20 || byte == 0x7f ? '%' + QByteArray(1, c).toHex().toUpper() : QByteArray(1, c);
    }
    return text;
}

/// `GET /path?query HTTP/1.1`.
QByteArray maskedRequestLine(const QByteArray &line)
{
    const qsizetype question = line.indexOf('?');
    const qsizetype end = line.lastIndexOf(' ');
    if (question < 0 || end < question)
        return line;
    return line.left(question + 1) + maskedQuery(line.mid(question + 1, end - question - 1)) + line.mid(end);
}

QByteArray maskedField(const QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = line.left(colon).toLower();
    if (colon < 0 || !(namesSecret(name) || name == "cookie"))
        return line;
    const QByteArray value = line.mid(colon + 1).trimmed();
    const qsizetype space = value.indexOf(' ');
    const bool hasScheme = name.endsWith("authorization") && space > 0;
    return line.left(colon + 1) + ' ' + (hasScheme ? value.left(space + 1) : QByteArray()) + "***";
}

} // namespace

QByteArray maskedTarget(const QByteArray &path, const QByteArray &query)
{
    const QByteArray shown = withoutControls(path);
    return query.isEmpty() ? shown : shown + '?' + maskedQuery(query);
}

QByteArray maskedHead(const QByteArray &head)
{
    QByteArrayList lines = head.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool endsInCr = lines[i].endsWith('\r');
        const QByteArray line = endsInCr ? lines[i].chopped(1) : lines[i];
        lines[i] = (i == 0 ? maskedRequestLine(line) : maskedField(line)) + (endsInCr ? "\r" : "");
    }
    return lines.join('\n');
}

} // namespace weir::publish
