// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/replaysource.h"
#include "sse/parser.h"

#include <QByteArrayView>

#include <map>
#include <memory>

namespace weir::publish {

/// Streams as a subscription would put them into the log.
class Recording
{
public:
    explicit Recording(store::LogLimits limits = {})
        : log(limits)
    {}

    /// One network read of a subscription's current attempt, `afterMs` after the one before.
    void read(QByteArrayView bytes, qint64 afterMs = 0, std::uint32_t subscription = 1)
    {
        Connection &connection = m_connections[subscription];
        m_now += std::chrono::milliseconds(afterMs);
        sse::Batch batch;
        connection.parser->feed({bytes.data(), static_cast<std::size_t>(bytes.size())}, batch);
        log.append({{subscription}, connection.attempt, connection.reads++, m_now,
                       static_cast<std::uint32_t>(bytes.size()), connection.offset},
            batch);
        connection.offset += static_cast<std::uint64_t>(bytes.size());
    }

    void end(std::uint32_t subscription = 1)
    {
        Connection &connection = m_connections[subscription];
        sse::Batch batch;
        connection.parser->finish(batch);
        log.append({{subscription}, connection.attempt, connection.reads, m_now, 0, connection.offset}, batch);
        const auto attempt = connection.attempt;
        connection = {};
        connection.attempt = attempt + 1;
    }

    ReplaySource all() const
    {
        const auto snapshot = log.snapshot();
        ReplaySource source;
        source.log = &log;
        source.begin = snapshot.begin();
        source.end = snapshot.end();
        return source;
    }

    store::EventLog log;

private:
    struct Connection
    {
        std::unique_ptr<sse::Parser> parser = std::make_unique<sse::Parser>();
        std::uint32_t attempt = 1;
        std::uint32_t reads = 0;
        std::uint64_t offset = 0;
    };
    std::map<std::uint32_t, Connection> m_connections;
    store::MonotonicTime m_now{std::chrono::seconds(100)};
};

} // namespace weir::publish
