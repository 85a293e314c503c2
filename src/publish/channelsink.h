// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/eventsink.h"

namespace weir::publish {

class Channel;

/// Sends into a channel of the own server: at once, whether anybody listens or not. Publisher thread only.
class ChannelSink : public EventSink
{
    Q_OBJECT

public:
    /// There is no room while the slowest client has more than `waitAboveBytes` queued; 0: clients never hold up.
    ChannelSink(Channel &channel, qint64 waitAboveBytes);

    void send(const sse::Message &message, bool automaticId, Done done) override;
    void sendBytes(const QByteArray &bytes, Done done) override;
    bool hasRoom() const override;
    int pending() const override { return 0; }

private:
    void noteProgress();

    Channel &m_channel;
    qint64 m_waitAboveBytes;
    mutable bool m_wasFull = false;
};

} // namespace weir::publish
