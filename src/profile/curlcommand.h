// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace weir::profile {

/// What became of one curl command.
struct CurlCommand
{
    std::optional<subscribe::SubscriptionSettings> settings; ///< none if there is a problem
    QStringList notes; ///< what was left out or understood in another way; never a secret
    QString problem;   ///< what is wrong, naming the option
    int line = 0;      ///< of the problem in the text, from 1; 0: no problem
    int column = 0;
};

/// Whether the text is meant as a curl command: it begins with `curl`, perhaps after a prompt `$`.
bool looksLikeCurl(const QString &text);

/// Reads commands as browsers and people write them for curl, one after another; quoted for POSIX shells, bash or
/// cmd.exe. Shell variables become variables of Weir. No file is read: options that need one are refused by name.
/// Options that say how curl prints or waits are left out with a note. The name of a subscription comes from its URL.
QList<CurlCommand> readCurlCommands(const QString &text);

enum class SecretsShown { No, Yes };

/// A command for bash that makes the same request. Without secrets each stands as `"$WEIR_SECRET_1"`, numbered in
/// order, so that the command is complete once these shell variables are set. Disabled headers are left out, as are
/// settings that curl has no words for: reconnection, limits, names. Variables (`{{name}}`) stay as they are.
QString curlText(const subscribe::SubscriptionSettings &settings, SecretsShown secretsShown = SecretsShown::No);

} // namespace weir::profile
