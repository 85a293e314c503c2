// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontree.h"

#include "models/eventformat.h"

namespace weir::models {

using namespace Qt::StringLiterals;
using filter::JsonType;
using Node = JsonOutline::Node;

namespace {

/// Marks the id of a group; the rest of it is the object or array that it is a part of.
constexpr quintptr groupFlag = 0x80000000U;
constexpr std::size_t cutBytes = 500;
constexpr std::size_t previewBytes = 120;

quintptr groupId(Node container)
{
    return groupFlag | container;
}

QString decoded(const std::string &text)
{
    return oneLine(text, cutBytes);
}

/// How much of the bytes has to be decoded for a cell.
std::string_view head(std::string_view text)
{
    return text.substr(0, 4 * cutBytes);
}

} // namespace

JsonTree::JsonTree(QObject *parent)
    : QAbstractItemModel(parent)
{}

void JsonTree::setOutline(std::shared_ptr<const JsonOutline> outline)
{
    beginResetModel();
    m_outline = std::move(outline);
    endResetModel();
}

bool JsonTree::isGroup(const QModelIndex &index) const
{
    return index.isValid() && (index.internalId() & groupFlag) != 0;
}

std::optional<Node> JsonTree::node(const QModelIndex &index) const
{
    if (!index.isValid() || isGroup(index))
        return std::nullopt;
    return static_cast<Node>(index.internalId());
}

bool JsonTree::isGrouped(Node container) const
{
    return m_outline->childCount(container) > groupSize;
}

std::optional<Node> JsonTree::containerOf(const QModelIndex &parent) const
{
    if (!m_outline || m_outline->nodeCount() == 0 || parent.column() > 0)
        return std::nullopt;
    const Node node = parent.isValid() ? static_cast<Node>(parent.internalId() & ~groupFlag) : Node{0};
    return m_outline->isContainer(node) ? std::optional(node) : std::nullopt;
}

QModelIndex JsonTree::containerIndex(Node container) const
{
    return container == 0 ? QModelIndex() : indexOf(container);
}

QModelIndex JsonTree::indexOf(Node node, int column) const
{
    const auto parent = m_outline->parent(node);
    if (!parent)
        return m_outline->isContainer(node) ? QModelIndex() : createIndex(0, column, quintptr{node});
    const auto row = m_outline->row(node);
    return createIndex(static_cast<int>(isGrouped(*parent) ? row % groupSize : row), column, quintptr{node});
}

QModelIndex JsonTree::groupOf(Node node) const
{
    const auto parent = m_outline->parent(node);
    if (!parent || !isGrouped(*parent))
        return {};
    return createIndex(static_cast<int>(m_outline->row(node) / groupSize), 0, groupId(*parent));
}

QModelIndex JsonTree::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent))
        return {};
    const auto container = containerOf(parent);
    if (!container)
        return createIndex(row, column, quintptr{0});
    const auto place = static_cast<std::uint32_t>(row);
    if (isGroup(parent))
        return createIndex(row, column,
            quintptr{m_outline->child(*container, static_cast<std::uint32_t>(parent.row()) * groupSize + place)});
    if (isGrouped(*container))
        return createIndex(row, column, groupId(*container));
    return createIndex(row, column, quintptr{m_outline->child(*container, place)});
}

QModelIndex JsonTree::parent(const QModelIndex &index) const
{
    if (!index.isValid() || !m_outline)
        return {};
    if (isGroup(index))
        return containerIndex(static_cast<Node>(index.internalId() & ~groupFlag));
    const auto node = static_cast<Node>(index.internalId());
    const auto parent = m_outline->parent(node);
    if (!parent)
        return {};
    return isGrouped(*parent) ? groupOf(node) : containerIndex(*parent);
}

int JsonTree::rowCount(const QModelIndex &parent) const
{
    const auto container = containerOf(parent);
    if (!container)
        return !parent.isValid() && m_outline && m_outline->nodeCount() > 0 ? 1 : 0;
    const auto count = m_outline->childCount(*container);
    if (isGroup(parent))
        return static_cast<int>(std::min(count - static_cast<std::uint32_t>(parent.row()) * groupSize, groupSize));
    return static_cast<int>(isGrouped(*container) ? (count + groupSize - 1) / groupSize : count);
}

int JsonTree::columnCount(const QModelIndex &) const
{
    return ValueColumn + 1;
}

bool JsonTree::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QString JsonTree::keyText(const QModelIndex &index) const
{
    const auto node = this->node(index);
    if (!node) {
        const auto first = static_cast<std::uint64_t>(index.row()) * groupSize;
        const auto count = static_cast<std::uint64_t>(rowCount(index.siblingAtColumn(0)));
        return tr("%1 … %2").arg(formatCount(first), formatCount(first + count - 1));
    }
    if (!m_outline->parent(*node))
        return u"data"_s;
    return m_outline->isInObject(*node) ? decoded(m_outline->key(*node)) : QString::number(m_outline->row(*node));
}

QString JsonTree::valueText(const QModelIndex &index) const
{
    const auto node = this->node(index);
    if (!node)
        return {};
    const auto text = m_outline->text(*node);
    if (m_outline->isContainer(*node)) {
        const QString count = formatCount(m_outline->childCount(*node));
        const QString sign = m_outline->type(*node) == JsonType::Object ? u"{%1}"_s : u"[%1]"_s;
        return sign.arg(count) + u"  "_s + oneLine(text, previewBytes);
    }
    if (m_outline->type(*node) != JsonType::String)
        return oneLine(text, cutBytes);
    std::string buffer;
    const std::string_view inner = head(text.substr(1, text.size() - 2));
    return u'"' + oneLine(filter::JsonValue{JsonType::String, inner}.decoded(buffer), cutBytes) + u'"';
}

QString JsonTree::toolTip(const QModelIndex &index) const
{
    const auto node = this->node(index);
    if (!node)
        return {};
    if (index.column() == KeyColumn)
        return QString::fromStdString(m_outline->path(*node).text()).left(cutBytes);
    return tr("%1 bytes").arg(formatCount(m_outline->text(*node).size()));
}

QVariant JsonTree::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_outline)
        return {};
    if (role == Qt::DisplayRole)
        return index.column() == KeyColumn ? keyText(index) : valueText(index);
    if (role == Qt::ToolTipRole)
        return toolTip(index);
    const auto node = this->node(index);
    if (role == TypeRole && node)
        return static_cast<int>(m_outline->type(*node));
    return {};
}

QVariant JsonTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    return section == KeyColumn ? tr("Key") : tr("Value");
}

} // namespace weir::models
