// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelsettings.h"

#include "publish/requestline.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace weir::publish {

namespace {

constexpr qsizetype maxPathBytes = 1024;
constexpr qsizetype maxHeaderBytes = 8 << 10;
constexpr qsizetype maxOwnHeaders = 50;

QString channelWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::ChannelSettings", text);
}

/// What delimits the body or concerns one hop, and what follows from the request or from other settings.
bool isDecidedByServer(const QByteArray &lowerName)
{
    constexpr std::array<QByteArrayView, 13> names{"connection", "keep-alive", "proxy-connection", "proxy-authenticate",
        "te", "trailer", "transfer-encoding", "upgrade", "content-length", "content-encoding", "content-type", "date",
        "access-control-max-age"};
    return std::find(names.begin(), names.end(), QByteArrayView(lowerName)) != names.end() ||
           lowerName.startsWith("access-control-allow-");
}

QString pathProblem(const QString &path)
{
    if (!path.startsWith(QLatin1Char('/')) || path.startsWith(QLatin1String("//")))
        return channelWords("it must begin with one slash");
    if (path.toUtf8().size() > maxPathBytes)
        return channelWords("it has more than %1 bytes").arg(maxPathBytes);
    const bool hasBadCharacter = std::any_of(path.begin(), path.end(), [](QChar c) {
        return c.unicode() <= ' ' || c.unicode() == 0x7f || c == QLatin1Char('?') || c == QLatin1Char('#');
    });
    return hasBadCharacter ? channelWords("it has a space, a control character, “?” or “#”") : QString();
}

} // namespace

QString channelPathFault(const QString &path)
{
    const QString problem = pathProblem(path);
    return problem.isEmpty() ? QString() : channelWords("“%1” cannot be a path: %2.").arg(path, problem);
}

QString headerFault(const QByteArray &name, const QByteArray &value)
{
    const QString shown = QString::fromUtf8(name);
    if (!isToken(name))
        return channelWords("“%1” cannot be the name of a header.").arg(shown);
    if (isDecidedByServer(name.toLower()))
        return channelWords("The header %1 is decided by the server itself.").arg(shown);
    const auto bad = std::find_if(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < ' ' && byte != '\t') || byte == 0x7f;
    });
    if (bad != value.end()) {
        return channelWords("The value of the header %1 has a control character at byte %2.")
            .arg(shown, QString::number(bad - value.begin() + 1));
    }
    if (value != value.trimmed())
        return channelWords("The value of the header %1 begins or ends with a space, which HTTP would drop.")
            .arg(shown);
    if (name.size() + value.size() > maxHeaderBytes)
        return channelWords("The header %1 has more than %2 bytes.").arg(shown, QString::number(maxHeaderBytes));
    return {};
}

QString faultOf(const ChannelSettings &settings)
{
    if (QString fault = channelPathFault(settings.path); !fault.isEmpty())
        return fault;
    if (settings.historyEvents < 0 || settings.historyBytes < 0 || settings.historyAge.count() < 0 ||
        settings.sendLast < 0 || settings.heartbeat.count() < 0 || settings.maxLife.count() < 0 ||
        settings.returnSpread.count() < 0 || (settings.retry && settings.retry->count() < 0))
        return channelWords("A number of the channel %1 is negative.").arg(settings.path);
    if (settings.headers.size() > maxOwnHeaders)
        return channelWords("A channel has at most %1 headers of its own.").arg(maxOwnHeaders);
    for (const auto &[name, value] : settings.headers) {
        if (QString fault = headerFault(name, value); !fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace weir::publish
