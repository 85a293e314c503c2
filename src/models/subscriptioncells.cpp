// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptionmodel.h"

#include <QLocale>

#include <array>

// What the cells of the list say.

namespace weir::models {

namespace {

store::MonotonicTime cellTime()
{
    return std::chrono::steady_clock::now();
}

QVariant cellAlignment(int column)
{
    const bool isText = column == SubscriptionModel::StateColumn || column == SubscriptionModel::NameColumn;
    return QVariant::fromValue(Qt::Alignment(isText ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
}

} // namespace

QVariant SubscriptionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return describe(row, cellTime());
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? accessibleText(row, cellTime()) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(index.column());
    case StateRole:
        return static_cast<int>(row.status.state);
    case HasFailedRole:
        return hasFailed(row.status);
    case ColourRole:
        return row.settings.colourIndex;
    case IsMutedRole:
        return row.isMuted;
    case IsSoloRole:
        return row.isSolo;
    case CertificateMarkRole:
        return hasCertificateMark(row);
    case WarningMarkRole:
        return !row.status.warning.isEmpty();
    case LastCommentRole:
        return qlonglong{row.counters->lastCommentNs.load(std::memory_order_relaxed)};
    case IsGroupRole:
        return false;
    default:
        return {};
    }
}

QVariant SubscriptionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section);
    // Short, because the list stands in a narrow column beside the views.
    const std::array<QString, columns> titles{
        tr("State"), tr("Name"), tr("Events"), tr("Rate"), tr("Last"), QStringLiteral("↻")};
    const std::array<QString, columns> explanations{tr("State of the connection"), tr("Name of the subscription"),
        tr("Events received"), tr("Events per second, over the last second"), tr("Time since the last byte came"),
        tr("Reconnections: connection attempts after the first")};
    if (role == Qt::DisplayRole)
        return titles[static_cast<std::size_t>(section)];
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return explanations[static_cast<std::size_t>(section)];
    return {};
}

QVariant SubscriptionModel::text(const SubscriptionRow &row, int column) const
{
    switch (column) {
    case StateColumn:
        return stateText(row.status, cellTime());
    case NameColumn:
        return row.settings.name;
    case EventsColumn:
        return QLocale().toString(qulonglong{row.counters->events.load(std::memory_order_relaxed)});
    case RateColumn:
        return rateText(row.rate.perSecond());
    case LastByteColumn:
        return lastByteText(row, cellTime());
    default:
        return QLocale().toString(reconnects(row));
    }
}

} // namespace weir::models
