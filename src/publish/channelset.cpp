// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelset.h"

#include <algorithm>

namespace weir::publish {

void ChannelSet::setDefaults(const ChannelSettings &defaults)
{
    m_defaults = defaults;
    Q_EMIT changed();
    for (auto entry = m_channels.cbegin(); entry != m_channels.cend(); ++entry) {
        if (!entry.value()->isRemoved() && !m_configured.contains(entry.key()))
            entry.value()->configure(defaults);
    }
}

Channel *ChannelSet::find(const QByteArray &path) const
{
    Channel *channel = m_channels.value(path);
    return channel && !channel->isRemoved() ? channel : nullptr;
}

Channel *ChannelSet::findOrAdd(const QString &path)
{
    if (Channel *known = find(path.toUtf8()))
        return known;
    if (!channelPathFault(path).isEmpty())
        return nullptr;
    ChannelSettings settings = m_defaults;
    settings.path = path;
    return add(settings);
}

Channel *ChannelSet::add(const ChannelSettings &settings)
{
    const QByteArray key = settings.path.toUtf8();
    m_gone.remove(key);
    if (Channel *removed = m_channels.value(key)) {
        removed->restore(settings);
        Q_EMIT changed();
        return removed;
    }
    auto *channel = new Channel(settings, this);
    m_channels.insert(key, channel);
    connect(channel, &Channel::subscribersChanged, this, &ChannelSet::changed);
    Q_EMIT changed();
    return channel;
}

QString ChannelSet::configure(const ChannelSettings &settings)
{
    if (QString fault = faultOf(settings); !fault.isEmpty())
        return fault;
    const QByteArray key = settings.path.toUtf8();
    m_configured.insert(key);
    if (Channel *channel = find(key))
        channel->configure(settings);
    else
        add(settings);
    Q_EMIT changed();
    return {};
}

bool ChannelSet::remove(const QString &path, Answer answer)
{
    const QByteArray key = path.toUtf8();
    Channel *channel = find(key);
    if (!channel)
        return false;
    m_configured.remove(key);
    if (answer == Answer::NoContent)
        m_gone.insert(key);
    channel->remove();
    Q_EMIT changed();
    return true;
}

QList<Channel *> ChannelSet::channels() const
{
    QList<Channel *> channels;
    for (Channel *channel : m_channels) {
        if (!channel->isRemoved())
            channels.append(channel);
    }
    std::sort(
        channels.begin(), channels.end(), [](const Channel *a, const Channel *b) { return a->path() < b->path(); });
    return channels;
}

QList<QByteArray> ChannelSet::paths() const
{
    QList<QByteArray> paths;
    for (const Channel *channel : channels())
        paths.append(channel->path());
    return paths;
}

} // namespace weir::publish
