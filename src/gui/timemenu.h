// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/timeformat.h"

class QMenu;

namespace weir::gui {

class EventView;

/// Adds what the Time column of `view` can tell, its precision, and what becomes of the time reference. The menu may
/// outlive no view.
void addTimeActions(QMenu &menu, EventView &view);
/// Adds what makes the current row the time reference, or takes it back.
void addTimeReferenceActions(QMenu &menu, EventView &view);

/// Changes the mode; one that needs a reference takes the current row if there is none yet.
void chooseTimeMode(EventView &view, models::TimeMode mode);
/// Counts times from the current row, and shows that the Time column does; again: no more. Says what it did.
void toggleTimeReference(EventView &view);

} // namespace weir::gui
