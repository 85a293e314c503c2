// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"
#include "support/faultserver.h"

#include <QMultiMap>

namespace weir::publish {

/// What a Mercure hub makes of a publication, read as strictly as the protocol words it (Mercure, "Publication" and
/// "Authorization"). There is no hub to install here, so the requests are checked against this.
struct MercureUpdate
{
    QString fault; ///< why a hub would refuse it; empty: accepted
    QList<QByteArray> topics;
    QByteArray data;
    bool isPrivate = false;
    QByteArray id;
    QByteArray type;
    QByteArray retry;
};
MercureUpdate readUpdate(const test::Request &request, const QByteArray &expectedToken);

/// A hub at that place, as the tests settle it: with a token and, for Mercure, a topic.
HubSettings hubSettings(const QUrl &url, HubSettings::Kind kind);

} // namespace weir::publish
