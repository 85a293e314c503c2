// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventrowtint.h"

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 fadeMs = 900;
constexpr auto tintStep = 50ms;
constexpr std::uint64_t mostRowsASecond = 20;

} // namespace

RowTint::RowTint(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_timer.setInterval(tintStep);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        forgetOld();
        Q_EMIT faded();
    });
}

void RowTint::setEnabled(bool enabled)
{
    m_isEnabled = enabled;
}

void RowTint::add(store::EventNumber first, std::uint64_t count)
{
    if (!m_isEnabled)
        return;
    forgetOld();
    m_batches.push_back({first, count, m_clock.elapsed()});
    m_recent += count;
    if (!m_timer.isActive())
        m_timer.start();
}

double RowTint::freshness(store::EventNumber number) const
{
    if (m_batches.empty() || m_recent > mostRowsASecond || number < m_batches.front().first)
        return 0;
    const auto after = std::upper_bound(m_batches.begin(), m_batches.end(), number,
        [](store::EventNumber value, const Batch &batch) { return value < batch.first; });
    const qint64 age = m_clock.elapsed() - std::prev(after)->arrivedMs;
    return std::max(0.0, 1.0 - static_cast<double>(age) / static_cast<double>(fadeMs));
}

void RowTint::forgetOld()
{
    while (!m_batches.empty() && m_clock.elapsed() - m_batches.front().arrivedMs > fadeMs) {
        m_recent -= m_batches.front().count;
        m_batches.pop_front();
    }
    if (m_batches.empty())
        m_timer.stop();
}

} // namespace weir::gui
