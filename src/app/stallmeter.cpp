// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stallmeter.h"

#include <algorithm>

namespace weir::app {

StallMeter::StallMeter(QObject *parent)
    : QObject(parent)
    , m_asker(&StallMeter::ask, this)
{}

StallMeter::~StallMeter()
{
    m_isStopping = true;
    m_asker.join();
}

void StallMeter::ask()
{
    for (auto due = Clock::now(); !m_isStopping; due += interval) {
        std::this_thread::sleep_until(due);
        if (!m_isWaiting.exchange(true))
            QMetaObject::invokeMethod(
                this, [this, asked = Clock::now()] { answer(asked); }, Qt::QueuedConnection);
    }
}

void StallMeter::answer(Clock::time_point asked)
{
    const auto now = Clock::now();
    // The questions that were due during a stall were not asked: they would have been late by what was left of it.
    for (auto due = asked; due <= now; due += interval)
        m_latenessMs.push_back(std::chrono::duration<float, std::milli>(now - due).count());
    m_isWaiting = false;
}

StallMeter::Result StallMeter::result() const
{
    if (m_latenessMs.empty())
        return {};
    auto sorted = m_latenessMs;
    std::ranges::sort(sorted);
    const auto index = std::min(sorted.size() - 1, sorted.size() * 99 / 100);
    return {static_cast<double>(sorted[index]), static_cast<double>(sorted.back())};
}

} // namespace weir::app
