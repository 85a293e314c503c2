// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clientmodel.h"

#include <QHash>
#include <QLocale>
#include <QSet>

namespace weir::models {

using publish::ClientStatus;

namespace {

bool isNumber(int column)
{
    return column == ClientModel::SentEvents || column == ClientModel::SentBytes ||
           column == ClientModel::QueuedBytes || column == ClientModel::Lag;
}

bool looksSame(const ClientStatus &a, const ClientStatus &b)
{
    return a.eventsSent == b.eventsSent && a.bytesSent == b.bytesSent && a.bytesQueued == b.bytesQueued &&
           a.lastEventId == b.lastEventId && a.address == b.address && a.path == b.path && a.since == b.since &&
           a.userAgent == b.userAgent && a.lag == b.lag && a.state == b.state && a.faults == b.faults &&
           a.eventsDropped == b.eventsDropped;
}

QString stateText(const ClientStatus &client)
{
    using publish::ClientState;
    switch (client.state) {
    case ClientState::Streaming:
        return ClientModel::tr("streaming");
    case ClientState::Slow:
        return ClientModel::tr("slow");
    case ClientState::Paused:
        return ClientModel::tr("paused");
    case ClientState::Waiting:
        return ClientModel::tr("head delayed");
    case ClientState::Ending:
        return ClientModel::tr("ending");
    }
    return {};
}

QString dataSize(quint64 bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
}

} // namespace

ClientModel::ClientModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void ClientModel::setClients(const QList<ClientStatus> &clients)
{
    removeGone(clients);
    QHash<quint64, int> rows;
    for (int row = 0; row < m_clients.size(); ++row)
        rows.insert(m_clients.at(row).id, row);

    QList<ClientStatus> added;
    QList<int> changed;
    for (const auto &client : clients) {
        const auto known = rows.constFind(client.id);
        if (known == rows.cend()) {
            added.append(client);
        } else if (!looksSame(m_clients.at(*known), client)) {
            m_clients[*known] = client;
            changed.append(*known);
        }
    }
    announce(changed);
    append(added);
}

void ClientModel::removeGone(const QList<ClientStatus> &clients)
{
    QSet<quint64> ids;
    for (const auto &client : clients)
        ids.insert(client.id);
    for (auto last = static_cast<int>(m_clients.size()) - 1; last >= 0; --last) {
        if (ids.contains(m_clients.at(last).id))
            continue;
        int first = last;
        while (first > 0 && !ids.contains(m_clients.at(first - 1).id))
            --first;
        beginRemoveRows({}, first, last);
        m_clients.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

/// One signal for neighbours: thousands of clients may change at a time. `rows`: in rising order.
void ClientModel::announce(const QList<int> &rows)
{
    for (qsizetype first = 0; first < rows.size();) {
        qsizetype last = first;
        while (last + 1 < rows.size() && rows.at(last + 1) == rows.at(last) + 1)
            ++last;
        Q_EMIT dataChanged(index(rows.at(first), 0), index(rows.at(last), columnTotal - 1));
        first = last + 1;
    }
}

void ClientModel::append(const QList<ClientStatus> &clients)
{
    if (clients.isEmpty())
        return;
    const auto first = static_cast<int>(m_clients.size());
    beginInsertRows({}, first, first + static_cast<int>(clients.size()) - 1);
    m_clients.append(clients);
    endInsertRows();
}

int ClientModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_clients.size());
}

int ClientModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant ClientModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &client = m_clients.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(client, index.column());
    case Qt::ToolTipRole:
        return toolTip(client, index.column());
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(client, index.column()));
    case Qt::TextAlignmentRole:
        return isNumber(index.column()) ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                                        : QVariant();
    case IdRole:
        return QVariant::fromValue(quint64{client.id});
    case StateRole:
        return QVariant::fromValue(static_cast<int>(client.state));
    default:
        return {};
    }
}

QString ClientModel::text(const ClientStatus &client, int column) const
{
    switch (column) {
    case Address:
        return client.address;
    case Path:
        return client.path;
    case Since:
        return QLocale::c().toString(client.since.time(), QStringLiteral("HH:mm:ss"));
    case LastEventId:
        return QString::fromUtf8(client.lastEventId);
    case SentEvents:
        return QLocale().toString(quint64{client.eventsSent});
    case SentBytes:
        return dataSize(client.bytesSent);
    case QueuedBytes:
        return dataSize(static_cast<quint64>(client.bytesQueued));
    case State:
        return stateText(client);
    case Lag:
        return client.lag.count() == 0
                   ? tr("none")
                   : tr("%1 s").arg(QLocale().toString(static_cast<double>(client.lag.count()) / 1000, 'f', 1));
    case UserAgent:
        return QString::fromUtf8(client.userAgent);
    case Faults:
        return client.faults;
    default:
        return {};
    }
}

QString ClientModel::toolTip(const ClientStatus &client, int column) const
{
    switch (column) {
    case Address:
        // A tool tip that looks like HTML is shown as HTML, and this one comes from the network.
        return client.userAgent.isEmpty() ? QString() : QString::fromUtf8(client.userAgent).toHtmlEscaped();
    case Since:
        return QLocale().toString(client.since, QLocale::LongFormat);
    case SentBytes:
        return tr("%1 bytes").arg(QLocale().toString(quint64{client.bytesSent}));
    case QueuedBytes:
        return client.eventsDropped == 0
                   ? tr("%1 bytes that the client has not taken yet").arg(QLocale().toString(client.bytesQueued))
                   : tr("%1 bytes that the client has not taken yet\nEvents dropped: %2")
                         .arg(
                             QLocale().toString(client.bytesQueued), QLocale().toString(quint64{client.eventsDropped}));
    case Lag:
        return tr("How long the oldest byte waits that the client's system has not acknowledged");
    default:
        return text(client, column).toHtmlEscaped();
    }
}

QVariant ClientModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumber(section))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Address:
        return tr("Address");
    case Path:
        return tr("Path");
    case Since:
        return tr("Since");
    case LastEventId:
        return tr("Last-Event-ID");
    case SentEvents:
        return tr("Events");
    case SentBytes:
        return tr("Sent");
    case QueuedBytes:
        return tr("Queued");
    case State:
        return tr("State");
    case Lag:
        return tr("Lag");
    case UserAgent:
        return tr("User agent");
    case Faults:
        return tr("Faults");
    default:
        return {};
    }
}

} // namespace weir::models
