// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/viewscan.h"

#include <QRunnable>

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

/// Scans [begin, snapshot.end()) on a pool thread and delivers about every 15 ms.
class ScanJob : public QRunnable
{
public:
    ScanJob(std::shared_ptr<const ViewCriteria> criteria, store::Snapshot snapshot, store::EventNumber begin,
        std::shared_ptr<ScanMailbox> mailbox);
    void run() override;

private:
    void scanSegment(std::size_t segmentIndex);
    void deliverNow(bool isJobDone);
    bool isDue() const;

    const std::shared_ptr<const ViewCriteria> m_criteria;
    const store::Snapshot m_snapshot;
    const store::EventNumber m_begin;
    const std::shared_ptr<ScanMailbox> m_mailbox;
    filter::SourceNames m_names;
    std::vector<SegmentRows> m_rows;
    filter::ScanTroubles m_troubles;
    std::chrono::steady_clock::time_point m_lastDelivery;
};

} // namespace weir::models
