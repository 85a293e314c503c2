// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"
#include "publish/eventtemplate.h"
#include "publish/pacer.h"
#include "publish/production.h"

#include <QTimer>

#include <optional>

namespace weir::publish {

/// Fills a channel with events made from a template, at a rate or as fast as the slowest client takes them. Publisher
/// thread only.
class Generator : public Production
{
    Q_OBJECT

public:
    struct Plan
    {
        std::optional<Pacer::Plan> pace; ///< absent: as fast as the slowest client takes them
        std::uint64_t count = 0;         ///< without a pace; 0: for ever
        int waitForClients = 0;
        std::uint64_t firstSeq = 1;
    };
    struct Bounds
    {
        qint64 maxQueuedBytes = 4 << 20; ///< of a client
        bool isLossless = false;         ///< a timed generator waits for clients whose queue is half full
    };
    Generator(
        Channel &channel, const Plan &plan, EventTemplate eventTemplate, Bounds bounds, QObject *parent = nullptr);

    /// Begins now, or as soon as enough clients are on the channel.
    void start() override;
    void pause() override;
    void resume() override;
    void stop() { m_hasFinished = true; } ///< sends nothing more; no signal follows
    std::uint64_t produced() const override { return m_produced; }

Q_SIGNALS:
    void finished(); ///< completed, and the sockets have taken everything; at most once

private:
    void advance();
    void produce();
    void begin();
    void produceDue();
    void produceWhileRoom();
    void sendBatch(std::uint64_t mostEvents);
    std::size_t batchBytes() const;
    void scheduleNext();
    bool isComplete() const;
    Pacer::Time elapsed() const { return m_clock.elapsed(); }

    Channel &m_channel;
    Plan m_plan;
    std::optional<Pacer> m_pacer;
    EventTemplate m_template;
    Bounds m_bounds;
    QTimer m_timer;
    RunClock m_clock;
    std::uint64_t m_produced = 0;
    bool m_hasBegun = false;
    bool m_isProducing = false; ///< a client whose queue becomes shorter meanwhile begins nothing
    bool m_isPaused = false;
    bool m_hasCompleted = false;
    bool m_hasFinished = false;
};

} // namespace weir::publish
