// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"

#include <QNetworkReply>
#include <QNetworkRequest>

#include <tl/expected.hpp>

namespace weir::publish {

/// A POST that publishes one message to a hub.
struct HubRequest
{
    QNetworkRequest request;
    QByteArray body;
};

/// Mercure, "Publication"; nchan, "Publisher Endpoints" and `X-EventSource-Event`. What leftOut() names is left out. On
/// a message without data a sentence says that there is nothing to publish.
tl::expected<HubRequest, QString> hubRequest(const HubSettings &hub, const sse::Message &message);

/// What became of it: see EventSink::Answer. The problem names the cause, with the beginning of what the hub said.
EventSink::Answer hubAnswer(const HubSettings &hub, QNetworkReply &reply);

} // namespace weir::publish
