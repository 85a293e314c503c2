// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <cstdint>
#include <vector>

namespace weir::publish {

enum class StepKind : std::uint8_t {
    Send,        ///< one event
    Raw,         ///< bytes as they are
    Comment,     ///< one comment
    Pieces,      ///< a text, piece by piece, as a language model answers
    Wait,        ///< fixed, random or exponential
    Burst,       ///< many events at once or at a rate
    Generate,    ///< events at a rate for a time, a count or ever
    Repeat,      ///< the steps in it, so many times or for ever
    Retry,       ///< sets the clients' reconnection time
    Drop,        ///< ends or resets connections
    Silence,     ///< sends nothing for a while, no heartbeats either
    Answer,      ///< a status for the connections that come next
    Faults,      ///< faults for the connections that come next
    WaitClients, ///< until so many clients are there
    WaitResume,  ///< until a client comes with a last event ID
};

/// One step as it is written down. What its values mean, and what they are where they are absent, is in
/// scenariosteps.h.
struct Step
{
    StepKind kind = StepKind::Send;
    QJsonObject values;
    std::vector<Step> steps; ///< of Repeat

    friend bool operator==(const Step &, const Step &) = default;
};

/// What a run does, step after step. A value, read and written by scenariojson.h, carried out by ScenarioRun.
struct Scenario
{
    QString name;
    QString description;
    std::vector<Step> steps;

    friend bool operator==(const Scenario &, const Scenario &) = default;
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::Scenario)
