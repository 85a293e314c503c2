// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/lineparser.h"
#include "sse/parser.h"
#include "store/eventlog.h"
#include "subscribe/connectgate.h"
#include "subscribe/contentdecoder.h"
#include "subscribe/flowgate.h"
#include "subscribe/networkpool.h"
#include "subscribe/response.h"
#include "subscribe/status.h"

#include <QThreadPool>

#include <cstddef>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace weir::subscribe {

/// What all subscriptions share on the ingest thread: the way out (pool, gate), the way in (log), and one read buffer
/// and batch, because only one subscription reads at a time.
struct Intake
{
    Intake(store::EventLog &target, const FlowLimit *limit);
    ~Intake();

    store::EventLog &log;
    FlowGate gate;
    NetworkPool pool;
    ConnectGate connects;
    QThreadPool *lookups; ///< given up rather than waited for: a file or name server may hang
    std::vector<char> buffer;
    std::vector<char> decoded;
    sse::Batch batch;
};

/// The body of one connection on its way into the log: decodes and parses each read, appends what it completed and
/// counts it.
class BodyReader
{
public:
    /// `decoder` is null for a body without content coding.
    BodyReader(Intake &intake, Counters &counters, const SubscriptionSettings &settings,
        std::unique_ptr<ContentDecoder> decoder, store::SubscriptionId subscription, std::uint32_t attempt,
        const QByteArray &lastEventId);
    ~BodyReader();

    /// Cause::None, or why the body cannot be read on: then nothing more is taken.
    Verdict take(std::string_view bytes);
    /// The body has ended, `isCut`: not by the server's will. EndInsideEvent or DecodingFailed if it should not have
    /// ended there, else None.
    Verdict finish(bool isCut);

    /// Acts from the next byte on.
    void setMaxEventBytes(std::size_t bytes);

    std::string_view lastEventId() const;
    std::optional<std::chrono::milliseconds> reconnectionTime() const;
    store::MonotonicTime firstByte() const { return m_firstByte; }   ///< epoch before there is one
    store::MonotonicTime firstEvent() const { return m_firstEvent; } ///< epoch before there is one
    bool hadEvent() const { return m_firstEvent != store::MonotonicTime{}; }

private:
    Verdict decode(std::string_view bytes, store::MonotonicTime arrival);
    void parse(std::string_view bytes, store::MonotonicTime arrival);
    void append(std::size_t bytes, store::MonotonicTime arrival);
    void count(std::size_t bytes, store::MonotonicTime arrival);

    Intake &m_intake;
    Counters &m_counters;
    std::unique_ptr<ContentDecoder> m_decoder;
    std::size_t m_maxDecodedBytesPerRead;
    std::variant<sse::Parser, sse::LineParser> m_parser;
    store::EventLog::ReadInfo m_read;
    store::MonotonicTime m_firstByte;
    store::MonotonicTime m_firstEvent;
    Cause m_problem = Cause::None;
};

} // namespace weir::subscribe
