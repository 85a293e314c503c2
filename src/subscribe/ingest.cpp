// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/ingest.h"

#include "subscribe/ingestworker.h"

#include <utility>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

Ingest::Ingest(store::EventLog &log, FlowLimit *flow, QObject *parent)
    : QObject(parent)
    , m_worker(new IngestWorker(log, flow))
{
    m_thread.setObjectName(u"ingest"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_worker, &IngestWorker::start);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &IngestWorker::statusChanged, this, &Ingest::statusChanged, Qt::QueuedConnection);
    connect(m_worker, &IngestWorker::attemptChanged, this, &Ingest::attemptChanged, Qt::QueuedConnection);
    m_thread.start();
}

Ingest::~Ingest()
{
    // In turn after what was asked before. The worker waits for no server, so this is over at once.
    QMetaObject::invokeMethod(m_worker, &IngestWorker::stop, Qt::QueuedConnection);
    m_thread.wait();
}

store::SubscriptionId Ingest::add(const SubscriptionSettings &settings)
{
    const store::SubscriptionId id{++m_lastId};
    const auto counters = std::make_shared<Counters>();
    m_counters.emplace(id, counters);
    post([=](IngestWorker &worker) { worker.add(id, settings, counters); });
    return id;
}

std::shared_ptr<const Counters> Ingest::counters(store::SubscriptionId id) const
{
    const auto found = m_counters.find(id);
    return found == m_counters.end() ? nullptr : found->second;
}

void Ingest::setSettings(store::SubscriptionId id, const SubscriptionSettings &settings)
{
    postTo(id, [=](Subscription &subscription) { subscription.setSettings(settings); });
}

void Ingest::remove(store::SubscriptionId id)
{
    m_counters.erase(id);
    post([=](IngestWorker &worker) { worker.remove(id); });
}

void Ingest::connectNow(store::SubscriptionId id)
{
    postTo(id, &Subscription::connectNow);
}

void Ingest::disconnectNow(store::SubscriptionId id)
{
    postTo(id, &Subscription::disconnectNow);
}

void Ingest::reconnectNow(store::SubscriptionId id)
{
    postTo(id, &Subscription::reconnectNow);
}

void Ingest::setLastEventId(store::SubscriptionId id, const QByteArray &lastEventId)
{
    postTo(id, [=](Subscription &subscription) { subscription.setLastEventId(lastEventId); });
}

void Ingest::setMemoryBudget(std::size_t bytes)
{
    post([bytes](IngestWorker &worker) { worker.setMemoryBudget(bytes); });
}

void Ingest::noteNetwork(bool isOnline)
{
    post([=](IngestWorker &worker) { worker.noteNetwork(isOnline); });
}

void Ingest::noteResumed()
{
    post(&IngestWorker::noteResumed);
}

void Ingest::post(std::function<void(IngestWorker &)> action)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, action = std::move(action)] { action(*worker); }, Qt::QueuedConnection);
}

void Ingest::postTo(store::SubscriptionId id, std::function<void(Subscription &)> action)
{
    post([id, action = std::move(action)](IngestWorker &worker) { worker.with(id, action); });
}

} // namespace weir::subscribe
