// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/colourrules.h"

namespace weir::gui {

/// The rules as the user left them, or else the suggested ones. Reads the user's settings file; called once, before the
/// window is shown.
QList<models::ColourRule> loadColourRules();
/// Writes the settings file on a pool thread.
void saveColourRules(const QList<models::ColourRule> &rules);

} // namespace weir::gui
