// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channelreport.h"

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr auto rateInterval = 500ms;
constexpr auto soon = 50ms;
/// How much of a rate is the newest interval: steady to read, and settled after two seconds.
constexpr double newestPart = 0.5;

} // namespace

ChannelReport::ChannelReport(const ChannelSet &channels, QObject *parent)
    : QObject(parent)
    , m_channels(channels)
    , m_timer(this)
    , m_soon(this)
{
    m_timer.setInterval(rateInterval);
    m_soon.setInterval(soon);
    m_soon.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ChannelReport::report);
    connect(&m_soon, &QTimer::timeout, this, &ChannelReport::report);
}

void ChannelReport::start()
{
    m_timer.start();
    noteChange();
}

void ChannelReport::stop()
{
    m_timer.stop();
    noteChange();
}

void ChannelReport::noteChange()
{
    if (!m_soon.isActive())
        m_soon.start();
}

double ChannelReport::rateOf(const QByteArray &path, std::uint64_t sent, double seconds)
{
    Count &count = m_counts[path];
    // A channel that was removed and added again counts anew.
    const std::uint64_t before = count.sent <= sent ? count.sent : 0;
    const double now = seconds > 0 ? static_cast<double>(sent - before) / seconds : 0;
    count.sent = sent;
    count.rate = newestPart * now + (1 - newestPart) * count.rate;
    if (!m_timer.isActive() || count.rate < 0.05)
        count.rate = 0;
    return count.rate;
}

void ChannelReport::report()
{
    constexpr double millisecondsPerSecond = 1000;
    const double seconds =
        m_sinceLast.isValid() ? static_cast<double>(m_sinceLast.restart()) / millisecondsPerSecond : 0;
    if (!m_sinceLast.isValid())
        m_sinceLast.start();
    QList<ChannelStatus> channels;
    for (const Channel *channel : m_channels.channels()) {
        ChannelStatus status = channel->status();
        status.eventsPerSecond = rateOf(channel->path(), status.eventsSent, seconds);
        channels.append(status);
    }
    if (channels == m_reported)
        return;
    m_reported = channels;
    Q_EMIT changed(channels);
}

} // namespace weir::publish
