// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"

namespace weir::app {

/// Opens the window and runs it until it is closed; needs a QApplication. Returns an exit status.
int runWindow(const cli::WindowOptions &options);

} // namespace weir::app
