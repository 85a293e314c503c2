// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/scenariorunmodel.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;
using publish::ScenarioProgress;
using State = ScenarioProgress::State;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("weir::models::ScenarioRunModel", text);
}

QString placeText(const ScenarioProgress &progress)
{
    QStringList numbers;
    for (const int index : progress.step)
        numbers << QString::number(index + 1);
    return translated("step %1").arg(numbers.join(u'.'));
}

QString stateText(const ScenarioProgress &progress)
{
    if (progress.state == State::Paused)
        return translated("paused");
    if (progress.state == State::Ended)
        return progress.problem.isEmpty() ? translated("ended") : progress.problem;
    return progress.remark;
}

} // namespace

QString durationText(qint64 milliseconds, bool withTenths)
{
    const qint64 seconds = milliseconds / 1000;
    QString text = u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QChar(u'0'))
                       .arg(seconds % 60, 2, 10, QChar(u'0'));
    if (seconds >= 3600)
        text.prepend(QString::number(seconds / 3600) + u':');
    if (withTenths)
        text += QLocale().decimalPoint() + QString::number(milliseconds / 100 % 10);
    return text;
}

QString textOf(const ScenarioProgress &progress)
{
    QStringList parts;
    if (progress.state != State::Ended && !progress.step.isEmpty())
        parts << placeText(progress);
    if (progress.state != State::Ended && !progress.rounds.isEmpty())
        parts << translated("round %1").arg(QLocale().toString(progress.rounds.last()));
    parts << translated("events: %1").arg(QLocale().toString(progress.events));
    parts << durationText(progress.elapsedMs);
    if (const QString state = stateText(progress); !state.isEmpty())
        parts << state;
    return parts.join(u" · "_s);
}

void ScenarioRunModel::take(const ScenarioProgress &progress)
{
    const int row = rowOf(progress.run);
    if (row >= 0) {
        m_runs[static_cast<std::size_t>(row)] = progress;
        Q_EMIT dataChanged(index(row), index(row));
    } else {
        beginInsertRows({}, 0, 0);
        m_runs.push_front(progress);
        endInsertRows();
    }
    trim();
}

void ScenarioRunModel::trim()
{
    std::size_t ended = 0;
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row)->state != State::Ended || ++ended <= maxEnded)
            continue;
        beginRemoveRows({}, row, row);
        m_runs.erase(m_runs.begin() + row);
        endRemoveRows();
        --row;
    }
}

void ScenarioRunModel::removeEnded()
{
    beginResetModel();
    std::erase_if(m_runs, [](const ScenarioProgress &run) { return run.state == State::Ended; });
    endResetModel();
}

bool ScenarioRunModel::hasEnded() const
{
    return std::any_of(
        m_runs.begin(), m_runs.end(), [](const ScenarioProgress &run) { return run.state == State::Ended; });
}

const ScenarioProgress *ScenarioRunModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_runs[static_cast<std::size_t>(row)] : nullptr;
}

int ScenarioRunModel::rowOf(int run) const
{
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [run](const ScenarioProgress &one) { return one.run == run; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

int ScenarioRunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant ScenarioRunModel::data(const QModelIndex &index, int role) const
{
    const ScenarioProgress *run = at(index.row());
    if (!run)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return QString(
            (run->target.isEmpty() ? run->name : tr("%1 → %2").arg(run->name, run->target)) + u'\n' + textOf(*run));
    case Qt::ToolTipRole:
        return run->problem;
    case RunRole:
        return run->run;
    case StateRole:
        return static_cast<int>(run->state);
    case ProblemRole:
        return run->problem;
    default:
        return {};
    }
}

} // namespace weir::models
