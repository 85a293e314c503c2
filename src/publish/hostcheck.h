// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace weir::publish {

/// A host and an optional port: RFC 9110, "Host and :authority".
bool isWellFormedHost(QByteArrayView host);

/// True for localhost, any 127.x.y.z and [::1], on any port (a forwarded port has another number). A page that reaches
/// this server by DNS rebinding names another host.
bool isLoopbackHost(QByteArrayView host);

/// True for an address, which no name server can be made to point elsewhere.
bool isAddressHost(QByteArrayView host);

/// The host without its port, in lower case.
QByteArray nameOfHost(QByteArrayView host);

} // namespace weir::publish
