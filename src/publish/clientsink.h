// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientset.h"
#include "publish/eventsink.h"

namespace weir::publish {

/// Sends to some clients only: past their channel, so nothing gets an id by itself or can be resumed. Publisher thread
/// only.
class ClientSink : public EventSink
{
    Q_OBJECT

public:
    /// Keeps a reference. The clients may go at any time.
    ClientSink(const ClientSet &clients, QList<std::uint64_t> receivers)
        : m_clients(clients)
        , m_receivers(std::move(receivers))
    {}

    void send(const sse::Message &message, bool automaticId, Done done) override;
    void sendBytes(const QByteArray &bytes, Done done) override;
    bool hasRoom() const override { return true; }
    int pending() const override { return 0; }

    bool deliver(const FramePointer &frame); ///< false: all have gone

private:
    const ClientSet &m_clients;
    QList<std::uint64_t> m_receivers;
};

} // namespace weir::publish
