// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenario.h"

#include <QByteArray>

#include <optional>

namespace weir::publish {

/// Where a file is wrong, and how.
struct ScenarioProblem
{
    int line = 1;    ///< from 1
    QString pointer; ///< JSON Pointer (RFC 6901) to the value; empty: the whole file
    QString text;    ///< a sentence

    /// "line 7, /steps/2/ms: must be …"
    QString sentence() const;
};

struct ScenarioReading
{
    std::optional<Scenario> scenario; ///< set if and only if there is no problem
    std::optional<Scenario> draft;    ///< the same also where only values of steps are wrong: something to edit
    ScenarioProblem problem;          ///< the first one
};

/// Reads a scenario file, which is one JSON object:
///
///     {
///       "weirScenario": 1,              the version of this form
///       "name": "Ticker",
///       "description": "…",             may be absent
///       "steps": [
///         {"do": "send", "type": "tick", "data": "{{seq}}"},
///         {"do": "repeat", "times": 10, "steps": [ … ]}
///       ]
///     }
///
/// `do` names the kind of step; its other members are the fields in scenariosteps.cpp. Nothing is guessed: unknown
/// kinds, unknown members, other versions and templates that do not compile are refused. Any thread.
ScenarioReading readScenario(const QByteArray &json);

/// What readScenario() reads: indented, a step to a line, members in the order of the fields. Any thread.
QByteArray toJson(const Scenario &scenario);

} // namespace weir::publish
