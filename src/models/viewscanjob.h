// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/viewscan.h"

#include <atomic>
#include <functional>
#include <mutex>

namespace weir::models {

/// Where the jobs of one run leave what they found. Shared by the run and its job, so neither waits for the other: a
/// run that is over closes its mailbox, and what its job still delivers is dropped. Synchronised.
class ScanMailbox
{
public:
    struct Letter
    {
        std::vector<SegmentRows> rows;
        bool isJobDone = false;
        filter::ScanTroubles troubles;
    };

    /// `announce` is called, with the mailbox locked, whenever it stops being empty.
    explicit ScanMailbox(std::function<void()> announce);

    void close();
    bool isClosed() const { return m_isClosed; }

    void deliver(Letter letter);
    Letter collect();

private:
    std::mutex m_mutex;
    std::function<void()> m_announce;
    Letter m_letter;
    bool m_hasLetter = false;
    std::atomic<bool> m_isClosed = false;
};

/// Scans [begin, snapshot.end()) and delivers about every 15 ms, in order, although several threads work on it: each
/// takes the next segment that nobody has, and what the segments before it hold is waited for by keeping, not by
/// stopping. Synchronised; shared by the threads.
class ScanJob
{
public:
    ScanJob(std::shared_ptr<const ViewCriteria> criteria, store::Snapshot snapshot, store::EventNumber begin,
        std::shared_ptr<ScanMailbox> mailbox);

    /// Starts the job on one pool thread at least, and on up to as many as there are processors if there is work for
    /// them and they are free.
    static void start(const std::shared_ptr<ScanJob> &job);

    /// One thread's share. The last one that has work to do delivers the end.
    void work();

private:
    struct Piece
    {
        std::vector<SegmentRows> rows;
        filter::ScanTroubles troubles;
        bool isDone = false;
    };

    void scanSegment(std::size_t segmentIndex, const filter::SourceNames &names);
    void add(std::size_t segmentIndex, SegmentRows rows, const filter::ScanTroubles &troubles, bool isDone);
    /// Requires m_mutex.
    void deliverReady();

    const std::shared_ptr<const ViewCriteria> m_criteria;
    const store::Snapshot m_snapshot;
    const store::EventNumber m_begin;
    const std::shared_ptr<ScanMailbox> m_mailbox;
    std::size_t m_firstSegment = 0;
    std::atomic<std::size_t> m_nextSegment = 0;

    std::mutex m_mutex;
    std::vector<Piece> m_pieces; ///< of the segments from m_firstSegment on
    std::size_t m_delivered = 0; ///< pieces that were delivered whole
    std::chrono::steady_clock::time_point m_lastDelivery;
};

} // namespace weir::models
