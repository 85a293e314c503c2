// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <algorithm>

namespace weir::test {

using namespace std::chrono_literals;
using store::ConnectionState;
using subscribe::ConnectionStatus;

namespace {

QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

Watcher::Watcher(subscribe::FlowLimit *flow)
    : m_ingest(std::make_unique<subscribe::Ingest>(m_log, flow))
{
    connect(m_ingest.get(), &subscribe::Ingest::statusChanged, this,
        [this](const ConnectionStatus &status) { m_statuses.append(status); });
    connect(m_ingest.get(), &subscribe::Ingest::attemptChanged, this, &Watcher::takeReport);
}

void Watcher::takeReport(const subscribe::AttemptReport &report)
{
    const bool isSame = !m_attempts.isEmpty() && m_attempts.constLast().subscription == report.subscription &&
                        m_attempts.constLast().attempt == report.attempt;
    if (isSame)
        m_attempts.last() = report;
    else
        m_attempts.append(report);
}

Watcher::~Watcher() = default;

subscribe::SubscriptionSettings Watcher::quick(const QUrl &url)
{
    subscribe::SubscriptionSettings settings;
    settings.url = url;
    settings.reconnect.reconnectionTime = 20ms;
    settings.reconnect.floor = 10ms;
    settings.reconnect.ceiling = 200ms;
    return settings;
}

store::SubscriptionId Watcher::watch(const subscribe::SubscriptionSettings &settings)
{
    const store::SubscriptionId id = m_ingest->add(settings);
    m_ingest->connectNow(id);
    return id;
}

QByteArray Watcher::states() const
{
    QByteArray words;
    for (const ConnectionStatus &status : m_statuses)
        words += subscribe::stateWord(status.state).toLatin1() + ' ';
    return words.trimmed();
}

int Watcher::count(ConnectionState state) const
{
    return static_cast<int>(std::count_if(
        m_statuses.begin(), m_statuses.end(), [=](const ConnectionStatus &status) { return status.state == state; }));
}

ConnectionStatus Watcher::first(ConnectionState state) const
{
    const auto found = std::find_if(
        m_statuses.begin(), m_statuses.end(), [=](const ConnectionStatus &status) { return status.state == state; });
    return found == m_statuses.end() ? ConnectionStatus() : *found;
}

QList<SeenEvent> Watcher::events() const
{
    QList<SeenEvent> found;
    const store::Snapshot snapshot = m_log.snapshot();
    for (store::EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
        const store::EventView view = snapshot.at(number);
        if (view.kind() == store::Kind::Event)
            found.append({bytes(view.type()), bytes(view.id()), bytes(view.data()), view.attempt()});
    }
    return found;
}

QList<QByteArray> Watcher::data() const
{
    QList<QByteArray> found;
    for (const SeenEvent &event : events())
        found.append(event.data);
    return found;
}

QList<QByteArray> Watcher::records(store::Kind kind) const
{
    QList<QByteArray> found;
    const store::Snapshot snapshot = m_log.snapshot();
    for (store::EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
        const store::EventView view = snapshot.at(number);
        if (view.kind() == kind)
            found.append(bytes(view.data()));
    }
    return found;
}

} // namespace weir::test
