// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptiontree.h"

#include "models/subscriptiontreenode.h"

#include <QDataStream>
#include <QIODevice>
#include <QLocale>
#include <QMimeData>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;
using store::SubscriptionId;

namespace {

QString dragType()
{
    return u"application/x-weir-subscriptions"_s;
}

QList<SubscriptionId> idsFrom(const QMimeData &data)
{
    QDataStream stream(data.data(dragType()));
    QList<quint32> numbers;
    stream >> numbers;
    QList<SubscriptionId> ids;
    for (const auto number : numbers)
        ids << SubscriptionId{number};
    return ids;
}

} // namespace

SubscriptionTree::SubscriptionTree(SubscriptionModel &list, QObject *parent)
    : QAbstractItemModel(parent)
    , m_list(list)
    , m_root(std::make_unique<Node>())
{
    rebuild();
    connect(&list, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex &, int first, int last) { takeInserted(first, last); });
    connect(&list, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { takeRemoved(first, last); });
    connect(&list, &QAbstractItemModel::dataChanged, this, &SubscriptionTree::takeChanged);
    connect(&list, &QAbstractItemModel::modelReset, this, &SubscriptionTree::rebuild);
}

SubscriptionTree::~SubscriptionTree() = default;

void SubscriptionTree::rebuild()
{
    beginResetModel();
    m_byListRow.clear();
    m_root = std::make_unique<Node>();
    endResetModel();
    if (m_list.rowCount() > 0)
        takeInserted(0, m_list.rowCount() - 1);
}

SubscriptionTree::Node *SubscriptionTree::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

int SubscriptionTree::rowOf(const Node &node) const
{
    const auto &siblings = node.parent->children;
    const auto found = std::ranges::find(siblings, &node, &std::unique_ptr<Node>::get);
    return static_cast<int>(found - siblings.begin());
}

QModelIndex SubscriptionTree::indexFor(const Node &node, int column) const
{
    return &node == m_root.get() ? QModelIndex() : createIndex(rowOf(node), column, &node);
}

QModelIndex SubscriptionTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex SubscriptionTree::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexFor(*nodeAt(index)->parent) : QModelIndex();
}

int SubscriptionTree::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int SubscriptionTree::columnCount(const QModelIndex &) const
{
    return SubscriptionModel::columns;
}

QVariant SubscriptionTree::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &node = *nodeAt(index);
    if (node.isGroup())
        return groupData(node, index.column(), role);
    return m_list.data(m_list.index(node.listRow, index.column()), role);
}

QVariant SubscriptionTree::groupData(const Node &group, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return groupText(group, column);
    case Qt::EditRole:
        return group.group;
    case Qt::ToolTipRole:
        return describe(group.group, summaryOf(group));
    case Qt::AccessibleTextRole:
        return column == SubscriptionModel::NameColumn ? accessibleText(group.group, summaryOf(group))
                                                       : groupText(group, column);
    case Qt::TextAlignmentRole:
        return m_list.headerData(column, Qt::Horizontal, role);
    case SubscriptionModel::StateRole:
        return static_cast<int>(stateOf(summaryOf(group)));
    case SubscriptionModel::HasFailedRole:
        return summaryOf(group).failed > 0;
    case SubscriptionModel::IsMutedRole:
        return summaryOf(group).isMuted;
    case SubscriptionModel::IsSoloRole:
        return summaryOf(group).isSolo;
    case SubscriptionModel::CertificateMarkRole:
        return summaryOf(group).invalidCertificates > 0;
    case SubscriptionModel::WarningMarkRole:
        return summaryOf(group).warnings > 0;
    case SubscriptionModel::IsGroupRole:
        return true;
    default:
        return {};
    }
}

