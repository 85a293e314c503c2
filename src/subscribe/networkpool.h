// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/networkroute.h"
#include "subscribe/request.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace weir::subscribe {

/// Gives every stream a connection of its own. One QNetworkAccessManager opens six connections to a host; a seventh
/// request would wait for ever without a word, and would fail together with any of the six. So requests are spread over
/// as many managers as it takes, and never over one with another route. Lives on the ingest thread.
class NetworkPool : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        int perOrigin;  ///< streams to one origin in one manager: fewer than it would open, so that nothing queues
        int perManager; ///< streams in one manager: its thread polls them all at each wake-up
        std::chrono::milliseconds idleTime; ///< after which an unused manager and its thread go

        static Limits forThisQt();
    };

    explicit NetworkPool(Limits limits = Limits::forThisQt(), QObject *parent = nullptr);
    /// All replies must have been deleted before.
    ~NetworkPool() override;

    /// Sends the request at once. The caller deletes the reply; its place is free again a moment later.
    QNetworkReply *send(const StreamRequest &request, const NetworkRoute &route);
    std::size_t managerCount() const { return m_members.size(); }

private:
    struct Member;

    Member &memberFor(const QByteArray &origin, const NetworkRoute &route);
    void release(Member &member, const QByteArray &origin);
    void dropIdle();

    Limits m_limits;
    std::vector<std::unique_ptr<Member>> m_members;
    QTimer m_idleCheck;
};

} // namespace weir::subscribe
