// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/intake.h"

#include <algorithm>

namespace weir::subscribe {

namespace {

/// As much as QNAM holds unread, so that one read usually empties it.
constexpr std::size_t readBytes = std::size_t{256} << 10;

/// The ingest thread is the only writer, so no read-modify-write is needed.
void add(std::atomic<std::uint64_t> &counter, std::uint64_t more)
{
    counter.store(counter.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

} // namespace

Intake::Intake(store::EventLog &target, const FlowLimit *limit)
    : log(target)
    , gate(target, limit)
    , buffer(readBytes)
{}

BodyReader::BodyReader(Intake &intake, Counters &counters, store::SubscriptionId subscription, std::uint32_t attempt,
    std::size_t maxEventBytes, const QByteArray &lastEventId)
    : m_intake(intake)
    , m_counters(counters)
    , m_parser(sse::ParserLimits{maxEventBytes},
          std::string_view(lastEventId.constData(), static_cast<std::size_t>(lastEventId.size())))
{
    m_read.subscription = subscription;
    m_read.attempt = attempt;
}

void BodyReader::take(std::string_view bytes)
{
    const store::MonotonicTime arrival = std::chrono::steady_clock::now();
    m_parser.feed(bytes, m_intake.batch);
    append(bytes.size(), arrival);
}

bool BodyReader::finish()
{
    m_parser.finish(m_intake.batch);
    if (m_intake.batch.empty())
        return false;
    append(0, std::chrono::steady_clock::now());
    const auto &items = m_intake.batch.items();
    return std::any_of(items.begin(), items.end(),
        [](const sse::Item &item) { return item.diagnostic == sse::Diagnostic::IncompleteBlock; });
}

void BodyReader::append(std::size_t bytes, store::MonotonicTime arrival)
{
    m_read.arrival = arrival;
    m_read.bytes = static_cast<std::uint32_t>(bytes);
    m_intake.log.append(m_read, m_intake.batch);
    ++m_read.number;
    m_read.streamOffset += bytes;
    count(bytes, arrival);
}

void BodyReader::count(std::size_t bytes, store::MonotonicTime arrival)
{
    std::uint64_t events = 0;
    std::uint64_t comments = 0;
    for (const sse::Item &item : m_intake.batch.items()) {
        events += item.kind == sse::ItemKind::Event;
        comments += item.kind == sse::ItemKind::Comment;
    }
    const std::int64_t now = arrival.time_since_epoch().count();
    if (bytes > 0) {
        add(m_counters.bytes, bytes);
        m_counters.lastByteNs.store(now, std::memory_order_relaxed);
    }
    if (comments > 0)
        add(m_counters.comments, comments);
    if (events == 0)
        return;
    m_hadEvent = true;
    if (m_counters.firstEventNs.load(std::memory_order_relaxed) == 0)
        m_counters.firstEventNs.store(now, std::memory_order_relaxed);
    m_counters.lastEventNs.store(now, std::memory_order_relaxed);
    add(m_counters.events, events);
}

} // namespace weir::subscribe
