// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/proxyoption.h"

#include <QUrl>

#include <CLI/CLI.hpp>

namespace weir::cli {

using namespace Qt::StringLiterals;

subscribe::ProxySettings proxyFrom(const std::string &text)
{
    subscribe::ProxySettings proxy;
    if (text == "system")
        return proxy;
    if (text == "none") {
        proxy.kind = subscribe::ProxyKind::None;
        return proxy;
    }
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    if (url.scheme() == u"http"_s)
        proxy.kind = subscribe::ProxyKind::HttpConnect;
    else if (url.scheme() == u"socks5"_s || url.scheme() == u"socks5h"_s)
        proxy.kind = subscribe::ProxyKind::Socks5;
    else
        throw CLI::ValidationError("--proxy", "must be none, system, http://HOST:PORT or socks5://HOST:PORT");
    if (url.host().isEmpty() || url.port() <= 0)
        throw CLI::ValidationError("--proxy", "needs a host and a port, as in http://localhost:3128");
    proxy.host = url.host();
    proxy.port = static_cast<quint16>(url.port());
    proxy.userName = url.userName(QUrl::FullyDecoded);
    proxy.password = url.password(QUrl::FullyDecoded);
    return proxy;
}

} // namespace weir::cli
