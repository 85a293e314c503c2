// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/networkroute.h"

#include <QCryptographicHash>
#include <QDataStream>

namespace weir::subscribe {

namespace {

std::optional<QNetworkProxy> proxyFor(const ProxySettings &settings)
{
    switch (settings.kind) {
    case ProxyKind::System:
        return std::nullopt;
    case ProxyKind::None:
        return QNetworkProxy(QNetworkProxy::NoProxy);
    case ProxyKind::HttpConnect:
        return QNetworkProxy(
            QNetworkProxy::HttpProxy, settings.host, settings.port, settings.userName, settings.password);
    case ProxyKind::Socks5:
        return QNetworkProxy(
            QNetworkProxy::Socks5Proxy, settings.host, settings.port, settings.userName, settings.password);
    }
    return std::nullopt;
}

QSslConfiguration tlsFor(const TransportSettings &transport, const TlsFiles &files)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!files.authorities.isEmpty())
        tls.addCaCertificates(files.authorities);
    if (!files.clientChain.isEmpty()) {
        tls.setLocalCertificateChain(files.clientChain);
        tls.setPrivateKey(files.clientKey);
    }
    if (transport.httpVersion == HttpVersion::Http2)
        tls.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2, QSslConfiguration::NextProtocolHttp1_1});
    return tls;
}

QByteArray keyFor(const TransportSettings &transport, const TlsFiles &files)
{
    QByteArray described;
    QDataStream out(&described, QIODevice::WriteOnly);
    const ProxySettings &proxy = transport.proxy;
    out << static_cast<int>(proxy.kind) << proxy.host << proxy.port << proxy.userName << proxy.password
        << static_cast<int>(transport.httpVersion) << transport.tls.acceptInvalid << files.clientKey.toPem();
    for (const QSslCertificate &certificate : files.authorities + files.clientChain)
        out << certificate.digest(QCryptographicHash::Sha256);
    return QCryptographicHash::hash(described, QCryptographicHash::Sha256);
}

} // namespace

NetworkRoute routeFor(const TransportSettings &transport, const TlsFiles &files)
{
    NetworkRoute route;
    route.tls = tlsFor(transport, files);
    route.proxy = proxyFor(transport.proxy);
    route.usesHttp2 = transport.httpVersion == HttpVersion::Http2;
    route.acceptsInvalid = transport.tls.acceptInvalid;
    route.key = keyFor(transport, files);
    return route;
}

} // namespace weir::subscribe
