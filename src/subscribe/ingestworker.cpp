// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/ingestworker.h"

#include "subscribe/descriptors.h"
#include "subscribe/threadpriority.h"

#include <QCoreApplication>
#include <QThread>

#include <utility>

namespace weir::subscribe {

IngestWorker::IngestWorker(store::EventLog &log, const FlowLimit *flow)
    : m_log(log)
    , m_flow(flow)
{}

IngestWorker::~IngestWorker() = default;

void IngestWorker::start()
{
    yieldToWindow();
    raiseDescriptorLimit();
    m_intake = std::make_unique<Intake>(m_log, m_flow);
}

void IngestWorker::stop()
{
    m_subscriptions.clear();
    // Attempts that ended a moment ago still hold replies, which must go before their managers.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_intake.reset();
    thread()->quit();
}

void IngestWorker::add(
    store::SubscriptionId id, const SubscriptionSettings &settings, std::shared_ptr<Counters> counters)
{
    auto subscription = std::make_unique<Subscription>(*m_intake, id, settings, std::move(counters));
    connect(subscription.get(), &Subscription::statusChanged, this, &IngestWorker::statusChanged);
    connect(subscription.get(), &Subscription::attemptChanged, this, &IngestWorker::attemptChanged);
    m_subscriptions.emplace(id, std::move(subscription));
}

void IngestWorker::remove(store::SubscriptionId id)
{
    with(id, [](Subscription &subscription) { subscription.disconnectNow(); });
    m_subscriptions.erase(id);
    m_intake->log.forget(id);
}

void IngestWorker::setMemoryBudget(std::size_t bytes)
{
    m_log.setMemoryBudget(bytes);
    m_log.enforceMemoryBudget();
}

void IngestWorker::noteNetwork(bool isOnline)
{
    for (const auto &[id, subscription] : m_subscriptions)
        subscription->noteNetwork(isOnline);
}

void IngestWorker::noteResumed()
{
    for (const auto &[id, subscription] : m_subscriptions)
        subscription->noteResumed();
}

void IngestWorker::with(store::SubscriptionId id, const std::function<void(Subscription &)> &action)
{
    const auto found = m_subscriptions.find(id);
    if (found != m_subscriptions.end())
        action(*found->second);
}

} // namespace weir::subscribe
