// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"
#include "publish/eventtemplate.h"
#include "publish/publisher.h"

#include <QTimer>

#include <chrono>

namespace weir::publish {

/// Fills a channel with events made from a template, at a rate or as fast as the slowest client takes them. Publisher
/// thread only.
class Generator : public QObject
{
    Q_OBJECT

public:
    struct Pace
    {
        qint64 maxQueuedBytes; ///< of a client
        bool isLossless;       ///< a timed generator waits for clients whose queue is half full
    };
    Generator(Channel &channel, const Publisher::GeneratorSettings &settings, EventTemplate eventTemplate, Pace pace,
        QObject *parent = nullptr);

    /// Begins now, or as soon as enough clients are on the channel.
    void start();
    void stop() { m_hasFinished = true; } ///< sends nothing more; finished() does not follow

Q_SIGNALS:
    void finished(); ///< the count is reached and the sockets have taken everything; at most once

private:
    void advance();
    void begin();
    void produceDue();
    void produceWhileRoom();
    std::uint64_t due() const;
    void sendBatch(std::uint64_t maxEvents);
    void scheduleNext();
    bool isTimed() const { return m_settings.eventsPerSecond > 0; }
    bool isComplete() const { return m_settings.count > 0 && m_produced >= m_settings.count; }
    std::uint64_t remaining() const;

    Channel &m_channel;
    Publisher::GeneratorSettings m_settings;
    EventTemplate m_template;
    Pace m_pace;
    QTimer m_timer;
    std::chrono::steady_clock::time_point m_begin;
    std::uint64_t m_produced = 0;
    bool m_hasBegun = false;
    bool m_hasFinished = false;
};

} // namespace weir::publish
