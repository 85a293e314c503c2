// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QAbstractTableModel>
#include <QList>

#include <cstdint>

namespace weir::models {

/// The clients of the publisher, one row each, in the order in which they came. Rows keep their place while their
/// numbers change, so that a selection survives every update. GUI thread only.
class ClientModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Address,
        Path,
        State,
        QueuedBytes,
        Lag,
        SentEvents,
        SentBytes,
        Since,
        LastEventId,
        UserAgent,
        Faults
    };
    static constexpr int columnTotal = Faults + 1;
    enum Role {
        IdRole = Qt::UserRole, ///< the client's number, as quint64, on every column
        StateRole,             ///< publish::ClientState, on every column
    };

    explicit ClientModel(QObject *parent = nullptr);

    /// Replaces the list: O(n), signals only what differs.
    void setClients(const QList<publish::ClientStatus> &clients);
    bool isPaused(int row) const { return m_clients.at(row).state == publish::ClientState::Paused; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeGone(const QList<publish::ClientStatus> &clients);
    void announce(const QList<int> &rows);
    void append(const QList<publish::ClientStatus> &clients);
    QString text(const publish::ClientStatus &client, int column) const;
    QString toolTip(const publish::ClientStatus &client, int column) const;

    QList<publish::ClientStatus> m_clients;
};

} // namespace weir::models
