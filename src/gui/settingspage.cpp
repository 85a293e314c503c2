// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settingspage.h"

#include <QLocale>

namespace weir::gui {

using subscribe::ReconnectPolicy;
using subscribe::SubscriptionSettings;
using subscribe::TransportSettings;

namespace {

template <typename T>
void keep(T &now, const T &shown, const T &initial)
{
    if (now == shown)
        now = initial;
}

void keepTransport(TransportSettings &now, const TransportSettings &shown, const TransportSettings &initial)
{
    keep(now.tls.caFile, shown.tls.caFile, initial.tls.caFile);
    keep(now.tls.certificateFile, shown.tls.certificateFile, initial.tls.certificateFile);
    keep(now.tls.keyFile, shown.tls.keyFile, initial.tls.keyFile);
    keep(now.tls.keyPassphrase, shown.tls.keyPassphrase, initial.tls.keyPassphrase);
    keep(now.tls.acceptInvalid, shown.tls.acceptInvalid, initial.tls.acceptInvalid);
    keep(now.proxy.kind, shown.proxy.kind, initial.proxy.kind);
    keep(now.proxy.host, shown.proxy.host, initial.proxy.host);
    keep(now.proxy.port, shown.proxy.port, initial.proxy.port);
    keep(now.proxy.userName, shown.proxy.userName, initial.proxy.userName);
    keep(now.proxy.password, shown.proxy.password, initial.proxy.password);
    keep(now.httpVersion, shown.httpVersion, initial.httpVersion);
    keep(now.addressFamily, shown.addressFamily, initial.addressFamily);
}

void keepReconnect(ReconnectPolicy &now, const ReconnectPolicy &shown, const ReconnectPolicy &initial)
{
    keep(now.isEnabled, shown.isEnabled, initial.isEnabled);
    keep(now.isStrict, shown.isStrict, initial.isStrict);
    keep(now.isFinishedAtEnd, shown.isFinishedAtEnd, initial.isFinishedAtEnd);
    keep(now.reconnectionTime, shown.reconnectionTime, initial.reconnectionTime);
    keep(now.floor, shown.floor, initial.floor);
    keep(now.ceiling, shown.ceiling, initial.ceiling);
    keep(now.retryCeiling, shown.retryCeiling, initial.retryCeiling);
    keep(now.backOffFactor, shown.backOffFactor, initial.backOffFactor);
    keep(now.jitter, shown.jitter, initial.jitter);
    keep(now.maxAttempts, shown.maxAttempts, initial.maxAttempts);
}

} // namespace

QString countBadge(qsizetype count)
{
    return count == 0 ? QString() : u'(' + QLocale().toString(count) + u')';
}

QString usedBadge(bool isUsed)
{
    return isUsed ? QStringLiteral("•") : QString();
}

void keepUntouched(SubscriptionSettings &now, const SubscriptionSettings &shown, const SubscriptionSettings &initial)
{
    if (now.url == shown.url && now.address == shown.address) {
        now.url = initial.url;
        now.address = initial.address;
    }
    keep(now.name, shown.name, initial.name);
    keep(now.group, shown.group, initial.group);
    keep(now.method, shown.method, initial.method);
    keep(now.body, shown.body, initial.body);
    keep(now.headers, shown.headers, initial.headers);
    keep(now.authentication, shown.authentication, initial.authentication);
    keep(now.keepsCookies, shown.keepsCookies, initial.keepsCookies);
    keep(now.colourIndex, shown.colourIndex, initial.colourIndex);
    keep(now.lastEventId, shown.lastEventId, initial.lastEventId);
    keepTransport(now.transport, shown.transport, initial.transport);
    keep(now.codings, shown.codings, initial.codings);
    keepReconnect(now.reconnect, shown.reconnect, initial.reconnect);
    keep(now.bodyFormat, shown.bodyFormat, initial.bodyFormat);
    keep(now.acceptsAnyContentType, shown.acceptsAnyContentType, initial.acceptsAnyContentType);
    keep(now.headerDeadline, shown.headerDeadline, initial.headerDeadline);
    keep(now.idleTimeout, shown.idleTimeout, initial.idleTimeout);
    keep(now.maxEventBytes, shown.maxEventBytes, initial.maxEventBytes);
    keep(now.http2MemoryCeiling, shown.http2MemoryCeiling, initial.http2MemoryCeiling);
    keep(now.consumption, shown.consumption, initial.consumption);
    keep(now.maxDecodedBytesPerRead, shown.maxDecodedBytesPerRead, initial.maxDecodedBytesPerRead);
}

} // namespace weir::gui
