// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/channelmodel.h"

#include <QLocale>
#include <QSet>

#include <algorithm>

namespace weir::models {

using publish::ChannelStatus;
using publish::IdPolicy;

namespace {

constexpr double fewPerSecond = 10;

QString idText(IdPolicy policy)
{
    switch (policy) {
    case IdPolicy::Counter:
        return ChannelModel::tr("IDs are counted.");
    case IdPolicy::Time:
        return ChannelModel::tr("IDs are times.");
    case IdPolicy::Own:
        return ChannelModel::tr("Only IDs that messages bring: events without one cannot be resumed from.");
    case IdPolicy::None:
        return ChannelModel::tr("No IDs: clients cannot resume.");
    }
    return {};
}

} // namespace

void ChannelModel::removeGone(const QList<ChannelStatus> &channels)
{
    QSet<QString> paths;
    for (const auto &channel : channels)
        paths.insert(channel.settings.path);
    for (auto row = static_cast<int>(m_channels.size()) - 1; row >= 0; --row) {
        if (paths.contains(m_channels.at(row).settings.path))
            continue;
        beginRemoveRows({}, row, row);
        m_channels.removeAt(row);
        endRemoveRows();
    }
}

void ChannelModel::setChannels(const QList<ChannelStatus> &channels)
{
    removeGone(channels);
    for (int row = 0; row < channels.size(); ++row) {
        const auto &channel = channels.at(row);
        if (row == m_channels.size() || m_channels.at(row).settings.path != channel.settings.path) {
            beginInsertRows({}, row, row);
            m_channels.insert(row, channel);
            endInsertRows();
        } else if (!(m_channels.at(row) == channel)) {
            m_channels[row] = channel;
            Q_EMIT dataChanged(index(row, 0), index(row, columnTotal - 1));
        }
    }
}

int ChannelModel::rowOf(const QString &path) const
{
    const auto found = std::find_if(m_channels.begin(), m_channels.end(),
        [&path](const ChannelStatus &channel) { return channel.settings.path == path; });
    return found == m_channels.end() ? -1 : static_cast<int>(found - m_channels.begin());
}

int ChannelModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_channels.size());
}

int ChannelModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant ChannelModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &channel = m_channels.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(channel, index.column());
    case Qt::ToolTipRole:
        return toolTip(channel, index.column());
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(channel, index.column()));
    case Qt::TextAlignmentRole:
        return index.column() == Path ? QVariant()
                                      : QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    default:
        return {};
    }
}

QString ChannelModel::text(const ChannelStatus &channel, int column) const
{
    switch (column) {
    case Path:
        return channel.settings.hasEnded ? tr("%1 (ended)").arg(channel.settings.path) : channel.settings.path;
    case Clients:
        return QLocale().toString(channel.clients);
    case Held:
        return QLocale().toString(quint64{channel.eventsHeld});
    case Rate:
        return channel.eventsPerSecond < fewPerSecond
                   ? QLocale().toString(channel.eventsPerSecond, 'f', channel.eventsPerSecond > 0 ? 1 : 0)
                   : QLocale().toString(qRound64(channel.eventsPerSecond));
    default:
        return {};
    }
}

QString ChannelModel::toolTip(const ChannelStatus &channel, int column) const
{
    switch (column) {
    case Path:
        return channel.settings.path.toHtmlEscaped() + QStringLiteral("<br>") + idText(channel.settings.ids);
    case Clients:
        return tr("Clients connected to this channel");
    case Held:
        return tr("Kept for clients that resume: %1. Events sent so far: %2.")
            .arg(QLocale().formattedDataSize(channel.bytesHeld, 1), QLocale().toString(quint64{channel.eventsSent}));
    case Rate:
        return tr("Events that are published in a second");
    default:
        return {};
    }
}

QVariant ChannelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section != Path)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Path:
        return tr("Path");
    case Clients:
        return tr("Clients");
    case Held:
        return tr("Held");
    case Rate:
        return tr("Events/s");
    default:
        return {};
    }
}

} // namespace weir::models
