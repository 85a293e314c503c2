// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelsink.h"

#include "publish/channel.h"

namespace weir::publish {

ChannelSink::ChannelSink(Channel &channel, qint64 waitAboveBytes)
    : m_channel(channel)
    , m_waitAboveBytes(waitAboveBytes)
{
    if (waitAboveBytes == 0)
        return;
    connect(&m_channel, &Channel::progressed, this, &ChannelSink::noteProgress);
    connect(&m_channel, &Channel::subscribersChanged, this, &ChannelSink::noteProgress);
}

void ChannelSink::send(const sse::Message &message, bool automaticId, Done done)
{
    const Channel::Outcome outcome = m_channel.send(message, automaticId);
    done({outcome.error, outcome.id});
}

void ChannelSink::sendBytes(const QByteArray &bytes, Done done)
{
    m_channel.sendBytes(bytes);
    done({m_channel.isOpen() ? QString() : tr("The channel has ended: there is nobody to send to."), {}});
}

bool ChannelSink::hasRoom() const
{
    m_wasFull = m_waitAboveBytes > 0 && m_channel.longestQueue() > m_waitAboveBytes;
    return !m_wasFull;
}

void ChannelSink::noteProgress()
{
    if (m_wasFull && hasRoom())
        Q_EMIT roomMade();
}

} // namespace weir::publish
