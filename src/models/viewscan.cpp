// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/viewscan.h"

#include "models/viewscanjob.h"

#include <algorithm>

namespace weir::models {

KindSet defaultKinds()
{
    KindSet kinds;
    kinds.set(bit(store::Kind::Event));
    kinds.set(bit(store::Kind::Connection));
    return kinds;
}

ViewScan::ViewScan(QObject *parent)
    : QObject(parent)
{
    restart();
}

ViewScan::~ViewScan()
{
    m_mailbox->close();
}

void ViewScan::setCriteria(ViewCriteria criteria)
{
    m_criteria = std::move(criteria);
    restart();
}

void ViewScan::setSnapshot(const store::Snapshot &snapshot)
{
    m_snapshot = snapshot;
    if (!m_hasJob)
        startJob();
}

bool ViewScan::isComplete() const
{
    return !m_hasJob && !m_awaitsFirst && m_next >= m_snapshot.end();
}

void ViewScan::restart()
{
    if (m_mailbox)
        m_mailbox->close();
    // The mailbox is closed before this object goes, so that the captured pointer is never used after.
    m_mailbox = std::make_shared<ScanMailbox>(
        [this] { QMetaObject::invokeMethod(this, &ViewScan::collect, Qt::QueuedConnection); });
    m_shared = std::make_shared<const ViewCriteria>(m_criteria);
    m_next = std::max(m_criteria.clearedBefore, store::EventNumber{1});
    m_awaitsFirst = true;
    m_hasJob = false;
    startJob();
}

void ViewScan::startJob()
{
    m_next = std::max(m_next, m_snapshot.begin());
    if (m_next >= m_snapshot.end() && !m_awaitsFirst)
        return;
    m_hasJob = true;
    ScanJob::start(std::make_shared<ScanJob>(m_shared, m_snapshot, m_next, m_mailbox));
    m_next = std::max(m_next, m_snapshot.end());
}

void ViewScan::collect()
{
    auto letter = m_mailbox->collect();
    if (letter.rows.empty() && !letter.isJobDone)
        return;
    if (letter.isJobDone)
        m_hasJob = false;
    ScanResult result{
        m_awaitsFirst, letter.isJobDone && m_next >= m_snapshot.end(), std::move(letter.rows), letter.troubles};
    m_awaitsFirst = false;
    Q_EMIT found(result);
    if (letter.isJobDone && !m_hasJob)
        startJob();
}

} // namespace weir::models
