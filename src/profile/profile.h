// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/variables.h"
#include "subscribe/settings.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace weir::profile {

/// As many as SubscriptionSettings::colourIndex promises.
inline constexpr int subscriptionColours = 7;

/// A subscription as a profile holds it.
struct ProfileSubscription
{
    subscribe::SubscriptionSettings settings;
    QStringList secrets; ///< secretPlaces() whose values were left out of the file

    friend bool operator==(const ProfileSubscription &, const ProfileSubscription &) = default;
};

struct Environment
{
    QString name;
    Variables variables;

    friend bool operator==(const Environment &, const Environment &) = default;
};

/// A set of subscriptions to keep, compare and share.
struct Profile
{
    QStringList groups; ///< in the order shown; may name groups without subscriptions
    QList<ProfileSubscription> subscriptions;
    QList<Environment> environments;
    QString activeEnvironment; ///< empty: none

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// Variables of the active environment; none if there is none.
Variables activeVariables(const Profile &profile);

/// A profile file is a JSON object (RFC 8259) of the version 1:
///
///     weirProfile        1, the version of the format; a higher one is refused
///     groups             names in their order
///     activeEnvironment  name
///     environments       [{name, variables: {NAME: "value" or {"secret": true}}}]
///     subscriptions      [{…}] in their order; each member but url or address may be missing and then has its default:
///       name, group, colour (0 … 6; its default is the next one in turn), method, lastEventId
///       url | address    address: with variables
///       body             text, or {"base64": "…"} if it is no UTF-8; so for header values and lastEventId
///       headers          [{name, value, secret: true, enabled: false}]
///       authentication   {kind: "basic", userName, password} | {kind: "bearer", token}
///       keepsCookies, acceptsAnyContentType
///       bodyFormat       "eventStream" | "jsonLines"
///       codings          of "gzip", "deflate", "br", "zstd"
///       headerDeadlineMs, idleTimeoutMs, maxEventBytes, maxDecodedBytesPerRead, http2MemoryCeiling
///       consumption      {bytesPerSecond, stopsAfterBytes, stopsForMs, extraConnections}
///       reconnect        {enabled, strict, finishedAtEnd, timeMs, floorMs, ceilingMs, retryCeilingMs, backOffFactor,
///                        jitter, maxAttempts}
///       tls              {caFile, certificateFile, keyFile, keyPassphrase, acceptInvalid}
///       proxy            {kind: "system" | "none" | "http" | "socks5", host, port, userName, password}
///       httpVersion      "1.1" | "2"
///       addressFamily    "any" | "ipv4" | "ipv6"
///
/// No secret is ever written (see secretPlaces()): a header has `secret: true` and no value, a password, token,
/// passphrase or lone user name is `{"secret": true}`, and `***` stands for it in an address. What a person wrote into
/// a file by hand in their place is read.
QByteArray profileText(const Profile &profile);

struct ProfileReading
{
    Profile profile;
    QStringList problems;    ///< each with its place; what it concerns has its default, the rest is as in the file
    QStringList notes;       ///< members that this version does not know: they will be gone once the profile is saved
    bool isReadable = false; ///< else it is no profile, or of a newer version: nothing was taken
};

ProfileReading readProfile(const QByteArray &bytes);

} // namespace weir::profile
