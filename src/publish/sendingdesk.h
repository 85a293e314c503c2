// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"
#include "publish/eventtemplate.h"

#include <list>

namespace weir::publish {

class ClientSet;

/// The half of MessageSender on the publisher thread: keeps a sink open for each destination used lately, and the last
/// template compiled.
class SendingDesk : public QObject
{
    Q_OBJECT

public:
    /// A publication with clients goes to them alone.
    void send(ChannelSet &channels, const ClientSet &clients, std::uint64_t number, const Publication &publication,
        const Destination &destination, std::uint64_t seq);

Q_SIGNALS:
    void answered(
        std::uint64_t number, const QString &problem, const QByteArray &id, const weir::publish::Publication &sent);

private:
    struct OpenSink
    {
        Destination destination;
        std::unique_ptr<EventSink> sink;
    };
    EventSink *sinkFor(ChannelSet &channels, const Destination &destination, QString &problem);
    void trimSinks();
    MessageTemplate *templateFor(const sse::Message &message, QString &problem);
    void refuse(std::uint64_t number, const Publication &publication, const QString &problem);
    void sendMessage(EventSink &sink, std::uint64_t number, Publication publication, std::uint64_t seq);
    void sendRaw(EventSink &sink, std::uint64_t number, const Publication &publication);

    std::list<OpenSink> m_sinks; ///< used last first
    sse::Message m_templateText;
    std::optional<MessageTemplate> m_template; ///< of m_templateText
};

} // namespace weir::publish
