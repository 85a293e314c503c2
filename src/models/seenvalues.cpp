// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/seenvalues.h"

#include "models/seenvaluesjob.h"

#include <algorithm>

namespace weir::models {

SeenValues::SeenValues(LogFeed &feed, QObject *parent, QThreadPool *pool)
    : QObject(parent)
    , m_feed(feed)
    , m_pool(pool)
    , m_collection(std::make_shared<SeenCollection>())
{
    // The mailbox is closed before this object goes, so that the captured pointer is never used after.
    m_mailbox = std::make_shared<SeenMailbox>(
        [this] { QMetaObject::invokeMethod(this, &SeenValues::collect, Qt::QueuedConnection); });
}

SeenValues::~SeenValues()
{
    m_mailbox->close();
}

void SeenValues::update()
{
    const auto &snapshot = m_feed.snapshot();
    if (m_isLooking || m_next >= snapshot.end())
        return;
    m_isLooking = true;
    m_pool->start(new SeenJob(m_collection, snapshot, m_next, m_mailbox));
    m_next = snapshot.end();
}

void SeenValues::collect()
{
    auto letter = m_mailbox->collect();
    if (!letter)
        return;
    m_isLooking = m_isLooking && !letter->isJobDone;
    m_seen = std::move(letter->seen);
    Q_EMIT changed();
}

} // namespace weir::models
