// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/routelookup.h"

#include <QThreadPool>

#include <mutex>

namespace weir::subscribe {

/// Where the other thread drops its answer; it outlives whoever is gone first.
struct RouteLookup::Mailbox
{
    std::mutex mutex;
    RouteLookup *owner = nullptr;
    std::uint64_t wanted = 0;

    std::uint64_t next()
    {
        const std::lock_guard lock(mutex);
        return ++wanted;
    }

    bool isWanted(std::uint64_t number)
    {
        const std::lock_guard lock(mutex);
        return owner && wanted == number;
    }

    void deliver(std::uint64_t number, const NetworkRoute &route)
    {
        const std::lock_guard lock(mutex);
        if (!owner)
            return;
        // What has been posted to an object that is deleted goes with it.
        QMetaObject::invokeMethod(
            owner,
            [receiver = owner, number, route] {
                if (receiver->m_mailbox->wanted == number)
                    Q_EMIT receiver->found(route);
            },
            Qt::QueuedConnection);
    }
};

RouteLookup::RouteLookup(QObject *parent)
    : QObject(parent)
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
}

RouteLookup::~RouteLookup()
{
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

void RouteLookup::start(
    QThreadPool &threads, const QUrl &url, const TransportSettings &transport, bool isForeign, std::uint32_t attempt)
{
    const std::uint64_t number = m_mailbox->next();
    threads.start([=, mailbox = m_mailbox] {
        // Nobody may be waiting for it any more when its turn comes.
        if (mailbox->isWanted(number))
            mailbox->deliver(number, routeTo(url, transport, isForeign, attempt));
    });
}

} // namespace weir::subscribe