QVariant SubscriptionTree::groupText(const Node &group, int column) const
{
    const auto summary = summaryOf(group);
    switch (column) {
    case SubscriptionModel::StateColumn:
        return stateText(summary);
    case SubscriptionModel::NameColumn:
        return group.group;
    case SubscriptionModel::EventsColumn:
        return QLocale().toString(qulonglong{summary.events});
    case SubscriptionModel::RateColumn:
        return rateText(summary.perSecond);
    case SubscriptionModel::LastByteColumn:
        return ageText(summary.lastByteNs, std::chrono::steady_clock::now());
    default:
        return QLocale().toString(qulonglong{summary.reconnects});
    }
}

GroupSummary SubscriptionTree::summaryOf(const Node &group) const
{
    std::vector<const SubscriptionRow *> rows;
    rows.reserve(group.children.size());
    for (const auto &member : group.children)
        rows.push_back(&m_list.at(member->listRow));
    return summarize(rows);
}

bool SubscriptionTree::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const auto name = value.toString().trimmed();
    if (role != Qt::EditRole || !isGroup(index) || name.isEmpty() || name == groupOf(index))
        return false;
    Q_EMIT groupWanted(idsAt(index), name);
    return true;
}

QVariant SubscriptionTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_list.headerData(section, orientation, role);
}

Qt::ItemFlags SubscriptionTree::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // beside all groups: into none
    auto flags = QAbstractItemModel::flags(index) | Qt::ItemIsDragEnabled | Qt::ItemIsDropEnabled;
    if (!isGroup(index))
        return flags | Qt::ItemNeverHasChildren;
    return index.column() == SubscriptionModel::NameColumn ? flags | Qt::ItemIsEditable : flags;
}

QStringList SubscriptionTree::mimeTypes() const
{
    return {dragType()};
}

QMimeData *SubscriptionTree::mimeData(const QModelIndexList &indexes) const
{
    QList<quint32> numbers;
    for (const auto &each : indexes)
        for (const auto id : idsAt(each))
            if (!numbers.contains(id.value))
                numbers << id.value;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << numbers;
    auto *data = new QMimeData;
    data->setData(dragType(), bytes);
    return data;
}

bool SubscriptionTree::canDropMimeData(
    const QMimeData *data, Qt::DropAction action, int, int, const QModelIndex &) const
{
    return action == Qt::MoveAction && data->hasFormat(dragType());
}

bool SubscriptionTree::dropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    Q_EMIT groupWanted(idsFrom(*data), groupOf(parent));
    return true;
}

bool SubscriptionTree::isGroup(const QModelIndex &index) const
{
    return index.isValid() && nodeAt(index)->isGroup();
}

QString SubscriptionTree::groupOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const auto *node = nodeAt(index);
    return node->isGroup() ? node->group : node->parent->group;
}

SubscriptionId SubscriptionTree::idAt(const QModelIndex &index) const
{
    return !index.isValid() || isGroup(index) ? SubscriptionId{} : m_list.at(nodeAt(index)->listRow).id;
}

QList<SubscriptionId> SubscriptionTree::idsAt(const QModelIndex &index) const
{
    if (!isGroup(index))
        return index.isValid() ? QList{idAt(index)} : QList<SubscriptionId>{};
    QList<SubscriptionId> ids;
    for (const auto &member : nodeAt(index)->children)
        ids << m_list.at(member->listRow).id;
    return ids;
}

QModelIndex SubscriptionTree::indexOf(SubscriptionId id, int column) const
{
    const auto row = m_list.rowOf(id);
    const auto known = row && *row < static_cast<int>(m_byListRow.size());
    return known ? indexFor(*m_byListRow[static_cast<std::size_t>(*row)], column) : QModelIndex();
}

QModelIndex SubscriptionTree::indexOfGroup(const QString &group, int column) const
{
    const auto *node = findGroup(group);
    return node ? indexFor(*node, column) : QModelIndex();
}

QStringList SubscriptionTree::groups() const
{
    QStringList names;
    for (const auto &node : m_root->children)
        if (node->isGroup())
            names << node->group;
    return names;
}

} // namespace weir::models
