// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/replaysource.h"
#include "sse/encoder.h"

#include <QByteArray>

#include <deque>

namespace weir::publish {

/// One thing to send.
struct ReplayItem
{
    store::MonotonicTime arrival;
    store::EventNumber number; ///< of the first record in it
    QByteArray bytes;          ///< of the form AsReceived
    sse::Message message;      ///< of the form Encoded
    std::uint32_t events = 0;
};

/// Reads what is to be replayed out of the log, in portions of bounded work. Between hold() and release() it keeps the
/// log's segments alive, else nothing. Not synchronised.
class ReplayReader
{
public:
    ReplayReader(ReplaySource source, ReplayOptions::Form form, bool keepsReads);

    void hold() { m_snapshot = m_source.log->snapshot(); }
    void release() { m_snapshot = {}; }

    enum class Outcome {
        Item,   ///< there is one
        NotYet, ///< so much was looked at in vain that others should have their turn
        End,
    };
    /// Requires hold().
    Outcome next(ReplayItem &item);

    void seek(store::EventNumber number);
    store::EventNumber position() const; ///< of the first record that next() has not handed out
    std::uint64_t evicted() const { return m_evicted; }
    std::uint64_t incomplete() const { return m_incomplete; }
    const ReplaySource &source() const { return m_source; }

private:
    /// What is collected of one network read.
    struct OpenRead
    {
        store::SubscriptionId subscription;
        std::uint32_t attempt;
        std::uint32_t number;
        ReplayItem item;
    };

    std::optional<store::EventView> nextRecord();
    bool isWhole(const store::EventView &record);
    bool makeBlock(const store::EventView &record, ReplayItem &item);
    bool makeMessage(const store::EventView &record, ReplayItem &item) const;
    void addReads(const store::EventView &record);
    void addPiece(
        const store::EventView &record, std::uint32_t read, store::MonotonicTime arrival, std::string_view piece);
    void closeRead();

    ReplaySource m_source;
    ReplayOptions::Form m_form;
    bool m_keepsReads;
    store::Snapshot m_snapshot;
    store::EventNumber m_position;
    std::optional<OpenRead> m_read;
    std::deque<ReplayItem> m_ready;
    std::uint64_t m_evicted = 0;
    std::uint64_t m_incomplete = 0;
};

} // namespace weir::publish
