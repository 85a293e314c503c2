// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/filter.h"
#include "sse/parser.h"
#include "store/eventlog.h"

#include <string_view>
#include <vector>

namespace weir::filter {

/// A log that is filled from the text of event streams.
class TestLog
{
public:
    explicit TestLog(store::LogLimits limits = {})
        : m_log(limits)
    {}

    void receive(std::string_view stream, std::uint32_t subscription = 1, std::chrono::nanoseconds arrival = {},
        std::uint32_t attempt = 1)
    {
        sse::Parser parser;
        sse::Batch batch;
        parser.feed(stream, batch);
        store::ReadInfo read;
        read.subscription = {subscription};
        read.attempt = attempt;
        read.arrival = store::MonotonicTime{arrival};
        read.bytes = static_cast<std::uint32_t>(stream.size());
        m_log.append(read, batch);
    }

    void connect(std::string_view reason, std::uint32_t subscription = 1)
    {
        store::ConnectionChange change;
        change.state = store::ConnectionState::Waiting;
        change.reason = reason;
        m_log.append({subscription}, 1, {}, change);
    }

    store::Snapshot snapshot() const { return m_log.snapshot(); }

private:
    store::EventLog m_log;
};

/// Numbers of the records that match, found one by one.
inline std::vector<std::uint64_t> matchedOneByOne(
    const Filter &filter, const store::Snapshot &snapshot, const SourceNames &names)
{
    std::vector<std::uint64_t> result;
    for (store::EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
        if (filter.matches(snapshot.at(number), names))
            result.push_back(number.value);
    }
    return result;
}

/// The same by scanning, in stretches of at most `step` records.
inline std::vector<std::uint64_t> matchedByScan(
    const Filter &filter, const store::Snapshot &snapshot, const SourceNames &names, std::uint32_t step = UINT32_MAX)
{
    std::vector<std::uint64_t> result;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const store::Segment &segment = *snapshot.segment(i);
        std::vector<std::uint16_t> matches;
        for (std::uint32_t begin = 0; begin < snapshot.readable(i);) {
            const std::uint32_t end = begin + std::min(step, snapshot.readable(i) - begin);
            filter.scan(segment, begin, end, names, matches);
            begin = end;
        }
        for (const std::uint16_t index : matches)
            result.push_back(segment.first().value + index);
    }
    return result;
}

} // namespace weir::filter
