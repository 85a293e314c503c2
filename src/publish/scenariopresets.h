// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace weir::publish {

/// Names of the scenarios that come with the program, in the order in which a list shows them: "ticker", …
QStringList scenarioPresets();
/// The file of that preset; null if there is none.
QByteArray scenarioPreset(const QString &name);

} // namespace weir::publish
