// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestevidence.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace weir::publish {

namespace {

constexpr std::array<QByteArrayView, 5> secretHeaders{
    "authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"};

struct EvidenceText
{
    Q_DECLARE_TR_FUNCTIONS(ClientTestEvidence)
};

void append(QString &text, char byte)
{
    switch (byte) {
    case '\n':
        text += QStringLiteral("\\n");
        return;
    case '\r':
        text += QStringLiteral("\\r");
        return;
    case '\\':
        text += QStringLiteral("\\\\");
        return;
    default:
        break;
    }
    const auto value = static_cast<unsigned char>(byte);
    if (value >= ' ' && value < 0x7f)
        text += QLatin1Char(byte);
    else
        text += QStringLiteral("\\x%1").arg(value, 2, 16, QLatin1Char('0'));
}

bool isSecret(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = line.first(std::max<qsizetype>(colon, 0)).toByteArray().trimmed().toLower();
    return std::find(secretHeaders.begin(), secretHeaders.end(), name) != secretHeaders.end();
}

} // namespace

QString printable(QByteArrayView bytes, qsizetype limit)
{
    QString text;
    for (const char byte : bytes.first(std::min(bytes.size(), limit)))
        append(text, byte);
    if (bytes.size() > limit)
        text += EvidenceText::tr("… (in all %1 bytes)").arg(bytes.size());
    return text;
}

QString printableHead(QByteArrayView head)
{
    QStringList lines;
    for (const QByteArray &line : head.toByteArray().split('\n')) {
        const QByteArrayView bare = line.endsWith('\r') ? QByteArrayView(line).chopped(1) : QByteArrayView(line);
        if (isSecret(bare))
            lines.append(printable(bare.first(bare.indexOf(':') + 1)) + EvidenceText::tr(" (hidden)"));
        else if (!bare.isEmpty())
            lines.append(printable(bare));
    }
    return lines.join(QLatin1Char('\n'));
}

QString inSeconds(std::chrono::microseconds time)
{
    return EvidenceText::tr("%1 s").arg(static_cast<double>(time.count()) / 1e6, 0, 'f', 3);
}

} // namespace weir::publish
