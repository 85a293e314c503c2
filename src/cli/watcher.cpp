// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/watcher.h"

#include "capture/eventstreamblock.h"
#include "capture/jsonlines.h"
#include "cli/attemptlines.h"
#include "cli/textlines.h"

#include <QCoreApplication>

#include <algorithm>
#include <iostream>
#include <limits>

namespace weir::cli {

using namespace capture;

using namespace std::chrono_literals;

namespace {

// What may wait to be printed: enough to keep both sides busy, little beside the memory budget.
constexpr std::uint64_t maxRecordsAhead = 262'144;

bool isFailure(subscribe::Cause cause)
{
    switch (cause) {
    case subscribe::Cause::EndOfStream:
    case subscribe::Cause::EndInsideEvent:
    case subscribe::Cause::AskedByUser:
    case subscribe::Cause::StatusNoContent:
    case subscribe::Cause::ReconnectDisabled:
        return false;
    default:
        return true;
    }
}

} // namespace

Watcher::Watcher(const WatchOptions &options)
    : m_options(options)
    , m_ingest(m_log, &m_flow)
    , m_filter(*filter::Filter::compile(options.filter, {.clock = m_log.clock()}))
{
    m_flow.maxRecordsAhead = maxRecordsAhead;
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(5ms);
    m_end.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, qOverload<>(&Watcher::print));
    connect(&m_end, &QTimer::timeout, this, &Watcher::finish);
    connect(&m_signals, &UnixSignals::stop, this, &Watcher::finish);
    connect(&m_signals, &UnixSignals::hangup, this, &Watcher::reconnectAll);
    connect(&m_ingest, &subscribe::Ingest::statusChanged, this, &Watcher::noteStatus);
    if (options.states)
        connect(&m_ingest, &subscribe::Ingest::attemptChanged, this, &Watcher::noteAttempt);
    connect(&m_presence, &subscribe::NetworkPresence::networkChanged, &m_ingest, &subscribe::Ingest::noteNetwork);
    connect(&m_presence, &subscribe::NetworkPresence::resumed, &m_ingest, &subscribe::Ingest::noteResumed);
}

void Watcher::start()
{
    addSubscriptions();
    m_timer.start();
    if (m_options.duration)
        m_end.start(*m_options.duration);
}

void Watcher::addSubscriptions()
{
    for (const auto &settings : m_options.subscriptions) {
        const auto id = m_ingest.add(settings);
        auto &stream = m_streams[id.value];
        stream.name = settings.name.toStdString();
        stream.counters = m_ingest.counters(id);
        m_names[id.value] = stream.name;
    }
    for (const auto &[id, stream] : m_streams)
        m_ingest.connectNow(store::SubscriptionId{id});
}

void Watcher::noteStatus(const subscribe::ConnectionStatus &status)
{
    auto &stream = m_streams[status.subscription.value];
    stream.isClosed = status.state == store::ConnectionState::Closed;
    stream.hasFailed = stream.isClosed && isFailure(status.cause);
    const bool isTrouble = stream.hasFailed || status.state == store::ConnectionState::Waiting;
    if (isTrouble && !m_options.quiet && !m_options.states)
        std::cerr << stream.name << ": " << subscribe::text(status).toStdString() << std::endl;
    if (allClosed())
        finish();
}

void Watcher::noteAttempt(const subscribe::AttemptReport &report)
{
    if (!report.isOver() || m_options.quiet || m_isFinished)
        return;
    // What the attempt brought comes before what is to be said of it.
    print();
    if (m_isFinished)
        return;
    const auto &name = m_streams[report.subscription.value].name;
    if (m_options.format == Format::JsonLines)
        appendAttemptLine(report, m_log.clock().wallTime(report.started), name, m_out.buffer());
    else if (m_options.format == Format::Text)
        m_out.buffer() += subscribe::text(report).toStdString();
}

void Watcher::reconnectAll()
{
    for (const auto &[id, stream] : m_streams)
        m_ingest.reconnectNow(store::SubscriptionId{id});
}

void Watcher::reportEviction(const store::Snapshot &snapshot)
{
    if (snapshot.begin().value <= m_next)
        return;
    std::cerr << "weir: " << snapshot.begin().value - m_next
              << " records were evicted by the memory limit before they could be printed" << std::endl;
    m_exitStatus = Failure;
    m_next = snapshot.begin().value;
}

