// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/hubrequest.h"

#include <QNetworkAccessManager>

#include <deque>

namespace weir::publish {

/// Publishes to a hub, one POST after the other so that the order is kept. What a hub has refused is not sent again;
/// nor is what may or may not have arrived. Bounded by HubSettings::maxPending and maxPendingBytes. Destroying it calls
/// off what is under way. Publisher thread only.
class HubPublisher : public EventSink
{
    Q_OBJECT

public:
    /// Requires: faultOf() has nothing against the hub.
    explicit HubPublisher(HubSettings hub, QObject *parent = nullptr);
    ~HubPublisher() override;

    void send(const sse::Message &message, bool automaticId, Done done) override;
    /// Refused: a hub takes events, not bytes.
    void sendBytes(const QByteArray &bytes, Done done) override;
    bool hasRoom() const override;
    int pending() const override { return static_cast<int>(m_queue.size()) + (m_reply ? 1 : 0); }

private:
    struct Waiting
    {
        HubRequest request;
        Done done;
    };
    void next();
    void take();

    HubSettings m_hub;
    QNetworkAccessManager m_network;
    std::deque<Waiting> m_queue;
    Done m_done; ///< of the request under way
    QNetworkReply *m_reply = nullptr;
    qint64 m_bytes = 0; ///< in the queue
    bool m_wasFull = false;
};

} // namespace weir::publish
