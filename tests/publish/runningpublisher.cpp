// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/runningpublisher.h"

#include <QTest>

namespace weir::publish {

RunningPublisher::RunningPublisher(PublisherSettings settings)
{
    QSignalSpy started(&m_publisher, &Publisher::started);
    m_publisher.start(settings);
    if (started.wait())
        m_port = static_cast<quint16>(started.at(0).at(0).toUrl().port());
}

QByteArray RunningPublisher::publish(const QByteArray &data, const QByteArray &type)
{
    const qsizetype before = m_published.size();
    m_publisher.publish(publicationOf(data, type));
    if (!QTest::qWaitFor([&] { return m_published.size() > before; }))
        return {};
    return m_published.last().at(1).toByteArray();
}

QList<ClientStatus> RunningPublisher::clients() const
{
    return m_clients.isEmpty() ? QList<ClientStatus>() : m_clients.last().at(0).value<QList<ClientStatus>>();
}

int RunningPublisher::clientCount() const
{
    return static_cast<int>(clients().size());
}

Publication publicationOf(const QByteArray &data, const QByteArray &type)
{
    Publication publication;
    publication.message.data = data.toStdString();
    publication.message.type = type.toStdString();
    return publication;
}

} // namespace weir::publish
