// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/librarymodel.h"

#include "models/messagemime.h"

#include <QIODevice>
#include <QMimeData>
#include <QUuid>

#include <algorithm>
#include <vector>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

/// Rows from the top, and whose: a drag may come from the library of another window.
QString rowMimeType()
{
    return u"application/x-weir-library-row"_s;
}

QByteArray rowPath(QModelIndex index)
{
    QByteArrayList rows;
    for (; index.isValid(); index = index.parent())
        rows.prepend(QByteArray::number(index.row()));
    return rows.join('/');
}

void collectMessages(const LibraryItem &item, QList<NamedMessage> &messages)
{
    if (!item.isFolder)
        messages.append({item.name, item.publication});
    for (const LibraryItem &inner : item.items)
        collectMessages(inner, messages);
}

int countOf(const LibraryItem &item)
{
    int count = 1;
    for (const LibraryItem &inner : item.items)
        count += countOf(inner);
    return count;
}

} // namespace

struct LibraryModel::Node
{
    explicit Node(const LibraryItem &item, Node *parentNode = nullptr)
        : name(item.name)
        , isFolder(item.isFolder)
        , publication(item.publication)
        , parent(parentNode)
    {
        for (const LibraryItem &inner : item.items)
            children.push_back(std::make_unique<Node>(inner, this));
    }

    LibraryItem item() const
    {
        LibraryItem result{name, isFolder, publication, {}};
        for (const auto &child : children)
            result.items.append(child->item());
        return result;
    }

    QString name;
    bool isFolder;
    publish::Publication publication;
    Node *parent;
    std::vector<std::unique_ptr<Node>> children;
};

LibraryModel::LibraryModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_key(QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
    , m_root(std::make_unique<Node>(LibraryItem{{}, true, {}, {}}))
{}

LibraryModel::~LibraryModel() = default;

void LibraryModel::setItems(const QList<LibraryItem> &items)
{
    beginResetModel();
    const LibraryItem root{{}, true, {}, items};
    m_root = std::make_unique<Node>(root);
    m_count = countOf(root) - 1;
    m_removed.reset();
    endResetModel();
}

QList<LibraryItem> LibraryModel::items() const
{
    return m_root->item().items;
}

LibraryModel::Node *LibraryModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex LibraryModel::indexOf(const Node *node) const
{
    if (node == m_root.get())
        return {};
    const auto &siblings = node->parent->children;
    const auto place =
        std::find_if(siblings.begin(), siblings.end(), [node](const auto &sibling) { return sibling.get() == node; });
    return createIndex(static_cast<int>(place - siblings.begin()), 0, place->get());
}

QModelIndex LibraryModel::insert(std::unique_ptr<Node> node, Node *folder, int row)
{
    const int added = countOf(node->item());
    if (m_count + added > mostItems) {
        Q_EMIT full();
        return {};
    }
    const int last = static_cast<int>(folder->children.size());
    const int place = row < 0 ? last : std::min(row, last);
    node->parent = folder;
    beginInsertRows(indexOf(folder), place, place);
    folder->children.insert(folder->children.begin() + place, std::move(node));
    m_count += added;
    endInsertRows();
    Q_EMIT changed();
    return index(place, 0, indexOf(folder));
}

QModelIndex LibraryModel::add(const LibraryItem &item, const QModelIndex &folder)
{
    return insert(std::make_unique<Node>(item), nodeAt(folderOf(folder)), -1);
}

void LibraryModel::remove(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    Node *folder = nodeAt(index.parent());
    m_removed = Removed{itemAt(index), index.parent(), index.row()};
    beginRemoveRows(index.parent(), index.row(), index.row());
    m_count -= countOf(m_removed->item);
    folder->children.erase(folder->children.begin() + index.row());
    endRemoveRows();
    Q_EMIT changed();
}

QModelIndex LibraryModel::putBack()
{
    if (!m_removed)
        return {};
    const Removed removed = *std::exchange(m_removed, {});
    return insert(std::make_unique<Node>(removed.item), nodeAt(removed.folder), removed.row);
}

bool LibraryModel::isFolder(const QModelIndex &index) const
{
    return nodeAt(index)->isFolder;
}

QModelIndex LibraryModel::folderOf(const QModelIndex &index) const
{
    return isFolder(index) ? index : index.parent();
}

LibraryItem LibraryModel::itemAt(const QModelIndex &index) const
{
    return nodeAt(index)->item();
}

QModelIndex LibraryModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *folder = nodeAt(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(folder->children.size()))
        return {};
    return createIndex(row, 0, folder->children[static_cast<std::size_t>(row)].get());
}

