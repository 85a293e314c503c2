// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/hubfeed.h"

namespace weir::cli {

namespace {

constexpr int mostUnderWay = 100;

} // namespace

HubFeed::HubFeed(publish::Publisher &publisher, publish::HubSettings hub)
    : m_sender(publisher)
{
    m_hub.hub = std::move(hub);
    connect(&m_sender, &publish::MessageSender::answered, this, [this](std::uint64_t, const QString &problem) {
        sendWaiting();
        Q_EMIT answered(problem);
    });
}

void HubFeed::send(const publish::Publication &publication)
{
    m_waiting.push_back(publication);
    sendWaiting();
}

void HubFeed::sendWaiting()
{
    while (!m_waiting.empty() && m_sender.pending() < mostUnderWay) {
        m_sender.send(m_waiting.front(), m_hub, ++m_seq);
        m_waiting.pop_front();
    }
}

} // namespace weir::cli
