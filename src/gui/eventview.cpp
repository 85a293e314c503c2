// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventview.h"

#include "gui/columncommands.h"
#include "gui/eventcopy.h"
#include "gui/eventdelegate.h"
#include "gui/eventheader.h"
#include "gui/eventrowtint.h"
#include "gui/eventviewaccess.h"
#include "gui/rowlooks.h"
#include "gui/theme.h"

#include <QHoverEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace weir::gui {

EventView::EventView(QWidget *parent)
    : QAbstractItemView(parent)
    , m_header(new EventHeader(this))
    , m_delegate(new EventDelegate(this))
    , m_columnCommands(new ColumnCommands(*this))
    , m_copy(new EventCopy(*this))
    , m_tint(std::make_unique<RowTint>())
{
    QAccessible::installFactory(&EventViewAccess::create);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(m_delegate);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setMouseTracking(true);
    connectHeader();
    measure();
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &EventView::followByScroll);
    connect(m_tint.get(), &RowTint::faded, viewport(), qOverload<>(&QWidget::update));
}

EventView::~EventView() = default;

void EventView::connectHeader()
{
    connect(m_header, &QHeaderView::sectionResized, this, &EventView::updateGeometries);
    connect(m_header, &QHeaderView::sectionMoved, viewport(), qOverload<>(&QWidget::update));
    connect(m_header, &EventHeader::columnsChanged, this, &EventView::updateGeometries);
    connect(m_copy, &EventCopy::noticed, this, &EventView::noticed);
}

void EventView::setModel(QAbstractItemModel *model)
{
    m_model = qobject_cast<models::EventModel *>(model);
    Q_ASSERT(m_model);
    QAbstractItemView::setModel(model);
    m_header->setModel(model);
    connectModel();
    updateGeometries();
}

void EventView::measure()
{
    m_fixedFont = fixedFont();
    m_rowHeight = std::max(QFontMetrics(m_fixedFont).height(), fontMetrics().height()) + 6;
    m_tint->setEnabled(style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0);
}

void EventView::setLooks(const RowLooks *looks)
{
    m_looks = looks;
    if (looks)
        connect(looks, &RowLooks::changed, viewport(), qOverload<>(&QWidget::update));
    viewport()->update();
}

void EventView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void EventView::setEarlierText(const QString &text)
{
    if (text == m_earlierText)
        return;
    const int row = firstVisibleRow();
    const bool isAtTop = verticalScrollBar()->value() == 0;
    m_earlierText = text;
    setAccessibleDescription(text);
    updateScrollRange();
    if (!m_isFollowing)
        verticalScrollBar()->setValue(isAtTop ? 0 : row + earlierLines());
    viewport()->update();
}

int EventView::firstVisibleRow() const
{
    return std::max(0, verticalScrollBar()->value() - earlierLines());
}

int EventView::visibleRowCount() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

int EventView::rowAt(int y) const
{
    const int rows = y >= 0 ? y / m_rowHeight : -((-y + m_rowHeight - 1) / m_rowHeight);
    return verticalScrollBar()->value() - earlierLines() + rows;
}

QRect EventView::rowRect(int row) const
{
    // Positions far off screen only have to stay in order: an int holds 2^31 pixels, a log more rows than that.
    constexpr qint64 farAway = qint64{1} << 29;
    const qint64 y = (qint64{row} + earlierLines() - verticalScrollBar()->value()) * m_rowHeight;
    return {0, static_cast<int>(std::clamp(y, -farAway, farAway)), viewport()->width(), m_rowHeight};
}

QRect EventView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    QRect rect = rowRect(index.row());
    rect.setLeft(m_header->sectionViewportPosition(index.column()));
    rect.setWidth(m_header->sectionSize(index.column()));
    return rect;
}

QModelIndex EventView::indexAt(const QPoint &point) const
{
    const int row = rowAt(point.y());
    const int column = m_header->logicalIndexAt(point.x());
    if (!m_model || point.y() < 0 || row < 0 || row >= m_model->rowCount())
        return {};
    // Beside the last column a row is still that row.
    return m_model->index(row, column >= 0 ? column : m_header->logicalIndex(0));
}