void Watcher::print()
{
    const auto snapshot = m_log.snapshot();
    reportEviction(snapshot);
    while (m_next < snapshot.end().value && !m_isFinished) {
        print(snapshot.at(store::EventNumber{m_next}));
        ++m_next;
        m_out.writeIfLarge();
        if (m_next % 4096 == 0)
            m_flow.consumedThrough.store(m_next - 1, std::memory_order_relaxed);
    }
    m_flow.consumedThrough.store(m_next - 1, std::memory_order_relaxed);
    if (!m_isFinished)
        m_out.flush();
    if (m_out.isClosed())
        finish();
}

bool Watcher::isWanted(const store::EventView &event)
{
    switch (event.kind()) {
    case store::Kind::Event:
        return m_filter.matches(event, m_names, &m_troubles);
    case store::Kind::Comment:
        return m_options.comments && m_filter.matches(event, m_names, &m_troubles);
    case store::Kind::Connection:
        return m_options.states;
    default:
        return false;
    }
}

void Watcher::print(const store::EventView &event)
{
    if (!isWanted(event))
        return;
    auto &stream = m_streams[event.subscription().value];
    if (event.kind() == store::Kind::Event) {
        printEvent(event, stream);
        return;
    }
    if (m_options.quiet)
        return;
    const auto time = m_log.clock().wallTime(event.arrival());
    if (m_options.format == Format::Text)
        appendTextLine(event, time, stream.name, m_out.buffer());
    else if (event.kind() == store::Kind::Connection && m_options.format == Format::JsonLines)
        appendStateLine(event, time, stream.name, m_out.buffer());
    else if (m_options.format == Format::JsonLines)
        appendCommentLine(event, time, stream.name, m_out.buffer());
    else if (event.kind() == store::Kind::Comment && !event.insideBlock())
        capture::appendEventStreamBlock(event, m_out.buffer());
}

void Watcher::printEvent(const store::EventView &event, Stream &stream)
{
    ++stream.printedEvents;
    ++m_printedEvents;
    if (!m_options.quiet) {
        const auto time = m_log.clock().wallTime(event.arrival());
        if (m_options.format == Format::Text)
            appendTextLine(event, time, stream.name, m_out.buffer());
        else if (m_options.format == Format::EventStream)
            capture::appendEventStreamBlock(event, m_out.buffer());
        else
            appendEventLine(event, time, stream.name, stream.printedEvents, m_out.buffer());
    }
    if (m_options.maxEvents != 0 && m_printedEvents >= m_options.maxEvents)
        finish();
}

bool Watcher::allClosed() const
{
    return std::ranges::all_of(m_streams, [](const auto &entry) { return entry.second.isClosed; });
}

void Watcher::finish()
{
    if (m_isFinished)
        return;
    const bool isEnough = m_options.maxEvents != 0 && m_printedEvents >= m_options.maxEvents;
    // Whatever has arrived by now is printed; the counter may not have been looked at since.
    if (!isEnough && !m_out.isClosed())
        print();
    if (m_isFinished)
        return;
    m_isFinished = true;
    m_timer.stop();
    if (const auto troubles = filter::text(m_troubles); !troubles.empty())
        std::cerr << "weir: --filter: " << troubles << std::endl;
    if (std::ranges::all_of(m_streams, [](const auto &entry) { return entry.second.hasFailed; }))
        m_exitStatus = Failure;
    if (m_options.quiet)
        printSummary();
    m_out.flush();
    Q_EMIT finished();
}

void Watcher::printSummary()
{
    std::uint64_t bytes = 0;
    auto first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = 0;
    for (const auto &[id, stream] : m_streams) {
        bytes += stream.counters->bytes.load();
        if (const auto begin = stream.counters->firstEventNs.load(); begin != 0)
            first = std::min(first, begin);
        last = std::max(last, stream.counters->lastEventNs.load());
    }
    const double seconds = last > first ? static_cast<double>(last - first) * 1e-9 : 0;
    appendSummaryLine(m_printedEvents, bytes, seconds, m_out.buffer());
}

int watch(const WatchOptions &options)
{
    Watcher watcher(options);
    QObject::connect(&watcher, &Watcher::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    watcher.start();
    QCoreApplication::exec();
    return watcher.exitStatus();
}

} // namespace weir::cli
