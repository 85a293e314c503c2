// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/eventsink.h"

#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace weir::publish {

class ChannelSet;

/// A hub of somebody else that takes events by POST. A value. Holds a secret: never written to a file as it is.
struct HubSettings
{
    enum class Kind {
        Mercure, ///< form fields and a JWT: Mercure, "Publication"
        Nchan,   ///< the data as body: nchan, a publisher location
    };
    Kind kind = Kind::Mercure;
    QUrl url;
    QStringList topics;     ///< Mercure: at least one, the first is the canonical one
    bool isPrivate = false; ///< Mercure: only for subscribers that are authorised
    QByteArray token;       ///< sent as a bearer token; empty: none
    int maxPending = 1000;  ///< messages queued or under way
    qint64 maxPendingBytes = 16 << 20;
    std::chrono::milliseconds timeout{10000}; ///< for an answer

    bool operator==(const HubSettings &) const = default;
};

/// A channel of the own server by its path, or a hub. A value.
struct Destination
{
    QString path = QStringLiteral("/events"); ///< counts without a hub
    /// Of a channel: there is no room while the slowest client has more than this queued; 0: clients never hold up.
    qint64 waitAboveBytes = 0;
    std::optional<HubSettings> hub;

    bool operator==(const Destination &) const = default;
};

/// What of the message a hub of this kind does not take and is left out, as a sentence; empty if nothing is.
QString leftOut(HubSettings::Kind kind, const sse::Message &message);

/// Why nothing can be sent there, as a sentence; empty if nothing speaks against it.
QString faultOf(const Destination &destination);

/// Null, and `problem` says why, if faultOf() has something to say. The channel is made if need be; `channels` must
/// outlive the sink. Publisher thread only.
std::unique_ptr<EventSink> openSink(ChannelSet &channels, const Destination &destination, QString &problem);

} // namespace weir::publish
