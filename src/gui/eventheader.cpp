// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventheader.h"

#include "gui/theme.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QIODevice>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>

namespace weir::gui {

using models::Column;
using namespace Qt::StringLiterals;

namespace {

constexpr int dataColumn = static_cast<int>(Column::Data);
constexpr quint32 stateVersion = 2;

/// Widths in characters of the fixed font.
constexpr std::array<int, models::columnCount> defaultCharacters = {17, 9, 12, 11, 18, 16, 10};

/// The first gives way first.
constexpr std::array waysGiven = {Column::Size, Column::Id, Column::Gap, Column::Type, Column::Source};

constexpr std::size_t bit(Column column)
{
    return static_cast<std::size_t>(column);
}

} // namespace

EventHeader::EventHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(true);
    setSectionsClickable(false);
    setHighlightSections(false);
    setStretchLastSection(false);
    setAccessibleName(tr("Columns of the table of events"));
    connect(this, &QHeaderView::sectionResized, this, [this](int section) { noteResize(section); });
    connect(this, &QHeaderView::sectionMoved, this, &EventHeader::columnsChanged);
    connect(this, &QHeaderView::sectionCountChanged, this, [this](int before, int after) {
        if (before == 0 && after == models::columnCount)
            setDefaultWidths();
    });
}

bool EventHeader::isColumnShown(Column column) const
{
    return !isSectionHidden(static_cast<int>(column)) || m_isGivingWay[bit(column)];
}

void EventHeader::setColumnShown(Column column, bool shown)
{
    m_isPinned[bit(column)] = shown;
    const auto hidden = hiddenSectionCount() - static_cast<int>(m_isGivingWay.count());
    if (shown == !isSectionHidden(static_cast<int>(column)) && !m_isGivingWay[bit(column)])
        return;
    if (!shown && hidden + 1 == count())
        return;
    m_isGivingWay[bit(column)] = false;
    setSectionHidden(static_cast<int>(column), !shown);
    fit(m_width);
    Q_EMIT columnsChanged();
}

void EventHeader::showDefaultColumns()
{
    m_isPinned.reset();
    m_isGivingWay.reset();
    for (int section = 0; section < count(); ++section) {
        setSectionHidden(section, false);
        moveSection(visualIndex(section), section);
    }
    setDefaultWidths();
    fit(m_width);
    Q_EMIT columnsChanged();
}

void EventHeader::setDefaultWidths()
{
    const QScopedValueRollback guard(m_isFitting, true);
    const QFontMetrics metrics(fixedFont());
    const int padding = 2 * metrics.averageCharWidth();
    for (int section = 0; section < count(); ++section) {
        const int characters = defaultCharacters[static_cast<std::size_t>(section)];
        resizeSection(section, metrics.horizontalAdvance(QString(characters, u'0')) + padding);
    }
    m_dataMinimum = sectionSize(dataColumn);
}

void EventHeader::noteResize(int section)
{
    if (m_isFitting)
        return;
    if (section == dataColumn)
        m_dataMinimum = sectionSize(dataColumn);
    else
        fit(m_width);
    Q_EMIT columnsChanged();
}

void EventHeader::fit(int width)
{
    m_width = width;
    // Hiding a section resizes it, which lays out the view, which fits its header again.
    if (m_isFitting || count() == 0 || isSectionHidden(dataColumn))
        return;
    const QScopedValueRollback guard(m_isFitting, true);
    giveWay(width);
    const int others = length() - sectionSize(dataColumn);
    resizeSection(dataColumn, std::max(m_dataMinimum, width - others));
}

void EventHeader::giveWay(int width)
{
    for (const auto column : waysGiven) {
        if (m_isGivingWay[bit(column)])
            setSectionHidden(static_cast<int>(column), false);
    }
    m_isGivingWay.reset();
    for (const auto column : waysGiven) {
        const int section = static_cast<int>(column);
        if (width <= 0 || length() - sectionSize(dataColumn) + m_dataMinimum <= width)
            return;
        if (m_isPinned[bit(column)] || isSectionHidden(section))
            continue;
        m_isGivingWay[bit(column)] = true;
        setSectionHidden(section, true);
    }
}

QByteArray EventHeader::save() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << stateVersion << m_dataMinimum << quint32(m_isGivingWay.to_ulong()) << quint32(m_isPinned.to_ulong())
           << saveState();
    return state;
}

bool EventHeader::restore(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    int dataMinimum = 0;
    quint32 givingWay = 0;
    quint32 pinned = 0;
    QByteArray sections;
    stream >> version >> dataMinimum >> givingWay >> pinned >> sections;
    if (stream.status() != QDataStream::Ok || version != stateVersion)
        return false;
    {
        const QScopedValueRollback guard(m_isFitting, true);
        if (!restoreState(sections))
            return false;
        m_dataMinimum = dataMinimum;
        m_isGivingWay = givingWay;
        m_isPinned = pinned;
    }
    fit(m_width);
    return true;
}

void EventHeader::addColumnActions(QMenu *menu)
{
    for (int visual = 0; visual < count(); ++visual) {
        const int section = logicalIndex(visual);
        auto *action = menu->addAction(model()->headerData(section, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(isColumnShown(Column{section}));
        action->setEnabled(isSectionHidden(section) || hiddenSectionCount() + 1 < count());
        connect(action, &QAction::toggled, this, [this, section](bool on) { setColumnShown(Column{section}, on); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Reset columns")), &QAction::triggered, this, &EventHeader::showDefaultColumns);
}

void EventHeader::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addColumnActions(menu);
    menu->popup(event->globalPos());
}

void EventHeader::changeEvent(QEvent *event)
{
    QHeaderView::changeEvent(event);
    if (event->type() == QEvent::FontChange && count() > 0) {
        setDefaultWidths();
        fit(m_width);
    }
}

} // namespace weir::gui
