// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/colourrules.h"

#include <QByteArray>
#include <QStringList>

namespace weir::models {

/// Colour rules as a JSON file: `{"weirColourRules": 1, "rules": [{"name", "expression", "colour", "on"}]}`. Colours
/// have names. Any thread.
QByteArray colourRulesToJson(const QList<ColourRule> &rules);

struct ReadColourRules
{
    QList<ColourRule> rules;
    QStringList problems;   ///< what was left out or changed and why, naming the place; a sentence each
    bool isReadable = true; ///< false: the file as a whole is none of colour rules
};

/// What is wrong with one rule costs only that rule. One whose expression is not understood is kept, but off.
ReadColourRules colourRulesFromJson(const QByteArray &json);

/// At most so many rules are kept; more would make scrolling slow.
inline constexpr qsizetype mostColourRules = 200;

} // namespace weir::models
