// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/networkroute.h"

#include "subscribe/tlsfiles.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDataStream>
#include <QHostInfo>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>

#include <algorithm>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

QNetworkProxy systemProxy(const QUrl &url)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.constFirst();
}

QNetworkProxy proxyFor(const ProxySettings &settings, const QUrl &url)
{
    switch (settings.kind) {
    case ProxyKind::System:
        return systemProxy(url);
    case ProxyKind::None:
        break;
    case ProxyKind::HttpConnect:
        return QNetworkProxy(
            QNetworkProxy::HttpProxy, settings.host, settings.port, settings.userName, settings.password);
    case ProxyKind::Socks5:
        return QNetworkProxy(
            QNetworkProxy::Socks5Proxy, settings.host, settings.port, settings.userName, settings.password);
    }
    return QNetworkProxy(QNetworkProxy::NoProxy);
}

void setTls(NetworkRoute &route, const TransportSettings &transport, const TlsFiles &files)
{
    route.tls = QSslConfiguration::defaultConfiguration();
    if (!files.authorities.isEmpty())
        route.tls.addCaCertificates(files.authorities);
    if (!files.clientChain.isEmpty()) {
        route.tls.setLocalCertificateChain(files.clientChain);
        route.tls.setPrivateKey(files.clientKey);
    }
    route.usesHttp2 = transport.httpVersion == HttpVersion::Http2;
    if (route.usesHttp2)
        route.tls.setAllowedNextProtocols(
            {QSslConfiguration::ALPNProtocolHTTP2, QSslConfiguration::NextProtocolHttp1_1});
    route.acceptsInvalid = transport.tls.acceptInvalid;
}

QByteArray keyFor(const NetworkRoute &route, const TlsFiles &files)
{
    QByteArray described;
    QDataStream out(&described, QIODevice::WriteOnly);
    const QNetworkProxy &proxy = route.proxy;
    out << static_cast<int>(proxy.type()) << proxy.hostName() << proxy.port() << proxy.user() << proxy.password()
        << route.usesHttp2 << route.acceptsInvalid << files.clientKey.toPem();
    for (const QSslCertificate &certificate : files.authorities + files.clientChain)
        out << certificate.digest(QCryptographicHash::Sha256);
    return QCryptographicHash::hash(described, QCryptographicHash::Sha256);
}

void chooseAddress(NetworkRoute &route, const QUrl &url, AddressFamily family, std::uint32_t attempt)
{
    const auto protocol = family == AddressFamily::IPv4 ? QAbstractSocket::IPv4Protocol : QAbstractSocket::IPv6Protocol;
    auto addresses = QHostInfo::fromName(url.host()).addresses();
    addresses.removeIf([&](const QHostAddress &address) { return address.protocol() != protocol; });
    if (!addresses.isEmpty()) {
        route.address = addresses.at(static_cast<qsizetype>(attempt) % addresses.size());
        return;
    }
    route.problem = Cause::HostNotFound;
    route.detail = QCoreApplication::translate("NetworkRoute", "%1 has no %2 address")
                       .arg(url.host(), family == AddressFamily::IPv4 ? u"IPv4"_s : u"IPv6"_s);
}

} // namespace

NetworkRoute routeTo(const QUrl &url, TransportSettings transport, bool isForeign, std::uint32_t attempt)
{
    if (isForeign) {
        transport.tls.certificateFile.clear();
        transport.tls.keyFile.clear();
    }
    const TlsFiles files = loadTlsFiles(transport.tls);
    NetworkRoute route;
    if (!files.problem.isEmpty()) {
        route.problem = Cause::TlsFilesUnusable;
        route.detail = files.problem;
        return route;
    }
    setTls(route, transport, files);
    route.proxy = proxyFor(transport.proxy, url);
    route.key = keyFor(route, files);
    if (transport.addressFamily != AddressFamily::Any && route.proxy.type() == QNetworkProxy::NoProxy)
        chooseAddress(route, url, transport.addressFamily, attempt);
    return route;
}

QString proxyText(const QNetworkProxy &proxy)
{
    if (proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::DefaultProxy)
        return {};
    const QString kind = proxy.type() == QNetworkProxy::Socks5Proxy ? u"SOCKS5 "_s : u"HTTP "_s;
    return kind + proxy.hostName() + u':' + QString::number(proxy.port());
}

} // namespace weir::subscribe
