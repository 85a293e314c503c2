// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelsettings.h"

#include <QAbstractTableModel>
#include <QList>

namespace weir::models {

/// The channels of the publisher, one row each, sorted by path. Rows keep their place while their numbers change, so
/// that a selection survives every update. GUI thread only.
class ChannelModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Path, Clients, Held, Rate };
    static constexpr int columnTotal = Rate + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /// Replaces the list, which is sorted by path: O(n), signals only what differs.
    void setChannels(const QList<publish::ChannelStatus> &channels);
    const publish::ChannelStatus &channelAt(int row) const { return m_channels.at(row); }
    int rowOf(const QString &path) const; ///< -1: there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeGone(const QList<publish::ChannelStatus> &channels);
    QString text(const publish::ChannelStatus &channel, int column) const;
    QString toolTip(const publish::ChannelStatus &channel, int column) const;

    QList<publish::ChannelStatus> m_channels;
};

} // namespace weir::models
