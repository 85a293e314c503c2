// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/destination.h"

#include "publish/channelset.h"
#include "publish/channelsink.h"
#include "publish/hubpublisher.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

QString destinationWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::Destination", text);
}

bool isSendableToken(const QByteArray &token)
{
    return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

QString faultOf(const HubSettings &hub)
{
    if (!hub.url.isValid() || hub.url.host().isEmpty() ||
        (hub.url.scheme() != "http"_L1 && hub.url.scheme() != "https"_L1))
        return destinationWords("The hub's address must begin with http:// or https:// and name a host.");
    if (!hub.url.userInfo().isEmpty())
        return destinationWords(
            "The hub's address must not hold a user name or password; the token has a field of its own.");
    const bool hasTopic = !hub.topics.isEmpty() && std::none_of(hub.topics.begin(), hub.topics.end(),
                                                       [](const QString &topic) { return topic.isEmpty(); });
    if (hub.kind == HubSettings::Kind::Mercure && !hasTopic)
        return destinationWords("A Mercure hub needs at least one topic, and none may be empty.");
    if (!isSendableToken(hub.token))
        return destinationWords("The token must be one word of ASCII characters.");
    return {};
}

} // namespace

QString faultOf(const Destination &destination)
{
    if (destination.hub)
        return faultOf(*destination.hub);
    return destination.path.startsWith(u'/') ? QString() : destinationWords("A path begins with “/”.");
}

std::unique_ptr<EventSink> openSink(ChannelSet &channels, const Destination &destination, QString &problem)
{
    problem = faultOf(destination);
    if (!problem.isEmpty())
        return {};
    if (destination.hub)
        return std::make_unique<HubPublisher>(*destination.hub);
    if (Channel *channel = channels.findOrAdd(destination.path))
        return std::make_unique<ChannelSink>(*channel, destination.waitAboveBytes);
    problem = destinationWords("“%1” cannot be a path: it must begin with one slash and have no space, “?” or “#”.")
                  .arg(destination.path);
    return {};
}

} // namespace weir::publish