bool EventView::isIndexHidden(const QModelIndex &index) const
{
    return m_header->isSectionHidden(index.column());
}

int EventView::horizontalOffset() const
{
    return m_header->offset();
}

int EventView::verticalOffset() const
{
    return static_cast<int>(std::min<qint64>(qint64{verticalScrollBar()->value()} * m_rowHeight, qint64{1} << 30));
}

QRegion EventView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const auto &range : selection) {
        const QRect rows = rowRect(range.top()).united(rowRect(range.bottom()));
        region += rows.intersected(viewport()->rect());
    }
    return region;
}

void EventView::updateGeometries()
{
    if (m_isLayingOut)
        return;
    const QScopedValueRollback guard(m_isLayingOut, true);
    const int height = m_header->isHidden() ? 0 : m_header->sizeHint().height();
    setViewportMargins(0, height, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - height, area.width(), height);
    m_header->fit(area.width());
    auto *bar = horizontalScrollBar();
    bar->setPageStep(area.width());
    bar->setSingleStep(4 * fontMetrics().averageCharWidth());
    bar->setRange(0, std::max(0, m_header->length() - area.width()));
    updateScrollRange();
    QAbstractItemView::updateGeometries();
    viewport()->update();
}

void EventView::updateScrollRange()
{
    const int rows = m_model ? m_model->rowCount() + earlierLines() : 0;
    verticalScrollBar()->setPageStep(visibleRowCount());
    verticalScrollBar()->setRange(0, std::max(0, rows - visibleRowCount()));
    if (m_isFollowing)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void EventView::setTopRow(int row)
{
    updateScrollRange();
    if (!m_isFollowing)
        verticalScrollBar()->setValue(row == 0 ? 0 : row + earlierLines());
    viewport()->update();
}

void EventView::scrollContentsBy(int dx, int dy)
{
    if (dx != 0)
        m_header->setOffset(horizontalScrollBar()->value());
    if (dy != 0 && m_hoverRow >= 0)
        setHoverRow(rowAt(viewport()->mapFromGlobal(QCursor::pos()).y()));
    viewport()->update();
}

void EventView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || m_isRestoring)
        return;
    // In lines of the scroll bar; with the first row comes what stands above it.
    const int first = verticalScrollBar()->value();
    const int count = visibleRowCount();
    const int line = index.row() == 0 ? 0 : index.row() + earlierLines();
    auto *bar = verticalScrollBar();
    if (hint == PositionAtCenter)
        bar->setValue(line - count / 2);
    else if (hint == PositionAtTop || line < first)
        bar->setValue(line);
    else if (hint == PositionAtBottom || line >= first + count)
        bar->setValue(line - count + 1);
}

void EventView::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
        updateGeometries();
    }
}

bool EventView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverEnter)
        setHoverRow(rowAt(static_cast<QHoverEvent *>(event)->position().toPoint().y()));
    else if (event->type() == QEvent::HoverLeave)
        setHoverRow(-1);
    else if (event->type() == QEvent::ToolTip && showRowToolTip(*static_cast<QHelpEvent *>(event)))
        return true;
    return QAbstractItemView::viewportEvent(event);
}

bool EventView::showRowToolTip(const QHelpEvent &event)
{
    const auto number = m_model ? m_model->numberAt(rowAt(event.pos().y())) : store::EventNumber{};
    const auto text = m_looks && number.value > 0 ? m_looks->toolTip(m_model->snapshot().at(number)) : QString();
    if (!text.isEmpty())
        QToolTip::showText(event.globalPos(), text, viewport(), rowRect(rowAt(event.pos().y())));
    return !text.isEmpty();
}

void EventView::setHoverRow(int row)
{
    const int before = std::exchange(m_hoverRow, row);
    if (before == row)
        return;
    viewport()->update(rowRect(before));
    viewport()->update(rowRect(row));
}

bool EventView::isOnEarlierText(const QPoint &point) const
{
    return earlierLines() > 0 && verticalScrollBar()->value() == 0 && point.y() >= 0 && point.y() < m_rowHeight;
}

} // namespace weir::gui
