// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/sendingdesk.h"

#include "publish/channelset.h"
#include "publish/clientsink.h"
#include "publish/rawtext.h"

#include <algorithm>

namespace weir::publish {

namespace {

constexpr std::size_t maxOpenSinks = 8;

} // namespace

void SendingDesk::send(ChannelSet &channels, const ClientSet &clients, std::uint64_t number,
    const Publication &publication, const Destination &destination, std::uint64_t seq)
{
    QString problem;
    ClientSink receivers(clients, publication.clients); // answers at once
    const bool isForSome = !publication.clients.isEmpty() && !destination.hub;
    EventSink *sink = isForSome ? &receivers : sinkFor(channels, destination, problem);
    if (!sink)
        refuse(number, publication, problem);
    else if (publication.rawText)
        sendRaw(*sink, number, publication);
    else
        sendMessage(*sink, number, publication, seq);
}

void SendingDesk::refuse(std::uint64_t number, const Publication &publication, const QString &problem)
{
    Q_EMIT answered(number, problem, {}, publication);
}

EventSink *SendingDesk::sinkFor(ChannelSet &channels, const Destination &destination, QString &problem)
{
    // A channel that was removed comes back when it is used again.
    if (!destination.hub)
        channels.findOrAdd(destination.path);
    const auto known = std::find_if(
        m_sinks.begin(), m_sinks.end(), [&](const OpenSink &open) { return open.destination == destination; });
    if (known != m_sinks.end()) {
        m_sinks.splice(m_sinks.begin(), m_sinks, known);
        return m_sinks.front().sink.get();
    }
    auto sink = openSink(channels, destination, problem);
    if (!sink)
        return nullptr;
    m_sinks.push_front({destination, std::move(sink)});
    trimSinks();
    return m_sinks.front().sink.get();
}

// Those that still have something to send stay: each message gets its answer.
void SendingDesk::trimSinks()
{
    for (auto open = std::prev(m_sinks.end()); m_sinks.size() > maxOpenSinks && open != m_sinks.begin();) {
        const auto oldest = open--;
        if (oldest->sink->pending() == 0)
            m_sinks.erase(oldest);
    }
}

MessageTemplate *SendingDesk::templateFor(const sse::Message &message, QString &problem)
{
    if (!m_template || m_templateText != message) {
        m_templateText = message;
        m_template = MessageTemplate::compile(message, problem);
    }
    return m_template ? &*m_template : nullptr;
}

void SendingDesk::sendMessage(EventSink &sink, std::uint64_t number, Publication publication, std::uint64_t seq)
{
    if (publication.isTemplate) {
        QString problem;
        MessageTemplate *compiled = templateFor(publication.message, problem);
        if (!compiled)
            return refuse(number, publication, problem);
        publication.message = compiled->render(seq);
        publication.isTemplate = false;
    }
    sink.send(
        publication.message, publication.automaticId, [this, number, publication](const EventSink::Answer &answer) {
            Q_EMIT answered(number, answer.problem, answer.id, publication);
        });
}

void SendingDesk::sendRaw(EventSink &sink, std::uint64_t number, const Publication &publication)
{
    const auto bytes = bytesOf(*publication.rawText);
    if (!bytes)
        return refuse(number, publication, bytes.error().text());
    if (bytes->empty())
        return refuse(number, publication, tr("There are no bytes to send."));
    sink.sendBytes(QByteArray::fromStdString(*bytes), [this, number, publication](const EventSink::Answer &answer) {
        Q_EMIT answered(number, answer.problem, answer.id, publication);
    });
}

} // namespace weir::publish
