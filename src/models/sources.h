// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/filter.h"
#include "store/types.h"

#include <QMetaType>
#include <QString>

#include <map>

namespace weir::models {

/// What the views need to know of a subscription. Kept for removed subscriptions too: their events stay.
struct Source
{
    QString name;
    int colourIndex = 0;
    bool isShown = true; ///< false: muted, or another one is solo; it is still received and counted

    friend bool operator==(const Source &, const Source &) = default;
};

/// All subscriptions by id, as they are at one moment. A value, replaced whole.
using Sources = std::map<store::SubscriptionId, Source>;

/// What filters call them.
filter::SourceNames namesOf(const Sources &sources);

} // namespace weir::models
Q_DECLARE_METATYPE(weir::models::Sources)
