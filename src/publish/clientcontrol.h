// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/accesslog.h"
#include "publish/armedfaults.h"
#include "publish/publisher.h"

#include <functional>
#include <memory>
#include <mutex>

namespace weir::publish {

/// What can be done to a publisher's clients, and what is known of them beside their status: faults, requests. For the
/// thread that created it, which must be the publisher's owner's; every function returns at once.
class ClientControl : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit ClientControl(Publisher &publisher, QObject *parent = nullptr);
    ~ClientControl() override;

    void reset(std::uint64_t client);
    void setPaused(std::uint64_t client, bool paused);
    /// From now on, in the middle of the stream. An empty plan ends its faults. refused() if that is not possible.
    void setFaults(std::uint64_t client, const FaultPlan &plan);

    /// For the next streams of a channel; empty path: of every channel. refused() if the plan contradicts itself.
    void arm(const QString &path, int connections, const FaultPlan &plan);
    void disarm(int number);
    /// Disarms everything and ends the faults of every client.
    void clearFaults();

    /// headKnown() follows.
    void askForHead(std::uint64_t client);
    /// While true, requestsRecorded() comes.
    void watchRequests(bool watched);

Q_SIGNALS:
    void armedChanged(const QList<weir::publish::ArmedFault> &armed);
    void refused(const QString &reason);
    /// As it came: it may hold secrets. Empty: the client has gone.
    void headKnown(std::uint64_t client, const QByteArray &head);
    /// At most 4 times a second. `leftOut`: more than a batch holds, not told.
    void requestsRecorded(const QList<weir::publish::RequestRecord> &records, std::uint64_t leftOut);

private:
    /// The way back from the publisher thread, which may outlast this.
    struct Link
    {
        std::mutex mutex;
        ClientControl *control;
        void run(std::function<void(ClientControl &)> task);
    };

    Publisher &m_publisher;
    std::shared_ptr<Link> m_link;
};

} // namespace weir::publish
