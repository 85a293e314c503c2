// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/sinkproduction.h"

#include <algorithm>
#include <cmath>

namespace weir::publish {

namespace {

constexpr int maxPerTurn = 1000;

} // namespace

SinkProduction::SinkProduction(
    EventSink &sink, const Pacer::Plan &pace, MessageTemplate message, std::uint64_t firstSeq, QObject *parent)
    : Production(parent)
    , m_sink(sink)
    , m_pacer(pace)
    , m_template(std::move(message))
    , m_firstSeq(firstSeq)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SinkProduction::advance);
    connect(&m_sink, &EventSink::roomMade, this, &SinkProduction::advance, Qt::QueuedConnection);
    connect(&m_sink, &EventSink::drained, this, &SinkProduction::advance, Qt::QueuedConnection);
}

void SinkProduction::start()
{
    m_clock.start();
    m_timer.start(0);
}

void SinkProduction::pause()
{
    m_isPaused = true;
    m_timer.stop();
    m_clock.pause();
}

void SinkProduction::resume()
{
    m_isPaused = false;
    m_clock.resume();
    m_timer.start(0);
}

void SinkProduction::advance()
{
    int sent = 0;
    while (!m_isPaused && sent < maxPerTurn && m_sink.hasRoom() && m_pacer.take(m_clock.elapsed(), 1) == 1) {
        sendOne();
        ++sent;
    }
    if (m_isPaused || m_hasCompleted)
        return;
    if (m_pacer.isComplete()) {
        m_hasCompleted = m_unanswered == 0;
        if (m_hasCompleted)
            Q_EMIT completed();
    } else if (m_sink.hasRoom()) {
        const std::chrono::duration<double, std::milli> wait = m_pacer.next() - Pacer::Time(m_clock.elapsed());
        m_timer.start(static_cast<int>(std::ceil(std::clamp(wait.count(), 0.0, 60'000.0))));
    }
}

void SinkProduction::sendOne()
{
    ++m_unanswered;
    m_sink.send(m_template.render(m_firstSeq + m_produced++), true, [this](const EventSink::Answer &answer) {
        --m_unanswered;
        if (!answer.problem.isEmpty())
            Q_EMIT failed(answer.problem);
    });
}

} // namespace weir::publish
