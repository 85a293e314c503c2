// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"
#include "subscribe/ingest.h"
#include "support/faultserver.h"

#include <QList>
#include <QObject>

#include <memory>

namespace weir::test {

/// An event as a test compares it.
struct SeenEvent
{
    QByteArray type;
    QByteArray id;
    QByteArray data;
    std::uint32_t attempt = 0;

    friend bool operator==(const SeenEvent &, const SeenEvent &) = default;
};

/// An engine with a log, and everything that it said. Settings are quick: no test waits for seconds.
class Watcher : public QObject
{
    Q_OBJECT

public:
    explicit Watcher(subscribe::FlowLimit *flow = nullptr);
    ~Watcher() override;

    static subscribe::SubscriptionSettings quick(const QUrl &url);

    /// Adds and connects.
    store::SubscriptionId watch(const subscribe::SubscriptionSettings &settings);
    store::SubscriptionId watch(const QUrl &url) { return watch(quick(url)); }

    subscribe::Ingest &ingest() { return *m_ingest; }
    store::EventLog &log() { return m_log; }
    void destroyIngest() { m_ingest.reset(); }

    const QList<subscribe::ConnectionStatus> &statuses() const { return m_statuses; }
    subscribe::ConnectionStatus last() const
    {
        return m_statuses.isEmpty() ? subscribe::ConnectionStatus() : m_statuses.constLast();
    }
    /// The newest report of each attempt, in order.
    const QList<subscribe::AttemptReport> &attempts() const { return m_attempts; }
    /// The states in order, e.g. "connecting open waiting".
    QByteArray states() const;
    int count(store::ConnectionState state) const;
    /// The first status in that state; default constructed if there is none.
    subscribe::ConnectionStatus first(store::ConnectionState state) const;

    QList<SeenEvent> events() const;
    QList<QByteArray> data() const;                    ///< of the events
    QList<QByteArray> records(store::Kind kind) const; ///< data of the records of that kind

private:
    void takeReport(const subscribe::AttemptReport &report);

    store::EventLog m_log;
    std::unique_ptr<subscribe::Ingest> m_ingest;
    QList<subscribe::ConnectionStatus> m_statuses;
    QList<subscribe::AttemptReport> m_attempts;
};

} // namespace weir::test
