// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/publisher.h"

#include <QSignalSpy>

namespace weir::publish {

/// A publisher that listens on a free port.
class RunningPublisher
{
public:
    explicit RunningPublisher(PublisherSettings settings = {});

    Publisher &operator*() { return m_publisher; }
    Publisher *operator->() { return &m_publisher; }
    quint16 port() const { return m_port; } ///< 0: it could not start

    /// Publishes an event with those data to /events and waits for its id.
    QByteArray publish(const QByteArray &data, const QByteArray &type = {});
    /// So many clients are connected and known.
    int clientCount() const;
    QList<ClientStatus> clients() const;

private:
    Publisher m_publisher;
    QSignalSpy m_published{&m_publisher, &Publisher::published};
    QSignalSpy m_clients{&m_publisher, &Publisher::clientsChanged};
    quint16 m_port = 0;
};

/// A publication of an event for /events.
Publication publicationOf(const QByteArray &data, const QByteArray &type = {});

} // namespace weir::publish
