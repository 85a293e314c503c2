// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelset.h"

#include <algorithm>

namespace weir::publish {

namespace {

constexpr qsizetype maxPathBytes = 1024;

bool isPath(const QByteArray &path)
{
    const bool hasBadByte = std::any_of(path.begin(), path.end(),
        [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '?' || c == '#'; });
    return path.startsWith('/') && !path.startsWith("//") && path.size() <= maxPathBytes && !hasBadByte;
}

} // namespace

void ChannelSet::setHistoryLimits(int maxEvents, qint64 maxBytes)
{
    m_maxEvents = maxEvents;
    m_maxBytes = maxBytes;
    for (Channel *channel : std::as_const(m_channels))
        channel->setHistoryLimits(maxEvents, maxBytes);
}

Channel *ChannelSet::findOrAdd(const QString &path)
{
    const QByteArray key = path.toUtf8();
    if (Channel *known = find(key))
        return known;
    if (!isPath(key))
        return nullptr;
    auto *channel = new Channel(key, this);
    channel->setHistoryLimits(m_maxEvents, m_maxBytes);
    m_channels.insert(key, channel);
    return channel;
}

QList<QByteArray> ChannelSet::paths() const
{
    QList<QByteArray> paths = m_channels.keys();
    std::sort(paths.begin(), paths.end());
    return paths;
}

} // namespace weir::publish
