// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/jsonreader.h"
#include "profile/profile.h"

namespace weir::profile {

/// One element of `subscriptions` in a profile file; profile.h describes it.
QJsonObject subscriptionJson(const ProfileSubscription &subscription);

/// What is wrong goes to the reader's problems; paths of unknown members are added to `unknown`.
ProfileSubscription subscriptionFrom(JsonReader &reader, QStringList &unknown);

} // namespace weir::profile
