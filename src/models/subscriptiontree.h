// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptiongroup.h"
#include "models/subscriptionmodel.h"

#include <QAbstractItemModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace weir::models {

/// The subscriptions under the headings of their groups: groups by name, then the subscriptions without one, each in
/// the order of the list. Columns and roles are those of SubscriptionModel; a group shows what its members come to.
///
/// It only shows. Renaming a group and dragging subscriptions to another are asked for with groupWanted(), and come
/// back as changes of the list. A tick of the list costs a signal for each group, whatever their sizes. GUI thread
/// only.
class SubscriptionTree : public QAbstractItemModel
{
    Q_OBJECT

public:
    /// Keeps a reference: `list` must outlive this.
    explicit SubscriptionTree(SubscriptionModel &list, QObject *parent = nullptr);
    ~SubscriptionTree() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

    bool isGroup(const QModelIndex &index) const;
    QString groupOf(const QModelIndex &index) const;                    ///< of a group or a member; empty: none
    store::SubscriptionId idAt(const QModelIndex &index) const;         ///< 0 for a group
    QList<store::SubscriptionId> idsAt(const QModelIndex &index) const; ///< all members of a group
    QModelIndex indexOf(store::SubscriptionId id, int column = 0) const;
    QModelIndex indexOfGroup(const QString &group, int column = 0) const;
    QStringList groups() const;

Q_SIGNALS:
    /// The user wants these in that group; empty: in none.
    void groupWanted(const QList<weir::store::SubscriptionId> &ids, const QString &group);

private:
    struct Node;

    void rebuild();
    void takeInserted(int first, int last);
    void takeRemoved(int first, int last);
    void takeChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles);
    void announceAll(int firstColumn, int lastColumn, const QList<int> &roles);
    void announce(const Node &node, int firstColumn, int lastColumn, const QList<int> &roles);
    void insertNode(int listRow);
    void moveNode(Node &node, const QString &group);
    void dropIfEmpty(const QString &group);
    Node &groupNode(const QString &group);
    Node *findGroup(const QString &group) const;
    Node *nodeAt(const QModelIndex &index) const;
    int rowOf(const Node &node) const;
    int placeFor(const Node &parent, int listRow) const;
    QModelIndex indexFor(const Node &node, int column = 0) const;
    GroupSummary summaryOf(const Node &group) const;
    QVariant groupData(const Node &group, int column, int role) const;
    QVariant groupText(const Node &group, int column) const;

    SubscriptionModel &m_list;
    std::unique_ptr<Node> m_root;
    std::vector<Node *> m_byListRow; ///< the node of each row of the list
};

} // namespace weir::models
