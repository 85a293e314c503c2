// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/scenariostepmodel.h"

#include "publish/scenariosteps.h"

#include <algorithm>

namespace weir::models {

using publish::Scenario;
using publish::Step;

/// Mirrors the shape of the tree, so that an index can name its place.
struct ScenarioStepModel::Node
{
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;

    void fill(const std::vector<Step> &steps)
    {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto &child = children.emplace_back(std::make_unique<Node>());
            child->parent = this;
            child->row = static_cast<int>(i);
            child->fill(steps[i].steps);
        }
    }
};

namespace {

bool hasSameShape(const std::vector<Step> &a, const std::vector<Step> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](const Step &one, const Step &other) { return hasSameShape(one.steps, other.steps); });
}

/// Of a `Scenario` or a `const Scenario`.
template <class AnyScenario>
auto *listAt(AnyScenario &scenario, const StepPath &path)
{
    auto *list = &scenario.steps;
    for (qsizetype i = 0; i + 1 < path.size(); ++i) {
        const auto index = static_cast<std::size_t>(path[i]);
        if (path[i] < 0 || index >= list->size())
            return static_cast<decltype(list)>(nullptr);
        list = &(*list)[index].steps;
    }
    return list;
}

template <class AnyScenario>
auto *stepIn(AnyScenario &scenario, const StepPath &path)
{
    const StepPath place = path.isEmpty() ? StepPath{-1} : path;
    auto *list = listAt(scenario, place);
    const bool isThere = list && place.last() >= 0 && static_cast<std::size_t>(place.last()) < list->size();
    return isThere ? &(*list)[static_cast<std::size_t>(place.last())] : nullptr;
}

StepPath with(StepPath path, int last)
{
    path.last() = last;
    return path;
}

} // namespace

Step *stepAt(Scenario &scenario, const StepPath &path)
{
    return stepIn(scenario, path);
}

const Step *stepAt(const Scenario &scenario, const StepPath &path)
{
    return stepIn(scenario, path);
}

std::vector<Step> &listOf(Scenario &scenario, const StepPath &path)
{
    return *listAt(scenario, path);
}

StepPath moveStep(Scenario &scenario, const StepPath &path, MoveStep direction)
{
    std::vector<Step> &list = listOf(scenario, path);
    const int from = path.last();
    const int to = direction == MoveStep::Up ? from - 1 : from + 1;
    const bool leaves = to < 0 || to >= static_cast<int>(list.size());
    if (leaves && path.size() < 2)
        return path;
    Step step = list[static_cast<std::size_t>(from)];
    list.erase(list.begin() + from);
    if (leaves) {
        StepPath outer = path.first(path.size() - 1);
        std::vector<Step> &around = listOf(scenario, outer);
        outer.last() += direction == MoveStep::Up ? 0 : 1;
        around.insert(around.begin() + outer.last(), std::move(step));
        return outer;
    }
    // After the removal the neighbour below has the step's own place.
    const int neighbour = direction == MoveStep::Up ? to : from;
    if (Step &repeat = list[static_cast<std::size_t>(neighbour)]; repeat.kind == publish::StepKind::Repeat) {
        const int place = direction == MoveStep::Up ? static_cast<int>(repeat.steps.size()) : 0;
        repeat.steps.insert(repeat.steps.begin() + place, std::move(step));
        return with(path, neighbour) << place;
    }
    list.insert(list.begin() + to, std::move(step));
    return with(path, to);
}

ScenarioStepModel::ScenarioStepModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{}

ScenarioStepModel::~ScenarioStepModel() = default;

void ScenarioStepModel::setScenario(const Scenario &scenario)
{
    if (hasSameShape(scenario.steps, m_scenario.steps)) {
        m_scenario = scenario;
        announce({});
        return;
    }
    beginResetModel();
    m_scenario = scenario;
    rebuild();
    endResetModel();
}

void ScenarioStepModel::rebuild()
{
    m_root = std::make_unique<Node>();
    m_root->fill(m_scenario.steps);
}

void ScenarioStepModel::announce(const QModelIndex &parent)
{
    const int rows = rowCount(parent);
    if (rows == 0)
        return;
    Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, columnTotal - 1, parent));
    for (int row = 0; row < rows; ++row)
        announce(index(row, 0, parent));
}

StepPath ScenarioStepModel::pathOf(const QModelIndex &index) const
{
    StepPath path;
    for (QModelIndex at = index; at.isValid(); at = at.parent())
        path.prepend(at.row());
    return path;
}

QModelIndex ScenarioStepModel::indexOf(const StepPath &path) const
{
    QModelIndex at;
    for (const int row : path)
        at = index(row, 0, at);
    return at;
}

void ScenarioStepModel::setCurrentStep(const StepPath &path)
{
    if (path == m_current)
        return;
    m_current = path;
    announce({});
}

QModelIndex ScenarioStepModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto *node = parent.isValid() ? static_cast<const Node *>(parent.constInternalPointer()) : m_root.get();
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ScenarioStepModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Node *parent = static_cast<const Node *>(index.constInternalPointer())->parent;
    return parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int ScenarioStepModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const auto *node = parent.isValid() ? static_cast<const Node *>(parent.constInternalPointer()) : m_root.get();
    return static_cast<int>(node->children.size());
}

int ScenarioStepModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return columnTotal;
}

QVariant ScenarioStepModel::data(const QModelIndex &index, int role) const
{
    const Step *step = stepAt(m_scenario, pathOf(index.siblingAtColumn(0)));
    if (!step)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == KindColumn ? label(formOf(step->kind)) : summary(*step);
    case ProblemRole:
    case Qt::ToolTipRole: {
        const auto problem = problemOf(*step);
        return problem ? problem->text : QString();
    }
    case IsCurrentRole:
        return !m_current.isEmpty() && pathOf(index.siblingAtColumn(0)) == m_current;
    default:
        return {};
    }
}

QVariant ScenarioStepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KindColumn ? tr("Step") : tr("What");
}

} // namespace weir::models
