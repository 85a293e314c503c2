// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/status.h"
#include "subscribe/transport.h"

#include <QByteArray>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QUrl>

namespace weir::subscribe {

/// The way that a request takes, in the network library's terms. Value.
struct NetworkRoute
{
    QSslConfiguration tls;
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    QHostAddress address; ///< to connect to, if the family was chosen; else the library looks the host up
    bool usesHttp2 = false;
    bool acceptsInvalid = false;
    /// Equal keys: the same way. The library mixes up the TLS settings of requests to one host within a manager, so a
    /// manager serves one key only. Holds no secret, only a digest.
    QByteArray key;
    Cause problem = Cause::None; ///< there is no such way
    QString detail;
};

/// Reads files, asks the system for its proxy (which may run a script) and looks the host up if the family was chosen:
/// may take long, so never on the GUI or the ingest thread. `attempt` chooses among several addresses in turn. A
/// `foreign` place, to which a redirect led, is not shown the client certificate.
NetworkRoute routeTo(const QUrl &url, TransportSettings transport, bool isForeign, std::uint32_t attempt);

/// `host:port` for people; empty if direct.
QString proxyText(const QNetworkProxy &proxy);

} // namespace weir::subscribe
