// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/intake.h"
#include "subscribe/subscription.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace weir::subscribe {

/// What lives on the ingest thread: all subscriptions and what they share. The façade is Ingest.
class IngestWorker : public QObject
{
    Q_OBJECT

public:
    IngestWorker(store::EventLog &log, const FlowLimit *flow);
    ~IngestWorker() override;

    /// First thing on the ingest thread.
    void start();
    /// Ends every connection and then the thread's event loop.
    void stop();

    void add(store::SubscriptionId id, const SubscriptionSettings &settings, std::shared_ptr<Counters> counters);
    void remove(store::SubscriptionId id);
    /// Does nothing if the subscription is gone.
    void with(store::SubscriptionId id, const std::function<void(Subscription &)> &action);

    void setMemoryBudget(std::size_t bytes);
    void noteNetwork(bool isOnline);
    void noteResumed();

Q_SIGNALS:
    void statusChanged(const weir::subscribe::ConnectionStatus &status);
    void attemptChanged(const weir::subscribe::AttemptReport &report);

private:
    store::EventLog &m_log;
    const FlowLimit *m_flow;
    std::unique_ptr<Intake> m_intake;
    std::map<store::SubscriptionId, std::unique_ptr<Subscription>> m_subscriptions;
};

} // namespace weir::subscribe
