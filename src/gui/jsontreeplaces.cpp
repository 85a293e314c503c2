// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jsontreeplaces.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTreeView>

namespace weir::gui {

using models::JsonOutline;
using models::JsonTree;

namespace {

/// Texts with no more values than these are expanded from the start.
constexpr JsonOutline::Node smallText = 100;
constexpr qsizetype mostChoices = 1000;
/// What the GUI thread goes through in a few milliseconds.
constexpr std::size_t mostSteps = 200'000;

} // namespace

JsonTreePlaces::JsonTreePlaces(QTreeView &tree, JsonTree &model)
    : QObject(&tree)
    , m_tree(tree)
    , m_model(model)
{
    connect(&tree, &QTreeView::expanded, this, [this](const QModelIndex &index) { noteExpansion(index, true); });
    connect(&tree, &QTreeView::collapsed, this, [this](const QModelIndex &index) { noteExpansion(index, false); });
    connect(tree.selectionModel(), &QItemSelectionModel::currentChanged, this, &JsonTreePlaces::noteCurrent);
}

/// A path has no blank at its end, so that a group's number behind one is unmistakable.
QString JsonTreePlaces::placeText(const QModelIndex &index) const
{
    const auto &outline = *m_model.outline();
    if (const auto node = m_model.node(index))
        return QString::fromStdString(outline.path(*node).text());
    const auto container = m_model.node(index.parent()).value_or(0);
    return QString::fromStdString(outline.path(container).text()) + u' ' + QString::number(index.row());
}

void JsonTreePlaces::noteExpansion(const QModelIndex &index, bool isExpanded)
{
    if (m_isRestoring || !m_model.outline())
        return;
    if (m_chosen.size() >= mostChoices)
        m_chosen.clear();
    m_chosen.insert(placeText(index), isExpanded);
}

void JsonTreePlaces::noteCurrent(const QModelIndex &index)
{
    if (!m_isRestoring && m_model.node(index))
        m_current = placeText(index.siblingAtColumn(0));
}

bool JsonTreePlaces::show(std::shared_ptr<const JsonOutline> outline)
{
    const QScopedValueRollback restoring(m_isRestoring, true);
    const int top = m_tree.verticalScrollBar()->value();
    m_model.setOutline(std::move(outline));
    if (!m_model.outline())
        return true;
    const bool isWhole = expandDefaults();
    expandChosen();
    restoreCurrent();
    m_tree.doItemsLayout();
    m_tree.verticalScrollBar()->setValue(top);
    return isWhole;
}

bool JsonTreePlaces::expandAll()
{
    m_chosen.clear();
    m_default = Default::All;
    return show(m_model.outline());
}

void JsonTreePlaces::collapseAll()
{
    m_chosen.clear();
    m_default = Default::None;
    m_tree.collapseAll();
}

bool JsonTreePlaces::expandDefaults()
{
    const auto &outline = *m_model.outline();
    const bool isSmall = m_default == Default::SmallTexts && outline.nodeCount() <= smallText;
    if (!isSmall && m_default != Default::All)
        return true;
    std::uint32_t rows = 0;
    for (JsonOutline::Node node = 0; node < outline.nodeCount(); ++node) {
        if (!outline.isContainer(node) || outline.childCount(node) == 0)
            continue;
        const auto index = m_model.indexOf(node);
        rows += static_cast<std::uint32_t>(m_model.rowCount(index));
        if (rows > mostRows)
            return false;
        if (index.isValid() && (m_chosen.isEmpty() || m_chosen.value(placeText(index), true)))
            m_tree.expand(index);
        if (!expandGroups(node, rows))
            return false;
    }
    return true;
}

bool JsonTreePlaces::expandGroups(JsonOutline::Node container, std::uint32_t &rows)
{
    if (m_model.outline()->childCount(container) <= JsonTree::groupSize)
        return true;
    const auto parent = m_model.indexOf(container);
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const auto group = m_model.index(row, 0, parent);
        rows += static_cast<std::uint32_t>(m_model.rowCount(group));
        if (rows > mostRows)
            return false;
        if (m_chosen.isEmpty() || m_chosen.value(placeText(group), true))
            m_tree.expand(group);
    }
    return true;
}

void JsonTreePlaces::expandChosen()
{
    std::size_t steps = mostSteps;
    for (auto chosen = m_chosen.cbegin(); chosen != m_chosen.cend(); ++chosen) {
        if (!chosen.value())
            continue;
        const qsizetype group = chosen.key().lastIndexOf(u' ');
        const auto path = filter::JsonPath::compile(chosen.key().toStdString());
        const auto groupPath =
            path || group < 0 ? path : filter::JsonPath::compile(chosen.key().left(group).toStdString());
        const auto node = groupPath ? m_model.outline()->find(*groupPath, steps) : std::nullopt;
        if (!node)
            continue;
        const auto index = m_model.indexOf(*node);
        m_tree.expand(path ? index : m_model.index(chosen.key().mid(group + 1).toInt(), 0, index));
    }
}

void JsonTreePlaces::restoreCurrent()
{
    const auto path = filter::JsonPath::compile(m_current.toStdString());
    std::size_t steps = mostSteps;
    const auto node = path ? m_model.outline()->find(*path, steps) : std::nullopt;
    if (!node)
        return;
    m_tree.setAutoScroll(false);
    m_tree.setCurrentIndex(m_model.indexOf(*node));
    m_tree.setAutoScroll(true);
}

void JsonTreePlaces::reveal(JsonOutline::Node node)
{
    const auto index = m_model.indexOf(node);
    if (!index.isValid())
        return;
    m_tree.setCurrentIndex(index);
    m_tree.scrollTo(index, QAbstractItemView::EnsureVisible);
}

} // namespace weir::gui
