// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace weir::profile {

/// What a HAR file (HTTP Archive 1.2) holds for Weir.
struct HarImport
{
    QList<subscribe::SubscriptionSettings> subscriptions;
    QStringList problems; ///< with the place, such as `log.entries[3].request.url: …`; those entries are left out
    QStringList notes;    ///< what was left out of an entry
    int otherEntries = 0; ///< that are no event streams
};

/// Takes the entries whose response is an event stream, or whose request asks for one. Headers come along but for those
/// that Weir or the connection sets; cookies come from the header, not a second time from the entry's list.
HarImport readHar(const QByteArray &bytes);

} // namespace weir::profile
