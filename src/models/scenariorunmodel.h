// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenarioprogress.h"

#include <QAbstractListModel>

#include <deque>

namespace weir::models {

/// Runs of scenarios, newest first: those that go on, and the last ones that have ended. Two lines each: what plays
/// where, and how far it is. GUI thread only.
class ScenarioRunModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr std::size_t maxEnded = 10;
    enum Role { RunRole = Qt::UserRole, StateRole, ProblemRole }; ///< int, int(ScenarioProgress::State), QString

    using QAbstractListModel::QAbstractListModel;

    void take(const publish::ScenarioProgress &progress);
    void removeEnded();
    bool hasEnded() const;
    /// Null if there is no such row.
    const publish::ScenarioProgress *at(int row) const;
    int rowOf(int run) const; ///< -1 if it is not there

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void trim();

    std::deque<publish::ScenarioProgress> m_runs;
};

/// "Step 2.1 · round 3 · events: 1,204 · 0:12 · waits for clients".
QString textOf(const publish::ScenarioProgress &progress);
/// A length of time as `m:ss`, or `h:mm:ss` from an hour on; `withTenths`: with one decimal.
QString durationText(qint64 milliseconds, bool withTenths = false);

} // namespace weir::models
