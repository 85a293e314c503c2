// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/generator.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr qint64 maxBatchBytes = 64 << 10;
/// Kept queued for the slowest client at rate 0: enough that a socket never waits for the generator.
constexpr qint64 queueTarget = 256 << 10;
/// Per turn of the event loop, so that the server stays responsive while a timed generator catches up.
constexpr int maxBatchesPerTurn = 16;
constexpr double shortestPeriodMs = 2;

/// A chunk's size line has a fixed width, so that the blocks can be rendered right behind it.
QByteArray sizeLine(qsizetype size, int width)
{
    return QByteArray::number(size, 16).rightJustified(width, '0') + "\r\n";
}

} // namespace

Generator::Generator(Channel &channel, const Plan &plan, EventTemplate eventTemplate, Bounds bounds, QObject *parent)
    : Production(parent)
    , m_channel(channel)
    , m_plan(plan)
    , m_template(std::move(eventTemplate))
    , m_bounds(bounds)
{
    if (plan.pace)
        m_pacer.emplace(*plan.pace);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Generator::advance);
    connect(&m_channel, &Channel::subscribersChanged, this, &Generator::advance);
    connect(&m_channel, &Channel::progressed, this, &Generator::advance);
}

void Generator::start()
{
    advance();
}

void Generator::pause()
{
    m_isPaused = true;
    m_timer.stop();
    m_clock.pause();
}

void Generator::resume()
{
    m_isPaused = false;
    m_clock.resume();
    m_timer.start(0ms);
}

void Generator::advance()
{
    if (m_hasFinished || m_isPaused)
        return;
    if (!m_hasBegun) {
        if (m_channel.subscriberCount() >= m_plan.waitForClients)
            begin();
        return;
    }
    if (std::exchange(m_isProducing, true))
        return;
    produce();
    m_isProducing = false;
    if (isComplete() && !std::exchange(m_hasCompleted, true))
        Q_EMIT completed();
    if (m_hasCompleted && !m_hasFinished && m_channel.isDrained()) {
        m_hasFinished = true;
        Q_EMIT finished();
    }
}

void Generator::produce()
{
    if (!m_pacer)
        produceWhileRoom();
    else if (!m_timer.isActive())
        produceDue();
}

void Generator::begin()
{
    m_hasBegun = true;
    m_clock.start();
    // Not from within the signal that a client came, so that everyone who came with it is served alike.
    m_timer.start(0ms);
}

bool Generator::isComplete() const
{
    return m_pacer ? m_pacer->isComplete() : m_plan.count > 0 && m_produced >= m_plan.count;
}

void Generator::produceDue()
{
    for (int batch = 0; batch < maxBatchesPerTurn; ++batch) {
        if (m_bounds.isLossless && m_channel.longestQueue() > m_bounds.maxQueuedBytes / 2)
            break;
        // As many as surely fit into one frame.
        const std::uint64_t fitting = std::max<std::uint64_t>(1, batchBytes() / m_template.maxSize());
        const std::uint64_t events = m_pacer->take(elapsed(), fitting);
        if (events == 0)
            break;
        sendBatch(events);
    }
    scheduleNext();
}

void Generator::scheduleNext()
{
    if (isComplete())
        return;
    const std::chrono::duration<double, std::milli> wait = m_pacer->next() - elapsed();
    m_timer.start(static_cast<int>(std::clamp(wait.count(), shortestPeriodMs, 60'000.0)));
}

void Generator::produceWhileRoom()
{
    const qint64 target = std::min(queueTarget, m_bounds.maxQueuedBytes / 2);
    const auto hasRoom = [this, target] {
        return m_channel.subscriberCount() > 0 && m_channel.longestQueue() < target;
    };
    for (int batch = 0; batch < maxBatchesPerTurn && !isComplete() && hasRoom(); ++batch)
        sendBatch(m_plan.count == 0 ? std::numeric_limits<std::uint64_t>::max() : m_plan.count - m_produced);
    // Clients that keep up leave nothing queued, so none of them will report progress.
    if (!isComplete() && hasRoom())
        m_timer.start(0ms);
}

std::size_t Generator::batchBytes() const
{
    return static_cast<std::size_t>(std::min(maxBatchBytes, m_bounds.maxQueuedBytes / 8));
}

/// Sends up to so many events in one frame.
void Generator::sendBatch(std::uint64_t mostEvents)
{
    const std::size_t goal = batchBytes();
    const std::size_t capacity = goal + m_template.maxSize();
    const int width = capacity < 0x100000 ? 5 : 8;
    QByteArray chunk(width + 2 + static_cast<qsizetype>(capacity) + 2, Qt::Uninitialized);
    char *const blocks = chunk.data() + width + 2;
    char *out = blocks;
    std::uint64_t id = m_channel.nextPosition();
    std::uint32_t events = 0;
    do {
        out = m_template.render(out, id++, m_plan.firstSeq + m_produced++);
        ++events;
    } while (events < mostEvents && static_cast<std::size_t>(out - blocks) < goal);
    *out++ = '\r';
    *out++ = '\n';
    chunk.truncate(out - chunk.constData());
    const QByteArray head = sizeLine(out - blocks - 2, width);
    std::copy(head.begin(), head.end(), chunk.data());
    m_channel.sendFrame(std::make_shared<const Frame>(std::move(chunk), width + 2, events));
}

} // namespace weir::publish
