// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/messagesender.h"

#include <deque>

namespace weir::cli {

/// Sends publications to a hub, no more at once than it takes. Keeps what waits: whoever fills it has to stop in time.
/// Lives on the publisher's creating thread.
class HubFeed : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this. It need not run.
    HubFeed(publish::Publisher &publisher, publish::HubSettings hub);

    void send(const publish::Publication &publication);

Q_SIGNALS:
    /// Once for each send(). `problem`: empty, or a sentence that says why it was not sent.
    void answered(const QString &problem);

private:
    void sendWaiting();

    publish::Destination m_hub;
    publish::MessageSender m_sender;
    std::deque<publish::Publication> m_waiting;
    std::uint64_t m_seq = 0;
};

} // namespace weir::cli
