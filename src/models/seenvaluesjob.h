// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/seenvalues.h"

#include <QRunnable>

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace weir::models {

/// Where a job leaves what was seen. Shared by the collector and its jobs, so neither waits for the other.
/// Synchronised.
class SeenMailbox
{
public:
    struct Letter
    {
        Seen seen;
        bool isJobDone = false;
    };

    /// `announce` is called, with the mailbox locked, whenever it stops being empty.
    explicit SeenMailbox(std::function<void()> announce);

    void close();
    bool isClosed() const { return m_isClosed; }
    /// What was not collected yet is replaced.
    void deliver(Letter letter);
    std::optional<Letter> collect();

private:
    std::mutex m_mutex;
    std::function<void()> m_announce;
    std::optional<Letter> m_letter;
    std::atomic<bool> m_isClosed = false;
};

/// What was seen so far. One thread at a time.
class SeenCollection
{
public:
    /// Requires end <= the readable count.
    void add(const store::Segment &segment, std::uint32_t begin, std::uint32_t end);
    Seen seen() const;

private:
    void countTypes(const store::Segment &segment, std::uint32_t begin, std::uint32_t end);
    void addType(std::string_view type, std::uint64_t count);
    void keepIds(const store::Segment &segment, std::uint32_t begin, std::uint32_t end);

    filter::JsonPaths m_paths;
    std::unordered_map<std::string, std::uint64_t> m_types;
    std::deque<std::string> m_ids;
    std::uint64_t m_examined = 0;
};

/// Adds [begin, snapshot.end()) to the collection on a pool thread, and delivers about every tenth of a second.
class SeenJob : public QRunnable
{
public:
    SeenJob(std::shared_ptr<SeenCollection> collection, store::Snapshot snapshot, store::EventNumber begin,
        std::shared_ptr<SeenMailbox> mailbox);
    void run() override;

private:
    void add(std::size_t segmentIndex);
    void deliverIfDue();

    const std::shared_ptr<SeenCollection> m_collection;
    const store::Snapshot m_snapshot;
    const store::EventNumber m_begin;
    const std::shared_ptr<SeenMailbox> m_mailbox;
    std::chrono::steady_clock::time_point m_lastDelivery;
};

} // namespace weir::models
