// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QString>
#include <QStringList>

namespace weir::profile {

/// A place in settings that may hold a secret. Keys: `header:Authorization` (`header:X#2` is the second X),
/// `authentication`, `authenticationUser`, `proxy`, `keyPassphrase`, `urlUser`, `urlPassword`, `query:token`.
///
/// Secret are: values of headers that are marked so or are so by name, passwords and tokens, the password in an
/// address, user names without a password (but the proxy's) and query items that are secret by name. A value that is
/// nothing but variables, such as `Bearer {{token}}`, is no secret: it may be shown and saved. A body is never one.

/// Places that hold a secret, in a stable order.
QStringList secretPlaces(const subscribe::SubscriptionSettings &settings);
/// Places that could hold one, whether or not they do.
QStringList possibleSecretPlaces(const subscribe::SubscriptionSettings &settings);
/// One for each header; empty for those that are no secret.
QStringList headerPlaces(const QList<subscribe::Header> &headers);
/// Empty if there is no such place. In addresses: percent-encoded, as it stands there.
QString secretAt(const subscribe::SubscriptionSettings &settings, const QString &place);
/// False if the settings have no such place. In addresses, characters that cannot stand there are percent-encoded.
bool setSecretAt(subscribe::SubscriptionSettings &settings, const QString &place, const QString &value);
/// The settings with nothing at any of secretPlaces(); in an address `***`, so that people see where it was.
subscribe::SubscriptionSettings withoutSecrets(const subscribe::SubscriptionSettings &settings);
/// The same, at `places` alone.
subscribe::SubscriptionSettings withoutSecrets(subscribe::SubscriptionSettings settings, const QStringList &places);
/// Whether nothing, or `***`, stands there.
bool isLeftOut(const subscribe::SubscriptionSettings &settings, const QString &place);
/// The address for display: as written, with its variables, but without secrets.
QString displayAddress(const subscribe::SubscriptionSettings &settings);
/// What people call the place, e.g. `header Authorization`.
QString placeText(const QString &place);
/// Whether `value` would give nothing away: it is made of variables alone.
bool isOnlyVariables(const QString &value);

} // namespace weir::profile
