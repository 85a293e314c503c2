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

bool ScenarioWalk::advance()
{
    while (!m_levels.empty()) {
        Level &level = m_levels.back();
        const bool isRoundOver = ++level.index == level.steps->size();
        if (isRoundOver && level.rounds > 0 && level.round == level.rounds) {
            m_levels.pop_back();
            continue;
        }
        const bool isEndless = level.rounds == 0; // entering another level moves this one
        if (isRoundOver) {
            ++level.round;
            level.index = 0;
        }
        enter();
        return isRoundOver && isEndless;
    }
    return false;
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
