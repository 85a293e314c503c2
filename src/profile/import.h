// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace weir::profile {

/// What a file of another program holds.
struct Import
{
    QList<subscribe::SubscriptionSettings> subscriptions;
    QStringList problems; ///< each with its place: what could not be taken over
    QStringList notes;    ///< what was left out of subscriptions
};

/// Reads HAR, else curl commands.
Import readImport(const QByteArray &bytes);

} // namespace weir::profile
