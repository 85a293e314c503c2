// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"
#include "subscribe/attemptreport.h"
#include "subscribe/settings.h"
#include "subscribe/status.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <map>
#include <memory>

namespace weir::subscribe {

class IngestWorker;
class Subscription;

/// Holds back reading when a consumer that must see every record falls behind, so that nothing is evicted before it was
/// seen: TCP then slows the server. Used by the command line; the window shows eviction instead.
struct FlowLimit
{
    std::atomic<std::uint64_t> consumedThrough{0}; ///< event number up to which the consumer is done
    std::uint64_t maxRecordsAhead = 0;             ///< 0: never hold back
};

/// The engine that receives: all subscriptions, their connections and parsers, on one thread of its own ("ingest"),
/// which is the one appender of the log. Every function may be called on the thread that created the object, returns at
/// once and is carried out on the ingest thread in order; results come as signals. Destroying it stops everything
/// without waiting for any server.
class Ingest : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: both must outlive this. `flow` may be null.
    explicit Ingest(store::EventLog &log, FlowLimit *flow = nullptr, QObject *parent = nullptr);
    ~Ingest() override;

    /// Registers a subscription, idle. The returned counters live as long as somebody holds them.
    store::SubscriptionId add(const SubscriptionSettings &settings);
    std::shared_ptr<const Counters> counters(store::SubscriptionId id) const;
    /// New settings act at the next attempt, a new limit of the size of events at once; name and colour are no concern
    /// of the engine.
    void setSettings(store::SubscriptionId id, const SubscriptionSettings &settings);
    /// Stops and forgets it. Its events stay in the log.
    void remove(store::SubscriptionId id);

    void connectNow(store::SubscriptionId id); ///< idle, closed or waiting: a new attempt at once
    void disconnectNow(store::SubscriptionId id);
    void reconnectNow(store::SubscriptionId id); ///< drops an open connection first; keeps the last event ID
    void setLastEventId(store::SubscriptionId id, const QByteArray &lastEventId);

    /// Of the log: evicts at once what it has no room for.
    void setMemoryBudget(std::size_t bytes);

    /// What NetworkPresence tells.
    void noteNetwork(bool isOnline);
    void noteResumed();

Q_SIGNALS:
    /// On the creator's thread, once for each change of state.
    void statusChanged(const weir::subscribe::ConnectionStatus &status);
    /// On the creator's thread: an attempt began, was redirected, opened, had its first event or ended. The last one
    /// of an attempt has isOver().
    void attemptChanged(const weir::subscribe::AttemptReport &report);

private:
    void post(std::function<void(IngestWorker &)> action);
    void postTo(store::SubscriptionId id, std::function<void(Subscription &)> action);

    QThread m_thread;
    IngestWorker *m_worker; ///< deletes itself when the thread ends
    std::map<store::SubscriptionId, std::shared_ptr<Counters>> m_counters;
    std::uint32_t m_lastId = 0;
};

} // namespace weir::subscribe
