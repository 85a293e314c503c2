// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/accesslog.h"

namespace weir::publish {

using namespace std::chrono_literals;

AccessLog::AccessLog(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, &AccessLog::flush);
}

void AccessLog::setWatched(bool watched)
{
    m_isWatched = watched;
    m_batch.clear();
    m_leftOut = 0;
}

std::uint64_t AccessLog::add(RequestRecord record)
{
    record.number = ++m_lastNumber;
    keep(record);
    return record.number;
}

void AccessLog::replace(const RequestRecord &record)
{
    keep(record);
}

void AccessLog::keep(const RequestRecord &record)
{
    if (!m_isWatched)
        return;
    // Half at a time, so that a flood does not move the rest for every record.
    if (m_batch.size() >= 2 * maxBatch) {
        m_batch.remove(0, maxBatch);
        m_leftOut += maxBatch;
    }
    m_batch.append(record);
    if (!m_timer.isActive())
        m_timer.start();
}

void AccessLog::flush()
{
    const qsizetype tooMany = m_batch.size() - maxBatch;
    if (tooMany > 0) {
        m_batch.remove(0, tooMany);
        m_leftOut += static_cast<std::uint64_t>(tooMany);
    }
    if (!m_batch.isEmpty())
        Q_EMIT recorded(std::exchange(m_batch, {}), std::exchange(m_leftOut, 0));
}

} // namespace weir::publish
