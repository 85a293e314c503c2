// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenario.h"

#include <QAbstractItemModel>

#include <memory>

namespace weir::models {

/// Where a step stands: indices from the outermost list in. Empty: the scenario itself.
using StepPath = QList<int>;

/// Null if there is no such step.
const publish::Step *stepAt(const publish::Scenario &scenario, const StepPath &path);
publish::Step *stepAt(publish::Scenario &scenario, const StepPath &path);
/// The list that the step at that path stands in.
std::vector<publish::Step> &listOf(publish::Scenario &scenario, const StepPath &path);

/// Where a step goes when it is moved up or down by one place: into a repetition that stands there, out of one at its
/// end, else past its neighbour. The scenario is changed; answers the new place, or the old one where it cannot move.
enum class MoveStep { Up, Down };
StepPath moveStep(publish::Scenario &scenario, const StepPath &path, MoveStep direction);

/// A scenario's steps as a tree: the kind and a few words. Rows with a problem say it as their tool tip. GUI thread
/// only.
class ScenarioStepModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { KindColumn, SummaryColumn, columnTotal };
    enum Role {
        ProblemRole = Qt::UserRole, ///< QString; empty: none
        IsCurrentRole,              ///< see setCurrentStep()
    };

    explicit ScenarioStepModel(QObject *parent = nullptr);
    ~ScenarioStepModel() override;

    const publish::Scenario &scenario() const { return m_scenario; }
    /// Resets the model, unless only values of steps differ.
    void setScenario(const publish::Scenario &scenario);

    StepPath pathOf(const QModelIndex &index) const;
    QModelIndex indexOf(const StepPath &path) const;
    /// Draws attention to the step that is being carried out; empty: none.
    void setCurrentStep(const StepPath &path);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node;
    void rebuild();
    void announce(const QModelIndex &parent);

    publish::Scenario m_scenario;
    std::unique_ptr<Node> m_root;
    StepPath m_current;
};

} // namespace weir::models
