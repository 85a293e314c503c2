// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace weir::subscribe {

/// Files and choices of an encrypted connection. Files are read anew for each attempt, never on the GUI thread.
struct TlsSettings
{
    QString caFile;          ///< PEM: trusted besides the system's authorities. Empty: only those
    QString certificateFile; ///< of the client: PEM, or PKCS #12 with its key
    QString keyFile;         ///< of the client: PEM. Empty: the key stands in certificateFile
    QString keyPassphrase;   ///< a secret
    bool acceptInvalid = false;

    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

enum class ProxyKind : std::uint8_t {
    System, ///< what the desktop or `http_proxy` says
    None,
    HttpConnect, ///< HTTP proxy: requests of http addresses are sent to it, connections for https go through it
    Socks5,      ///< it also looks names up
};

struct ProxySettings
{
    ProxyKind kind = ProxyKind::System;
    QString host;
    quint16 port = 0;
    QString userName;
    QString password; ///< a secret

    friend bool operator==(const ProxySettings &, const ProxySettings &) = default;
};

enum class HttpVersion : std::uint8_t {
    Http1,
    Http2, ///< if the server offers it in the TLS handshake, else HTTP/1.1
};

/// Which addresses of a host are tried. Only for direct connections: a proxy chooses by itself.
enum class AddressFamily : std::uint8_t { Any, IPv4, IPv6 };

/// All that decides which way a request takes. Requests share a connection pool only if theirs is the same.
struct TransportSettings
{
    TlsSettings tls;
    ProxySettings proxy;
    HttpVersion httpVersion = HttpVersion::Http1;
    AddressFamily addressFamily = AddressFamily::Any;

    friend bool operator==(const TransportSettings &, const TransportSettings &) = default;
};

} // namespace weir::subscribe
