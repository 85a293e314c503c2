// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/parser.h"
#include "store/eventlog.h"
#include "subscribe/flowgate.h"
#include "subscribe/networkpool.h"
#include "subscribe/status.h"

#include <cstddef>
#include <vector>

namespace weir::subscribe {

/// What all subscriptions share on the ingest thread: the way out (pool), the way in (log), and one read buffer and
/// batch, because only one subscription reads at a time.
struct Intake
{
    Intake(store::EventLog &target, const FlowLimit *limit);

    store::EventLog &log;
    FlowGate gate;
    NetworkPool pool;
    std::vector<char> buffer;
    sse::Batch batch;
};

/// The body of one connection on its way into the log: parses each read, appends what it completed and counts it.
class BodyReader
{
public:
    BodyReader(Intake &intake, Counters &counters, store::SubscriptionId subscription, std::uint32_t attempt,
        std::size_t maxEventBytes, const QByteArray &lastEventId);

    void take(std::string_view bytes);
    /// The body has ended. True if it ended inside an event.
    bool finish();

    const sse::Parser &parser() const { return m_parser; }
    bool hadEvent() const { return m_hadEvent; }

private:
    void append(std::size_t bytes, store::MonotonicTime arrival);
    void count(std::size_t bytes, store::MonotonicTime arrival);

    Intake &m_intake;
    Counters &m_counters;
    sse::Parser m_parser;
    store::EventLog::ReadInfo m_read;
    bool m_hadEvent = false;
};

} // namespace weir::subscribe
