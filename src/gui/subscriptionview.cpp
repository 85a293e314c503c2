// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptionview.h"

#include "gui/subscriptiondelegate.h"
#include "gui/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QResizeEvent>
#include <QStyle>

#include <algorithm>
#include <array>
#include <set>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::SubscriptionModel;
using store::SubscriptionId;

namespace {

/// So much of a name is readable at least; less needed columns give way to it.
constexpr int nameCharacters = 13;

bool wantsAnimation(const QWidget &widget)
{
    return widget.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &widget) > 0;
}

} // namespace

SubscriptionView::SubscriptionView(QWidget *parent)
    : QTreeView(parent)
    , m_delegate(new SubscriptionDelegate(this))
{
    setItemDelegate(m_delegate);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setRootIsDecorated(false);
    setIndentation(fontMetrics().averageCharWidth() * 2);
    m_delegate->setPulsing(wantsAnimation(*this));
    m_settling.setSingleShot(true);
    m_settling.setInterval(0ms);
    m_pulsing.setInterval(60ms);
    connect(&m_settling, &QTimer::timeout, this, &SubscriptionView::keepGroupsOpen);
    connect(&m_pulsing, &QTimer::timeout, this, &SubscriptionView::updatePulse);
    connect(this, &QTreeView::collapsed, this,
        [this](const QModelIndex &index) { m_closedGroups.insert(m_tree->groupOf(index)); });
    connect(this, &QTreeView::expanded, this,
        [this](const QModelIndex &index) { m_closedGroups.remove(m_tree->groupOf(index)); });
}

void SubscriptionView::setTree(models::SubscriptionTree &tree)
{
    m_tree = &tree;
    setModel(&tree);
    setTreePosition(SubscriptionModel::NameColumn);
    setColumnWidths();
    const auto settle = [this] { m_settling.start(); };
    connect(&tree, &QAbstractItemModel::rowsInserted, &m_settling, settle);
    connect(&tree, &QAbstractItemModel::rowsMoved, &m_settling, settle);
    connect(&tree, &QAbstractItemModel::rowsRemoved, &m_settling, settle);
    connect(&tree, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_delegate->isPulsing() && !m_pulsing.isActive() && hasVisiblePulse())
            m_pulsing.start();
    });
    keepGroupsOpen();
}

void SubscriptionView::setColumnWidths()
{
    header()->setSectionResizeMode(QHeaderView::Interactive);
    header()->setSectionResizeMode(SubscriptionModel::NameColumn, QHeaderView::Stretch);
    header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 3);
    const auto width = [this](int column, const QString &widest) {
        const auto title = m_tree->headerData(column, Qt::Horizontal).toString();
        const auto font = column == SubscriptionModel::StateColumn ? QWidget::font() : fixedFont();
        const int text = std::max(QFontMetrics(font).horizontalAdvance(widest), fontMetrics().horizontalAdvance(title));
        header()->resizeSection(column, text + 2 * style()->pixelMetric(QStyle::PM_HeaderMargin) + 4);
    };
    width(SubscriptionModel::StateColumn, u"◐ "_s + tr("retry in %1 s").arg(88) + u" ▲"_s); // with a mark
    width(SubscriptionModel::EventsColumn, u"88,888"_s);
    width(SubscriptionModel::RateColumn, u"888/s"_s);
    width(SubscriptionModel::LastByteColumn, u"8.8 s"_s);
    width(SubscriptionModel::ReconnectsColumn, u"88"_s);
}

void SubscriptionView::fitColumns()
{
    const int levels = rootIsDecorated() ? 2 : 0;
    const int wanted = nameCharacters * fontMetrics().averageCharWidth() + levels * indentation();
    constexpr std::array lessNeeded{
        SubscriptionModel::ReconnectsColumn, SubscriptionModel::LastByteColumn, SubscriptionModel::RateColumn};
    for (const int column : lessNeeded)
        setColumnHidden(column, false);
    int others = 0;
    for (int column = 0; column < SubscriptionModel::columns; ++column)
        others += column == SubscriptionModel::NameColumn ? 0 : columnWidth(column);
    for (const int column : lessNeeded) {
        if (viewport()->width() - others >= wanted)
            break;
        others -= columnWidth(column);
        setColumnHidden(column, true);
    }
}

void SubscriptionView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (m_tree && event->size().width() != event->oldSize().width())
        fitColumns();
}

void SubscriptionView::keepGroupsOpen()
{
    const auto groups = m_tree->groups();
    if (rootIsDecorated() == groups.isEmpty()) {
        setRootIsDecorated(!groups.isEmpty());
        fitColumns();
    }
    for (const auto &group : groups)
        setExpanded(m_tree->indexOfGroup(group), !m_closedGroups.contains(group));
}

QList<SubscriptionId> SubscriptionView::selection() const
{
    QList<SubscriptionId> ids;
    std::set<SubscriptionId> seen;
    auto rows = selectionModel()->selectedRows();
    // Members of a closed group stand where the group stands.
    std::ranges::sort(rows, [](const QModelIndex &a, const QModelIndex &b) {
        const auto place = [](const QModelIndex &index) {
            const auto parent = index.parent();
            return parent.isValid() ? std::pair(parent.row(), index.row()) : std::pair(index.row(), -1);
        };
        return place(a) < place(b);
    });
    for (const auto &row : rows)
        for (const auto id : m_tree->idsAt(row))
            if (seen.insert(id).second)
                ids << id;
    return ids;
}

QString SubscriptionView::selectedGroup() const
{
    const auto rows = selectionModel()->selectedRows();
    return rows.size() == 1 && m_tree->isGroup(rows.first()) ? m_tree->groupOf(rows.first()) : QString();
}

void SubscriptionView::select(SubscriptionId id)
{
    if (const auto index = m_tree->indexOf(id, SubscriptionModel::NameColumn); index.isValid())
        setCurrentIndex(index);
}

void SubscriptionView::selectGroup(const QString &group)
{
    if (const auto index = m_tree->indexOfGroup(group, SubscriptionModel::NameColumn); index.isValid())
        setCurrentIndex(index);
}

void SubscriptionView::editGroup(const QString &group)
{
    selectGroup(group);
    if (selectedGroup() == group)
        edit(currentIndex());
}

bool SubscriptionView::hasVisiblePulse() const
{
    const auto now = std::chrono::steady_clock::now();
    for (auto index = indexAt({0, 0}); index.isValid(); index = indexBelow(index)) {
        const auto rect = visualRect(index);
        if (rect.top() > viewport()->height())
            break;
        if (pulseStrength(index, now) > 0)
            return true;
    }
    return false;
}

void SubscriptionView::updatePulse()
{
    viewport()->update();
    if (!hasVisiblePulse())
        m_pulsing.stop();
}

void SubscriptionView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        m_delegate->setPulsing(wantsAnimation(*this));
}

} // namespace weir::gui