QModelIndex LibraryModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeAt(index)->parent) : QModelIndex();
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node *node = nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return node->name;
    case Qt::ToolTipRole:
        return node->isFolder ? QVariant() : messageSummary(node->publication).toHtmlEscaped();
    case IsFolderRole:
        return node->isFolder;
    case SearchRole:
        return node->isFolder ? node->name
                              : node->name + u'\n' + QString::fromStdString(node->publication.message.type) + u'\n' +
                                    messageSummary(node->publication);
    default:
        return {};
    }
}

bool LibraryModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().simplified();
    if (!index.isValid() || role != Qt::EditRole || name.isEmpty() || name == nodeAt(index)->name)
        return false;
    nodeAt(index)->name = name;
    Q_EMIT dataChanged(index, index);
    Q_EMIT changed();
    return true;
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    const auto flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
    return isFolder(index) ? flags | Qt::ItemIsDropEnabled : flags | Qt::ItemNeverHasChildren;
}

QStringList LibraryModel::mimeTypes() const
{
    return {rowMimeType(), messageMimeType()};
}

QMimeData *LibraryModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    QList<NamedMessage> messages;
    collectMessages(itemAt(indexes.first()), messages);
    QMimeData *content = messagesToMime(messages);
    content->setData(rowMimeType(), m_key + ' ' + rowPath(indexes.first()));
    return content;
}

QModelIndex LibraryModel::draggedIndex(const QMimeData &content) const
{
    const QByteArrayList parts = content.data(rowMimeType()).split(' ');
    if (parts.size() != 2 || parts[0] != m_key)
        return {};
    QModelIndex dragged;
    for (const QByteArray &row : parts[1].split('/')) {
        dragged = index(row.toInt(), 0, dragged);
        if (!dragged.isValid())
            return {};
    }
    return dragged;
}

bool LibraryModel::canMove(const QModelIndex &from, const QModelIndex &folder) const
{
    int depth = 0;
    for (QModelIndex place = folder; place.isValid(); place = place.parent(), ++depth) {
        if (place == from)
            return false;
    }
    return depth < deepestLibraryFolder;
}

bool LibraryModel::canDropMimeData(const QMimeData *content, Qt::DropAction, int, int, const QModelIndex &parent) const
{
    const QModelIndex dragged = draggedIndex(*content);
    return dragged.isValid() ? canMove(dragged, folderOf(parent)) : content->hasFormat(messageMimeType());
}

bool LibraryModel::dropMimeData(const QMimeData *content, Qt::DropAction, int row, int, const QModelIndex &parent)
{
    if (const QModelIndex dragged = draggedIndex(*content); dragged.isValid()) {
        move(dragged, folderOf(parent), row);
        return false;
    }
    const auto messages = messagesInMime(*content);
    for (const NamedMessage &message : messages)
        insert(std::make_unique<Node>(LibraryItem{
                   message.name.isEmpty() ? messageSummary(message.publication).left(60).simplified() : message.name,
                   false, message.publication, {}}),
            nodeAt(folderOf(parent)), row < 0 ? row : row++);
    return !messages.isEmpty();
}

bool LibraryModel::move(const QModelIndex &from, const QModelIndex &folder, int row)
{
    Node *source = nodeAt(from.parent());
    Node *target = nodeAt(folder);
    const int place = row < 0 ? static_cast<int>(target->children.size()) : row;
    if (!canMove(from, folder) || !beginMoveRows(from.parent(), from.row(), from.row(), folder, place))
        return false;
    const bool isEarlier = source == target && from.row() < place;
    auto moved = std::move(source->children[static_cast<std::size_t>(from.row())]);
    source->children.erase(source->children.begin() + from.row());
    moved->parent = target;
    target->children.insert(target->children.begin() + (isEarlier ? place - 1 : place), std::move(moved));
    endMoveRows();
    Q_EMIT changed();
    return true;
}

} // namespace weir::models
