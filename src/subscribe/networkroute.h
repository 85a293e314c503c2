// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/tlsfiles.h"
#include "subscribe/transport.h"

#include <QByteArray>
#include <QNetworkProxy>
#include <QSslConfiguration>

#include <optional>

namespace weir::subscribe {

/// The way that requests take, in the network library's terms. Value.
struct NetworkRoute
{
    QSslConfiguration tls;
    std::optional<QNetworkProxy> proxy; ///< absent: as the system says
    bool usesHttp2 = false;
    bool acceptsInvalid = false;
    /// Equal keys: the same way. The library mixes up the TLS settings of requests to one host within a manager, so a
    /// manager serves one key only. Holds no secret, only a digest.
    QByteArray key;
};

NetworkRoute routeFor(const TransportSettings &transport, const TlsFiles &files);

} // namespace weir::subscribe
