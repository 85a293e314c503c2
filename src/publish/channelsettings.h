// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>
#include <utility>

namespace weir::publish {

/// Where the ids of a channel's events come from.
enum class IdPolicy {
    Counter, ///< `<epoch>-<n>`: the epoch is random for each run, n counts
    Time,    ///< `<time>-<n>`: when it was published, in UTC with milliseconds (RFC 3339)
    Own,     ///< only ids given by hand; what has none cannot be resumed from
    None,    ///< no ids: nothing can be resumed from
};

enum class Compression { None, Gzip };

/// How one channel is served. A value. What says "new streams" leaves those that are open as they are.
struct ChannelSettings
{
    QString path = QStringLiteral("/events");

    IdPolicy ids = IdPolicy::Counter;
    int historyEvents = 1000;           ///< kept for Last-Event-ID
    qint64 historyBytes = 64 << 20;     ///< beside historyEvents
    std::chrono::seconds historyAge{0}; ///< beside both; 0: no limit
    int sendLast = 0;                   ///< held events that a client without a last event ID gets; new streams

    std::chrono::milliseconds heartbeat{15000};     ///< comment on an idle stream; 0: off; new streams
    std::optional<std::chrono::milliseconds> retry; ///< reconnection time sent first; new streams
    bool hasPadding = false;                        ///< a comment of 2 KiB first, against buffers; new streams
    std::chrono::milliseconds maxLife{0};           ///< a stream ends after 80 to 100 % of it; 0: never; new streams
    /// Before a stream is ended it gets a last reconnection time: `retry`, or 0, and up to so much more, another for
    /// each client, so that they do not all come back at once. 0: none.
    std::chrono::milliseconds returnSpread{0};

    QList<std::pair<QByteArray, QByteArray>> headers; ///< added to the response head; see headerFault(); new streams
    Compression compression = Compression::None;      ///< for clients that accept it; new streams
    bool isChunked = true;                            ///< else HTTP/1.1 clients too read until close; new streams

    bool hasEnded = false; ///< streams end, and requests get 204, which tells clients to stay away

    bool operator==(const ChannelSettings &) const = default;
};

/// Empty, or one sentence that says why `path` cannot be a channel's.
QString channelPathFault(const QString &path);

/// Empty, or one sentence that says why that header cannot be added to a stream: RFC 9110, "Field Names" and "Field
/// Values". Framing and hop-by-hop headers are refused, and those that the server decides itself.
QString headerFault(const QByteArray &name, const QByteArray &value);

/// Empty, or one sentence that names what is wrong.
QString faultOf(const ChannelSettings &settings);

QJsonObject toJson(const ChannelSettings &settings);
/// Null if something is of the wrong kind or out of its range; `error` then is one sentence that names it. What is
/// missing is as in a new channel.
std::optional<ChannelSettings> channelSettingsFromJson(const QJsonObject &object, QString &error);

/// A channel as a table shows it. A value, sent at most a few times a second.
struct ChannelStatus
{
    ChannelSettings settings;
    int clients = 0;
    std::uint64_t eventsHeld = 0;
    qint64 bytesHeld = 0;
    std::uint64_t eventsSent = 0; ///< since the channel was made, to whoever listened
    double eventsPerSecond = 0;   ///< over the last second or two

    bool operator==(const ChannelStatus &) const = default;
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::ChannelStatus)
