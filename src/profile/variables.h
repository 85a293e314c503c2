// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace weir::profile {

struct Variable
{
    QString value;
    bool isSecret = false; ///< never written to a file; while the value is empty it is not known yet

    friend bool operator==(const Variable &, const Variable &) = default;
};

/// By name. A name is made of letters, digits, `_`, `-` and `.`.
using Variables = QMap<QString, Variable>;

/// Settings with each `{{name}}` filled in, or what stood in the way.
struct Resolution
{
    subscribe::SubscriptionSettings settings; ///< for the engine if isComplete(); else filled in as far as it goes
    QStringList problems;                     ///< sentences that name field and variable, never a value
    QStringList missingSecrets; ///< secret variables that are used and not known yet; each is a problem too

    bool isComplete() const { return problems.isEmpty(); }
};

/// Fills in the address, header values, body, credentials, proxy, file names and last event ID. A value goes in as it
/// is, so what stands in an address must be fit for an address; variables in values are not looked at. Blanks around a
/// name do not count. Braces around what cannot be a name are text, except in the address, where they are a problem.
/// Settings without variables come back unchanged.
Resolution resolved(const subscribe::SubscriptionSettings &settings, const Variables &variables);

bool isVariableName(const QString &name);
/// Whether `text` holds a `{{name}}`.
bool holdsVariable(const QString &text);
/// Names that are used anywhere in the settings, each once, in order of appearance.
QStringList variablesIn(const subscribe::SubscriptionSettings &settings);
/// The same variables, but a secret one stands for itself: its value is `{{name}}`. For texts that leave Weir.
Variables withoutSecretValues(Variables variables);

} // namespace weir::profile
