// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace weir::publish {

/// What scenarios say, in the user's language.
struct ScenarioText
{
    Q_DECLARE_TR_FUNCTIONS(Scenario)
};

} // namespace weir::publish
