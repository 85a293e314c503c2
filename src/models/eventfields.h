// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources.h"
#include "store/segment.h"

#include <QString>

#include <vector>

namespace weir::models {

struct EventField
{
    QString name;
    QString value;
};

/// Everything that the log knows of a record except the data itself, for people to read; long values are cut.
std::vector<EventField> eventFields(
    const store::EventView &event, const Sources &sources, const store::ClockAnchor &clock);

/// `Event 88,431 · 14:05:01.123456 · prices · trade`
QString eventTitle(const store::EventView &event, const Sources &sources, const store::ClockAnchor &clock);

} // namespace weir::models
