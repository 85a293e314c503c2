// SPDX-License-Identifier: GPL-3.0-or-later
// How SubscriptionTree follows the list.
#include "models/subscriptiontree.h"
#include "models/subscriptiontreenode.h"

#include <algorithm>

namespace weir::models {

namespace {

bool isOrdered(const QString &first, const QString &second)
{
    const int order = QString::localeAwareCompare(first, second);
    return order == 0 ? first < second : order < 0;
}

} // namespace

SubscriptionTree::Node *SubscriptionTree::findGroup(const QString &group) const
{
    for (const auto &node : m_root->children)
        if (node->isGroup() && node->group == group)
            return node.get();
    return nullptr;
}

SubscriptionTree::Node &SubscriptionTree::groupNode(const QString &group)
{
    if (group.isEmpty())
        return *m_root;
    if (auto *known = findGroup(group))
        return *known;
    auto &top = m_root->children;
    const auto place = std::ranges::find_if(
        top, [&group](const auto &node) { return !node->isGroup() || isOrdered(group, node->group); });
    const int row = static_cast<int>(place - top.begin());
    beginInsertRows({}, row, row);
    auto node = std::make_unique<Node>();
    node->parent = m_root.get();
    node->group = group;
    auto &inserted = **top.insert(place, std::move(node));
    endInsertRows();
    return inserted;
}

void SubscriptionTree::dropIfEmpty(const QString &group)
{
    auto *node = group.isEmpty() ? nullptr : findGroup(group);
    if (!node || !node->children.empty())
        return;
    const int row = rowOf(*node);
    beginRemoveRows({}, row, row);
    m_root->children.erase(m_root->children.begin() + row);
    endRemoveRows();
}

int SubscriptionTree::placeFor(const Node &parent, int listRow) const
{
    const auto found = std::ranges::find_if(
        parent.children, [listRow](const auto &node) { return !node->isGroup() && node->listRow > listRow; });
    return static_cast<int>(found - parent.children.begin());
}

void SubscriptionTree::takeInserted(int first, int last)
{
    for (auto *node : m_byListRow)
        if (node->listRow >= first)
            node->listRow += last - first + 1;
    m_byListRow.insert(m_byListRow.begin() + first, static_cast<std::size_t>(last - first + 1), nullptr);
    for (int row = first; row <= last; ++row)
        insertNode(row);
}

void SubscriptionTree::insertNode(int listRow)
{
    auto &parent = groupNode(m_list.at(listRow).settings.group);
    const int row = placeFor(parent, listRow);
    auto node = std::make_unique<Node>();
    node->parent = &parent;
    node->listRow = listRow;
    beginInsertRows(indexFor(parent), row, row);
    m_byListRow[static_cast<std::size_t>(listRow)] = node.get();
    parent.children.insert(parent.children.begin() + row, std::move(node));
    endInsertRows();
}

void SubscriptionTree::takeRemoved(int first, int last)
{
    // The list has let go of them already: nobody may ask for one of these nodes while it goes.
    std::vector<Node *> going(m_byListRow.begin() + first, m_byListRow.begin() + last + 1);
    m_byListRow.erase(m_byListRow.begin() + first, m_byListRow.begin() + last + 1);
    for (auto *node : m_byListRow)
        if (node->listRow > last)
            node->listRow -= last - first + 1;
    for (auto *node : going) {
        auto &parent = *node->parent;
        const int row = rowOf(*node);
        beginRemoveRows(indexFor(parent), row, row);
        parent.children.erase(parent.children.begin() + row);
        endRemoveRows();
        dropIfEmpty(parent.group);
    }
}

void SubscriptionTree::takeChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    // A tick: only texts have changed, of all of them.
    if (!roles.isEmpty())
        return announceAll(first.column(), last.column(), roles);
    for (int row = first.row(); row <= last.row(); ++row) {
        auto &node = *m_byListRow[static_cast<std::size_t>(row)];
        moveNode(node, m_list.at(row).settings.group);
        announce(node, first.column(), last.column(), roles);
        if (node.parent->isGroup())
            announce(*node.parent, first.column(), last.column(), roles);
    }
}

void SubscriptionTree::announceAll(int firstColumn, int lastColumn, const QList<int> &roles)
{
    const auto announceChildren = [&](const Node &parent) {
        if (!parent.children.empty())
            Q_EMIT dataChanged(createIndex(0, firstColumn, parent.children.front().get()),
                createIndex(static_cast<int>(parent.children.size()) - 1, lastColumn, parent.children.back().get()),
                roles);
    };
    announceChildren(*m_root);
    for (const auto &node : m_root->children)
        if (node->isGroup())
            announceChildren(*node);
}

void SubscriptionTree::announce(const Node &node, int firstColumn, int lastColumn, const QList<int> &roles)
{
    const int row = rowOf(node);
    Q_EMIT dataChanged(createIndex(row, firstColumn, &node), createIndex(row, lastColumn, &node), roles);
}

void SubscriptionTree::moveNode(Node &node, const QString &group)
{
    const auto before = node.parent->group;
    if (before == group)
        return;
    auto &target = groupNode(group);
    auto &source = *node.parent;
    const int from = rowOf(node);
    const int to = placeFor(target, node.listRow);
    if (!beginMoveRows(indexFor(source), from, from, indexFor(target), to))
        return;
    auto moved = std::move(source.children[static_cast<std::size_t>(from)]);
    source.children.erase(source.children.begin() + from);
    moved->parent = &target;
    target.children.insert(target.children.begin() + to, std::move(moved));
    endMoveRows();
    dropIfEmpty(before);
}

} // namespace weir::models
