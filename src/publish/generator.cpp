// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/generator.h"

#include <algorithm>
#include <limits>

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

Generator::Generator(Channel &channel, const Publisher::GeneratorSettings &settings, EventTemplate eventTemplate,
    Pace pace, QObject *parent)
    : QObject(parent)
    , m_channel(channel)
    , m_settings(settings)
    , m_template(std::move(eventTemplate))
    , m_pace(pace)
{
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

void Generator::advance()
{
    if (m_hasFinished)
        return;
    if (!m_hasBegun) {
        if (m_channel.subscriberCount() >= m_settings.waitForClients)
            begin();
        return;
    }
    if (!isTimed())
        produceWhileRoom();
    else if (!m_timer.isActive())
        produceDue();
    if (isComplete() && m_channel.isDrained()) {
        m_hasFinished = true;
        Q_EMIT finished();
    }
}

void Generator::begin()
{
    m_hasBegun = true;
    m_begin = std::chrono::steady_clock::now();
    // Not from within the signal that a client came, so that everyone who came with it is served alike.
    m_timer.start(0ms);
}

std::uint64_t Generator::remaining() const
{
    return m_settings.count == 0 ? std::numeric_limits<std::uint64_t>::max() : m_settings.count - m_produced;
}

std::uint64_t Generator::due() const
{
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - m_begin;
    const auto total = static_cast<std::uint64_t>(elapsed.count() * m_settings.eventsPerSecond) + 1;
    return total <= m_produced ? 0 : std::min(total - m_produced, remaining());
}

void Generator::produceDue()
{
    for (int batch = 0; batch < maxBatchesPerTurn; ++batch) {
        const std::uint64_t events = due();
        if (events == 0 || (m_pace.isLossless && m_channel.longestQueue() > m_pace.maxQueuedBytes / 2))
            break;
        sendBatch(events);
    }
    scheduleNext();
}

void Generator::scheduleNext()
{
    if (isComplete())
        return;
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - m_begin;
    const double next = static_cast<double>(m_produced) / m_settings.eventsPerSecond * 1000;
    const double wait = std::clamp(next - elapsed.count(), shortestPeriodMs, 60'000.0);
    m_timer.start(static_cast<int>(wait));
}

void Generator::produceWhileRoom()
{
    const qint64 target = std::min(queueTarget, m_pace.maxQueuedBytes / 2);
    while (!isComplete() && m_channel.subscriberCount() > 0 && m_channel.longestQueue() < target)
        sendBatch(remaining());
}

void Generator::sendBatch(std::uint64_t maxEvents)
{
    const auto goal = static_cast<std::size_t>(std::min(maxBatchBytes, m_pace.maxQueuedBytes / 8));
    const std::size_t capacity = goal + m_template.maxSize();
    const int width = capacity < 0x100000 ? 5 : 8;
    QByteArray chunk(width + 2 + static_cast<qsizetype>(capacity) + 2, Qt::Uninitialized);
    char *const blocks = chunk.data() + width + 2;
    char *out = blocks;
    std::uint64_t id = m_channel.nextPosition();
    std::uint32_t events = 0;
    do {
        out = m_template.render(out, id++, ++m_produced);
        ++events;
    } while (events < maxEvents && static_cast<std::size_t>(out - blocks) < goal);
    *out++ = '\r';
    *out++ = '\n';
    chunk.truncate(out - chunk.constData());
    const QByteArray head = sizeLine(out - blocks - 2, width);
    std::copy(head.begin(), head.end(), chunk.data());
    m_channel.sendFrame(std::make_shared<const Frame>(std::move(chunk), width + 2, events));
}

} // namespace weir::publish
