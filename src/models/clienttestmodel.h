// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttestcase.h"

#include <QAbstractTableModel>
#include <QHash>

namespace weir::models {

/// The cases of the test of clients, one row each, with what has come of them so far. GUI thread only.
class ClientTestModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Verdict, Checks, Name };
    static constexpr int columnTotal = Name + 1;
    /// On every column.
    enum Role {
        VerdictRole = Qt::UserRole, ///< publish::ClientTestVerdict as int
        IsRunningRole,              ///< bool: it is the case that runs
        NameRole,
    };

    explicit ClientTestModel(QObject *parent = nullptr);

    /// Forgets the results of these cases, as a run of them begins.
    void begin(const QStringList &names);
    /// The case that runs; empty: none.
    void setRunning(const QString &name);
    void setResult(const publish::ClientTestResult &result);
    /// In the order of the rows, of those cases that have one.
    QList<publish::ClientTestResult> results() const;
    /// Null while there is none.
    const publish::ClientTestResult *resultAt(int row) const;
    int rowOf(const QString &name) const; ///< -1: no such case
    QString nameAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString verdictText(int row) const;
    void noteChange(int row);

    const QList<publish::ClientTestCase> &m_cases;
    QHash<QString, publish::ClientTestResult> m_results;
    QString m_running;
};

} // namespace weir::models
