// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace weir::publish {

/// How far a run is. A value.
struct ScenarioProgress
{
    enum class State { Running, Paused, Ended };
    int run = 0;
    QString name;
    QString target; ///< a path, the address of a hub, with the client's number if there is one
    State state = State::Running;
    QList<int> step;       ///< indices of the step being carried out, from the outermost list in
    QList<quint64> rounds; ///< of each repetition around it, from 1
    quint64 events = 0;    ///< sent
    qint64 elapsedMs = 0;  ///< without pauses
    QString remark;        ///< what it waits for, in words
    QString problem;       ///< why it ended early; empty: it did not

    friend bool operator==(const ScenarioProgress &, const ScenarioProgress &) = default;
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::ScenarioProgress)
