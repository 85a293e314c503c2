// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientset.h"
#include "publish/eventsink.h"

namespace weir::publish {

/// Sends to one client only: past its channel, so nothing gets an id by itself or can be resumed. Publisher thread
/// only.
class ClientSink : public EventSink
{
    Q_OBJECT

public:
    /// Keeps a reference. The client may go at any time.
    ClientSink(const ClientSet &clients, std::uint64_t client)
        : m_clients(clients)
        , m_client(client)
    {}

    void send(const sse::Message &message, bool automaticId, Done done) override;
    void sendBytes(const QByteArray &bytes, Done done) override;
    bool hasRoom() const override { return true; }
    int pending() const override { return 0; }

    bool deliver(const FramePointer &frame); ///< false: it has gone

private:
    const ClientSet &m_clients;
    std::uint64_t m_client;
};

} // namespace weir::publish
