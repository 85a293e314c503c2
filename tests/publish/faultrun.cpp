// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultrun.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace weir::publish {

FaultRun::FaultRun(const FaultPlan &plan, const QByteArray &headers, const PublisherSettings &settings)
    : m_publisher(settings)
    , m_control(*m_publisher)
{
    if (!plan.isEmpty())
        m_control.arm(QStringLiteral("/events"), 1, plan);
    connectAgain(headers);
}

RawClient &FaultRun::connectAgain(const QByteArray &headers)
{
    m_client = std::make_unique<RawClient>(m_publisher.port(), get("/events", headers));
    return *m_client;
}

void FaultRun::publish(const QByteArray &id, const QByteArray &data)
{
    Publication publication = publicationOf(data, "t");
    publication.message.id = id.toStdString();
    m_publisher->publish(publication);
}

QByteArray FaultRun::textOf(const QByteArray &id, const QByteArray &data)
{
    return "id: " + id + "\nevent: t\ndata: " + data + "\n\n";
}

QByteArray FaultRun::chunkOf(const QByteArray &text)
{
    return QByteArray::number(text.size(), 16) + "\r\n" + text + "\r\n";
}

FaultPlan FaultRun::plan(Fault fault, const QVariantMap &parameters)
{
    return FaultPlan().with(fault, parameters);
}

int FaultRun::segmentsSent() const
{
    tcp_info info{};
    socklen_t size = sizeof info;
    getsockopt(servingDescriptor(), IPPROTO_TCP, TCP_INFO, &info, &size);
    return static_cast<int>(info.tcpi_data_segs_out - info.tcpi_total_retrans);
}

/// The publisher lives in this process, so its end of the connection is among our descriptors.
int FaultRun::servingDescriptor() const
{
    const auto isPeer = [port = m_client->socket().localPort()](int descriptor) {
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        auto *address = reinterpret_cast<sockaddr *>(&storage); // as getpeername(2) has it, and for each family
        return getpeername(descriptor, address, &size) == 0 && storage.ss_family == AF_INET &&
               ntohs(reinterpret_cast<const sockaddr_in *>(&storage)->sin_port) == port;
    };
    int descriptor = 3;
    while (descriptor < 1024 && !isPeer(descriptor))
        ++descriptor;
    return descriptor;
}

} // namespace weir::publish
