// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/publisher.h"
#include "publish/scenario.h"

#include <string>

namespace CLI {
class App;
}

namespace weir::cli {

/// The scenario that `--scenario` names: a preset, else a file. Throws CLI::ValidationError with the place of what is
/// wrong.
publish::Scenario scenarioNamed(const std::string &name);

/// `--print-scenario`: prints the file of a preset and ends.
void addScenarioPrinting(CLI::App &command);
/// For --help: what the option takes.
std::string scenarioHelp();
/// One step that does what the generator does, for where no channel is.
publish::Scenario scenarioOf(const publish::Publisher::GeneratorSettings &generator);

} // namespace weir::cli
