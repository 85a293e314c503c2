// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clienttestmodel.h"

#include "publish/clienttest.h"

#include <utility>

namespace weir::models {

using namespace Qt::StringLiterals;
using publish::ClientTestResult;
using publish::ClientTestVerdict;

ClientTestModel::ClientTestModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_cases(publish::ClientTest::cases())
{}

void ClientTestModel::begin(const QStringList &names)
{
    for (const QString &name : names) {
        m_results.remove(name);
        noteChange(rowOf(name));
    }
}

void ClientTestModel::setRunning(const QString &name)
{
    const QString before = std::exchange(m_running, name);
    noteChange(rowOf(before));
    noteChange(rowOf(name));
}

void ClientTestModel::setResult(const ClientTestResult &result)
{
    m_results.insert(result.name, result);
    noteChange(rowOf(result.name));
}

void ClientTestModel::noteChange(int row)
{
    if (row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, columnTotal - 1));
}

QList<ClientTestResult> ClientTestModel::results() const
{
    QList<ClientTestResult> list;
    for (const auto &each : m_cases) {
        if (const auto found = m_results.constFind(each.name); found != m_results.cend())
            list.append(*found);
    }
    return list;
}

const ClientTestResult *ClientTestModel::resultAt(int row) const
{
    const auto found = m_results.constFind(nameAt(row));
    return found == m_results.cend() ? nullptr : &*found;
}

int ClientTestModel::rowOf(const QString &name) const
{
    for (int row = 0; row < static_cast<int>(m_cases.size()); ++row) {
        if (m_cases.at(row).name == name)
            return row;
    }
    return -1;
}

QString ClientTestModel::nameAt(int row) const
{
    return row >= 0 && row < m_cases.size() ? m_cases.at(row).name : QString();
}

int ClientTestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cases.size());
}

int ClientTestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QString ClientTestModel::verdictText(int row) const
{
    const auto *result = resultAt(row);
    if (nameAt(row) == m_running)
        return tr("▸ runs");
    if (!result)
        return {};
    switch (result->judgement.verdict) {
    case ClientTestVerdict::Pass:
        return tr("✓ pass");
    case ClientTestVerdict::Fail:
        return tr("✕ fail");
    case ClientTestVerdict::Unclear:
        return tr("? unclear");
    case ClientTestVerdict::NotRun:
        break;
    }
    return tr("– not run");
}

QVariant ClientTestModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::ParentIsInvalid))
        return {};
    const int row = index.row();
    const auto &each = m_cases.at(row);
    const auto *result = resultAt(row);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Verdict ? verdictText(row) : index.column() == Checks ? each.checks : each.name;
    case Qt::ToolTipRole:
        // A tool tip that looks like HTML is shown as HTML, and a reason may repeat what came from the network.
        return (result ? result->judgement.reason : each.checks).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return index.column() == Checks ? u"%1: %2"_s.arg(each.checks, verdictText(row)) : QVariant();
    case VerdictRole:
        return static_cast<int>(result ? result->judgement.verdict : ClientTestVerdict::NotRun);
    case IsRunningRole:
        return each.name == m_running;
    case NameRole:
        return each.name;
    default:
        return {};
    }
}

QVariant ClientTestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Verdict:
        return tr("Verdict");
    case Checks:
        return tr("Checks that");
    case Name:
        return tr("Name");
    default:
        return {};
    }
}

} // namespace weir::models
