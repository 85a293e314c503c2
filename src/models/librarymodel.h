// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/libraryfile.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>

namespace weir::models {

/// The message library as a tree of folders and messages, to be sorted by hand: rows are moved by drag and drop, and
/// messages from elsewhere dropped into it. Bounded in number. GUI thread only.
class LibraryModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { IsFolderRole = Qt::UserRole, SearchRole };
    static constexpr int mostItems = 10'000;

    explicit LibraryModel(QObject *parent = nullptr);
    ~LibraryModel() override;

    void setItems(const QList<LibraryItem> &items); ///< all of them; not told by changed()
    QList<LibraryItem> items() const;
    int count() const { return m_count; }

    /// At the end of the folder, or of the one that the message is in. Invalid when the library is full.
    QModelIndex add(const LibraryItem &item, const QModelIndex &folder = {});
    void remove(const QModelIndex &index);
    /// Whether something was removed that has not been put back.
    bool canPutBack() const { return m_removed.has_value(); }
    QModelIndex putBack();

    bool isFolder(const QModelIndex &index) const;
    /// The folder itself, or the one that the message is in.
    QModelIndex folderOf(const QModelIndex &index) const;
    LibraryItem itemAt(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex & = {}) const override { return 1; }
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    bool canDropMimeData(
        const QMimeData *content, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    /// A row of its own is moved at once, and false answered, so that the view removes nothing.
    bool dropMimeData(
        const QMimeData *content, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    void changed();
    void full(); ///< something was not added

private:
    struct Node;
    Node *nodeAt(const QModelIndex &index) const;
    QModelIndex indexOf(const Node *node) const;
    QModelIndex insert(std::unique_ptr<Node> node, Node *folder, int row);
    QModelIndex draggedIndex(const QMimeData &content) const;
    bool canMove(const QModelIndex &from, const QModelIndex &folder) const;
    bool move(const QModelIndex &from, const QModelIndex &folder, int row);

    struct Removed
    {
        LibraryItem item;
        QPersistentModelIndex folder;
        int row = 0;
    };

    const QByteArray m_key; ///< which library a dragged row is of; an address would say so of one process and moment
    std::unique_ptr<Node> m_root;
    int m_count = 0; ///< of messages and folders
    std::optional<Removed> m_removed;
};

} // namespace weir::models
