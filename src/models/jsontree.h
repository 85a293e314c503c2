// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jsonoutline.h"

#include <QAbstractItemModel>

namespace weir::models {

/// A JSON text as a tree of keys and values. The outline is all there is: a row costs nothing until it is asked for.
///
/// The values at the top are those in the outermost object or array; a text that is a single value is one row. More
/// than groupSize values at one place come in groups, so that every one of a million can be reached at once.
/// GUI thread only.
class JsonTree : public QAbstractItemModel
{
    Q_OBJECT

public:
    static constexpr std::uint32_t groupSize = 1000;

    enum Column { KeyColumn, ValueColumn };
    enum Role {
        /// filter::JsonType as an int; invalid for a group.
        TypeRole = Qt::UserRole,
    };

    explicit JsonTree(QObject *parent = nullptr);

    /// Null: nothing.
    void setOutline(std::shared_ptr<const JsonOutline> outline);
    const std::shared_ptr<const JsonOutline> &outline() const { return m_outline; }

    /// Nothing for a group or an invalid index.
    std::optional<JsonOutline::Node> node(const QModelIndex &index) const;
    bool isGroup(const QModelIndex &index) const;
    /// Invalid for the outermost object or array.
    QModelIndex indexOf(JsonOutline::Node node, int column = 0) const;
    /// Of the group in which `node` lies, if it lies in one.
    QModelIndex groupOf(JsonOutline::Node node) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    /// The object or array whose values or groups are below `parent`; nothing if it has none.
    std::optional<JsonOutline::Node> containerOf(const QModelIndex &parent) const;
    bool isGrouped(JsonOutline::Node container) const;
    QModelIndex containerIndex(JsonOutline::Node container) const;
    QString keyText(const QModelIndex &index) const;
    QString valueText(const QModelIndex &index) const;
    QString toolTip(const QModelIndex &index) const;

    std::shared_ptr<const JsonOutline> m_outline;
};

} // namespace weir::models
