// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientcontrol.h"

#include "publish/server.h"

namespace weir::publish {

ClientControl::ClientControl(Publisher &publisher, QObject *parent)
    : QObject(parent)
    , m_publisher(publisher)
    , m_link(std::make_shared<Link>())
{
    m_link->control = this;
    m_publisher.onServer([link = m_link](Server &server) {
        ClientSet &clients = server.clients();
        connect(&clients.faults(), &ArmedFaults::changed, &clients, [link](const QList<ArmedFault> &armed) {
            link->run([armed](ClientControl &control) { Q_EMIT control.armedChanged(armed); });
        });
        connect(&clients.log(), &AccessLog::recorded, &clients,
            [link](const QList<RequestRecord> &records, std::uint64_t leftOut) {
                link->run(
                    [records, leftOut](ClientControl &control) { Q_EMIT control.requestsRecorded(records, leftOut); });
            });
    });
}

ClientControl::~ClientControl()
{
    const std::lock_guard lock(m_link->mutex);
    m_link->control = nullptr;
}

/// Publisher thread: runs the task on the thread of the control, if that is still there.
void ClientControl::Link::run(std::function<void(ClientControl &)> task)
{
    const std::lock_guard lock(mutex);
    if (control)
        QMetaObject::invokeMethod(
            control, [to = control, task = std::move(task)] { task(*to); }, Qt::QueuedConnection);
}

void ClientControl::reset(std::uint64_t client)
{
    m_publisher.onServer([client](Server &server) { server.clients().resetClient(client); });
}

void ClientControl::setPaused(std::uint64_t client, bool paused)
{
    m_publisher.onServer([client, paused](Server &server) { server.clients().pauseClient(client, paused); });
}

void ClientControl::setFaults(std::uint64_t client, const FaultPlan &plan)
{
    QString obstacle = plan.contradiction();
    if (obstacle.isEmpty())
        obstacle = plan.liveObstacle();
    if (!obstacle.isEmpty()) {
        Q_EMIT refused(obstacle);
        return;
    }
    m_publisher.onServer([link = m_link, client, plan](Server &server) {
        const QString reason = server.clients().setFaults(client, plan);
        if (!reason.isEmpty())
            link->run([reason](ClientControl &control) { Q_EMIT control.refused(reason); });
    });
}

void ClientControl::arm(const QString &path, int connections, const FaultPlan &plan)
{
    if (const QString obstacle = plan.contradiction(); !obstacle.isEmpty()) {
        Q_EMIT refused(obstacle);
        return;
    }
    m_publisher.onServer(
        [path, connections, plan](Server &server) { server.clients().faults().arm(path, connections, plan); });
}

void ClientControl::disarm(int number)
{
    m_publisher.onServer([number](Server &server) { server.clients().faults().disarm(number); });
}

void ClientControl::clearFaults()
{
    m_publisher.onServer([](Server &server) {
        server.clients().faults().clear();
        server.clients().clearFaults();
    });
}

void ClientControl::askForHead(std::uint64_t client)
{
    m_publisher.onServer([link = m_link, client](Server &server) {
        const QByteArray head = server.clients().requestHead(client);
        link->run([client, head](ClientControl &control) { Q_EMIT control.headKnown(client, head); });
    });
}

void ClientControl::watchRequests(bool watched)
{
    m_publisher.onServer([watched](Server &server) { server.clients().log().setWatched(watched); });
}

} // namespace weir::publish
