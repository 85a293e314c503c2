// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/stage.h"

#include "publish/clientsink.h"
#include "publish/scenariosteps.h"
#include "publish/server.h"

#include <algorithm>

namespace weir::publish {

namespace {

/// Kept queued for the slowest client: enough that a socket never waits.
constexpr qint64 stageQueue = 256 << 10;

/// Sends what is no event.
bool isNoEvent(StepKind kind)
{
    return kind == StepKind::Raw || kind == StepKind::Comment || kind == StepKind::Retry;
}

bool isForChannelsOnly(StepKind kind)
{
    switch (kind) {
    case StepKind::Drop:
    case StepKind::Silence:
    case StepKind::Answer:
    case StepKind::Faults:
    case StepKind::WaitClients:
    case StepKind::WaitResume:
        return true;
    default:
        return false;
    }
}

} // namespace

Stage::Stage(Server &server, const Target &target, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_target(target)
    , m_client(target.client)
{
    m_sink = openSink(server.channels(), target.destination, m_problem);
    if (!m_sink)
        return;
    if (!target.destination.hub)
        m_channel = server.channels().findOrAdd(target.destination.path);
    if (m_channel && m_client)
        openClient(*m_client);
    if (!m_sink)
        return;
    connect(m_sink.get(), &EventSink::roomMade, this, &Stage::roomMade);
    connect(m_sink.get(), &EventSink::drained, this, &Stage::drained);
    if (!m_channel)
        return;
    connect(m_channel, &Channel::progressed, this, &Stage::roomMade);
    connect(m_channel, &Channel::subscribersChanged, this, &Stage::clientsChanged);
    connect(m_channel, &Channel::resumed, this, &Stage::resumed);
}

Stage::~Stage()
{
    setSilent(false);
}

void Stage::openClient(std::uint64_t client)
{
    const std::vector<std::uint64_t> clients = m_server.clients().streamsAt(m_channel->path());
    if (std::find(clients.begin(), clients.end(), client) != clients.end()) {
        m_sink = std::make_unique<ClientSink>(m_server.clients(), QList<std::uint64_t>{client});
        return;
    }
    m_sink.reset();
    m_problem = tr("There is no client %1 on this channel.").arg(client);
}

QString Stage::name() const
{
    if (m_target.destination.hub)
        return m_target.destination.hub->url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    return m_client ? tr("%1, client %2").arg(m_target.destination.path).arg(*m_client) : m_target.destination.path;
}

QString Stage::obstacle(const Step &step) const
{
    const QString what = label(formOf(step.kind));
    if (!m_channel && isForChannelsOnly(step.kind))
        return tr("“%1” needs a channel of this publisher: a hub does not show its clients.").arg(what);
    if (!m_channel && isNoEvent(step.kind))
        return tr("“%1” needs a channel of this publisher: a hub takes nothing but events.").arg(what);
    for (const Step &inner : step.steps) {
        if (QString reason = obstacle(inner); !reason.isEmpty())
            return reason;
    }
    return {};
}

Generator::Bounds Stage::bounds() const
{
    return {m_server.settings().maxQueuedBytesPerClient, m_server.settings().isLossless};
}

bool Stage::hasRoom() const
{
    return bounds().isLossless ? hasRoomForAll() : m_sink->hasRoom();
}

bool Stage::hasRoomForAll() const
{
    if (!m_sink->hasRoom())
        return false;
    return !m_channel || m_channel->longestQueue() <= std::min(stageQueue, bounds().maxQueuedBytes / 2);
}

int Stage::clientCount() const
{
    return m_channel ? m_channel->subscriberCount() : 0;
}

void Stage::drop(bool isReset, bool isOldestOnly)
{
    std::vector<std::uint64_t> clients = m_server.clients().streamsAt(m_channel->path());
    if (m_client)
        std::erase_if(clients, [this](std::uint64_t id) { return id != *m_client; });
    if (isOldestOnly && clients.size() > 1)
        clients.resize(1);
    for (const std::uint64_t id : clients) {
        if (isReset)
            m_server.clients().resetClient(id);
        else
            m_server.clients().disconnectClient(id);
    }
}

void Stage::setSilent(bool isSilent)
{
    if (m_isSilent == isSilent || !m_channel)
        return;
    m_isSilent = isSilent;
    m_channel->setSilent(isSilent);
}

void Stage::setFaults(const FaultPlan &plan, int connections)
{
    m_server.clients().faults().arm(m_target.destination.path, connections, plan);
}

void Stage::sendBlocks(const QByteArray &bytes, std::uint32_t events, bool isApart, const EventSink::Done &done)
{
    if (!m_channel)
        return m_sink->sendBytes(bytes, done);
    const std::string_view blocks(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const FramePointer frame = isApart ? Frame::apart(blocks, events) : Frame::fromBlocks(blocks, events);
    if (m_client && !static_cast<ClientSink &>(*m_sink).deliver(frame))
        return done({tr("The client has gone."), {}});
    if (!m_client && !m_channel->isOpen())
        return done({m_channel->refusal({}), {}});
    if (!m_client)
        m_channel->sendUnheld(frame);
    done({});
}

} // namespace weir::publish
