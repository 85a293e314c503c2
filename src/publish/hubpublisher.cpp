// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/hubpublisher.h"

#include "publish/onetimebody.h"

namespace weir::publish {

HubPublisher::HubPublisher(HubSettings hub, QObject *parent)
    : EventSink(parent)
    , m_hub(std::move(hub))
{}

HubPublisher::~HubPublisher()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
}

bool HubPublisher::hasRoom() const
{
    return pending() < m_hub.maxPending && m_bytes < m_hub.maxPendingBytes;
}

void HubPublisher::send(const sse::Message &message, bool, Done done)
{
    if (!hasRoom()) {
        m_wasFull = true;
        done({tr("The hub still has to answer messages: %1.").arg(pending()), {}});
        return;
    }
    auto request = hubRequest(m_hub, message);
    if (!request) {
        done({request.error(), {}});
        return;
    }
    m_bytes += request->body.size();
    m_queue.push_back({std::move(*request), std::move(done)});
    if (!m_reply)
        next();
    m_wasFull = m_wasFull || !hasRoom();
}

void HubPublisher::sendBytes(const QByteArray &, Done done)
{
    done({tr("A hub takes events, not bytes."), {}});
}

void HubPublisher::next()
{
    if (m_queue.empty())
        return;
    Waiting waiting = std::move(m_queue.front());
    m_queue.pop_front();
    m_bytes -= waiting.request.body.size();
    m_done = std::move(waiting.done);
    auto *body = new OneTimeBody(waiting.request.body);
    m_reply = m_network.post(waiting.request.request, body);
    body->setParent(m_reply);
    connect(m_reply, &QNetworkReply::finished, this, &HubPublisher::take);
}

void HubPublisher::take()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    const Done done = std::exchange(m_done, {});
    const Answer answer = hubAnswer(m_hub, *reply);
    reply->deleteLater();
    next();
    done(answer);
    if (m_wasFull && hasRoom()) {
        m_wasFull = false;
        Q_EMIT roomMade();
    }
    if (pending() == 0)
        Q_EMIT drained();
}

} // namespace weir::publish
