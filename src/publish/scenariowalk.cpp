// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenariowalk.h"

#include "publish/scenariosteps.h"

#include <algorithm>

namespace weir::publish {

ScenarioWalk::ScenarioWalk(const Scenario &scenario)
{
    if (scenario.steps.empty())
        return;
    m_levels.push_back({&scenario.steps});
    enter();
}

const Step *ScenarioWalk::current() const
{
    return m_levels.empty() ? nullptr : &(*m_levels.back().steps)[m_levels.back().index];
}

void ScenarioWalk::enter()
{
    while (current()->kind == StepKind::Repeat) {
        const Step &repeat = *current();
        m_levels.push_back({&repeat.steps, 0, 1, static_cast<quint64>(numberOf(repeat, "times"))});
    }
}

void ScenarioWalk::advance()
{
    while (!m_levels.empty()) {
        Level &level = m_levels.back();
        if (++level.index < level.steps->size())
            return enter();
        if (level.rounds == 0 || level.round < level.rounds) {
            ++level.round;
            level.index = 0;
            return enter();
        }
        m_levels.pop_back();
    }
}

QList<int> ScenarioWalk::path() const
{
    QList<int> path;
    for (const Level &level : m_levels)
        path << static_cast<int>(level.index);
    return path;
}

QList<quint64> ScenarioWalk::rounds() const
{
    QList<quint64> rounds;
    for (std::size_t i = 1; i < m_levels.size(); ++i)
        rounds << m_levels[i].round;
    return rounds;
}

} // namespace weir::publish
