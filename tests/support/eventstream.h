// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/parser.h"
#include "store/eventlog.h"

#include <map>
#include <string>

namespace weir::test {

/// An event log that is fed event streams without a network: one parser for each subscription.
class EventStreams
{
public:
    explicit EventStreams(store::LogLimits limits = {})
        : log(limits)
    {}

    void feed(std::uint32_t subscription, std::string_view bytes)
    {
        Stream &stream = m_streams[subscription];
        stream.parser.feed(bytes, m_batch);
        log.append({{subscription}, 1, stream.reads++, std::chrono::steady_clock::now(),
                       static_cast<std::uint32_t>(bytes.size()), stream.offset},
            m_batch);
        stream.offset += bytes.size();
    }

    /// `count` events whose data is `<text> <number>`, numbered from `first`, in one read.
    void feedEvents(std::uint32_t subscription, int count, std::string_view text = "event", int first = 0)
    {
        std::string bytes;
        for (int i = first; i < first + count; ++i)
            bytes.append("data: ").append(text).append(" ").append(std::to_string(i)).append("\n\n");
        feed(subscription, bytes);
    }

    void connection(std::uint32_t subscription, store::ConnectionState state, std::string_view reason = {})
    {
        log.append({subscription}, 1, std::chrono::steady_clock::now(), {state, 0, {}, reason});
    }

    store::EventLog log;

private:
    struct Stream
    {
        sse::Parser parser;
        std::uint32_t reads = 0;
        std::uint64_t offset = 0;
    };

    std::map<std::uint32_t, Stream> m_streams;
    sse::Batch m_batch;
};

} // namespace weir::test
