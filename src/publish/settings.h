// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelsettings.h"
#include "publish/tlsidentity.h"
#include "sse/encoder.h"

#include <QByteArray>
#include <QDateTime>
#include <QHostAddress>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <optional>

#include <chrono>
#include <cstdint>

namespace weir::publish {

/// What happens to a client whose queue has reached its bound.
enum class SlowClients {
    Disconnect, ///< it may come back and resume by id
    DropOldest, ///< it stays; a `weir-gap` event stands where events are missing (see Outbox::dropOldest())
};

/// What the server is told when it starts. A value.
struct PublisherSettings
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: any free one
    int maxClients = 1000;
    int historyEvents = 1000;                       ///< kept per channel for Last-Event-ID
    std::chrono::milliseconds heartbeat{15000};     ///< comment on an idle stream; 0: off
    std::optional<std::chrono::milliseconds> retry; ///< sent first to every client
    qint64 maxQueuedBytesPerClient = 4 << 20;
    SlowClients slowClients = SlowClients::Disconnect;
    QByteArray corsOrigin;                        ///< empty: local origins only; `*`: all; else this one as well
    bool isLossless = false;                      ///< generators wait for the slowest client instead of dropping it
    QStringList paths{QStringLiteral("/events")}; ///< channels that exist from the start; see Publisher::addChannel()
    qint64 maxHistoryBytes = 64 << 20;            ///< per channel, beside historyEvents
    QList<ChannelSettings> channels;              ///< exist from the start, with settings of their own
    /// Until a request is complete; the first counts from connecting, later ones from their first byte.
    std::chrono::milliseconds requestDeadline{10000};
    int maxHeadBytes = 32 << 10;                      ///< of a request; a single line may have half of it
    QStringList hostNames;   ///< that requests may name beside the loopback ones; `*`: any. Beyond loopback, empty: any
    TlsIdentity tls;         ///< null: plain HTTP
    QByteArray publishToken; ///< that a request to publish must show; empty: nobody may. Never in a log
    qint64 maxPublishBytes = 1 << 20; ///< of a request to publish

    /// Of channels without settings of their own.
    ChannelSettings channelDefaults() const;
};

/// One event for one channel. An absent id is set by the channel's counter.
struct Publication
{
    QString path = QStringLiteral("/events"); ///< channel
    sse::Message message;
    bool automaticId = true; ///< the channel numbers the event, if message.id is absent
    /// Type, id and data are templates, see compileTemplate(). MessageSender renders them; Publisher::publish() does
    /// not look at this.
    bool isTemplate = false;
    /// A text with escapes, see bytesOf(): its bytes are sent as they are, and the message is not. MessageSender only.
    std::optional<std::string> rawText = {};
    /// Empty: every client of the channel. Else only these, wherever they are subscribed: such an event is not kept in
    /// the history and gets no id by itself, since nobody else saw it; an id of its own moves those clients' position.
    QList<std::uint64_t> clients = {};

    bool operator==(const Publication &) const = default;
};

enum class ClientState {
    Streaming,
    Slow,    ///< it takes less than comes: something has waited for a second
    Paused,  ///< held back by choice
    Waiting, ///< for its response head, which a fault holds back
    Ending,  ///< nothing more comes, except what is queued
};

/// A connected client as the table shows it. A value, sent at most a few times a second.
struct ClientStatus
{
    std::uint64_t id = 0;
    QString address; ///< with port
    QString path;
    QByteArray userAgent;
    QByteArray lastEventId; ///< as sent by the client
    QDateTime since;
    std::uint64_t eventsSent = 0;
    std::uint64_t bytesSent = 0;
    qint64 bytesQueued = 0;
    /// How long the oldest byte waits that the client's system has not acknowledged, looked at 4 times a second: what
    /// is in the system's buffers counts too.
    std::chrono::milliseconds lag{0};
    ClientState state = ClientState::Streaming;
    std::uint64_t eventsDropped = 0;
    QString faults; ///< what it is made to suffer, in words; empty: nothing
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::ClientStatus)
Q_DECLARE_METATYPE(weir::publish::Publication)
