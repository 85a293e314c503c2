// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenario.h"

#include <QList>

namespace weir::publish {

/// Goes over a scenario's steps in the order in which they are carried out: into repetitions, so often as they say.
/// Requires that no repetition is empty. Keeps a reference to the scenario.
class ScenarioWalk
{
public:
    explicit ScenarioWalk(const Scenario &scenario);

    /// Never a repetition; null at the end.
    const Step *current() const;
    /// True: an endless repetition begins its next round.
    bool advance(); ///< Requires: current()

    /// Indices, from the outermost list in; empty at the end.
    QList<int> path() const;
    /// Of each repetition around the current step, from the outermost in: the round, from 1.
    QList<quint64> rounds() const;

private:
    struct Level
    {
        const std::vector<Step> *steps;
        std::size_t index = 0;
        quint64 round = 1;
        quint64 rounds = 1; ///< 0: for ever
    };
    void enter();

    std::vector<Level> m_levels; ///< empty at the end
};

} // namespace weir::publish
