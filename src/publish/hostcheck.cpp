// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/hostcheck.h"

#include <QHostAddress>

#include <algorithm>

namespace weir::publish {

namespace {

bool isDigits(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Where the host ends and the port begins; the size if there is no port.
qsizetype endOfName(QByteArrayView host)
{
    const qsizetype bracket = host.startsWith('[') ? host.indexOf(']') : 0;
    const qsizetype colon = host.indexOf(':', std::max<qsizetype>(bracket, 0));
    return colon < 0 ? host.size() : colon;
}

/// Null if it is a name.
QHostAddress addressOf(QByteArrayView host)
{
    QByteArrayView name = host.first(endOfName(host));
    if (name.startsWith('[') && name.endsWith(']'))
        name = name.sliced(1).chopped(1);
    return QHostAddress(QString::fromLatin1(name));
}

} // namespace

bool isWellFormedHost(QByteArrayView host)
{
    constexpr QByteArrayView others = "-._~%!$&'()*+;=";
    const qsizetype end = endOfName(host);
    QByteArrayView name = host.first(end);
    if (end < host.size() && !isDigits(host.sliced(end + 1)))
        return false;
    if (name.startsWith('[')) {
        return name.endsWith(']') &&
               QHostAddress(QString::fromLatin1(name.sliced(1).chopped(1))).protocol() == QAbstractSocket::IPv6Protocol;
    }
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [&others](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.contains(c);
    });
}

bool isLoopbackHost(QByteArrayView host)
{
    const QHostAddress address = addressOf(host);
    return nameOfHost(host) == "localhost" || (!address.isNull() && address.isLoopback());
}

bool isAddressHost(QByteArrayView host)
{
    return !addressOf(host).isNull();
}

QByteArray nameOfHost(QByteArrayView host)
{
    return host.first(endOfName(host)).toByteArray().toLower();
}

} // namespace weir::publish
