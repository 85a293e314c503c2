// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventview.h"

#include "gui/eventdelegate.h"
#include "gui/eventheader.h"
#include "gui/eventrowtint.h"
#include "gui/eventviewaccess.h"
#include "gui/theme.h"

#include <QHoverEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace weir::gui {

using models::ColumnKind;

namespace {

constexpr int barWidth = 3;

bool isInFixedFont(ColumnKind column)
{
    return column != ColumnKind::Source && column != ColumnKind::Type && column != ColumnKind::Kind;
}

QColor blend(const QColor &below, const QColor &above, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share); };
    return {mix(below.red(), above.red()), mix(below.green(), above.green()), mix(below.blue(), above.blue())};
}

} // namespace

EventView::EventView(QWidget *parent)
    : QAbstractItemView(parent)
    , m_header(new EventHeader(this))
    , m_tint(std::make_unique<RowTint>())
{
    QAccessible::installFactory(&EventViewAccess::create);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new EventDelegate(this));
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

void EventView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

int EventView::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

int EventView::visibleRowCount() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

int EventView::rowAt(int y) const
{
    const int rows = y >= 0 ? y / m_rowHeight : -((-y + m_rowHeight - 1) / m_rowHeight);
    return firstVisibleRow() + rows;
}

QRect EventView::rowRect(int row) const
{
    // Positions far off screen only have to stay in order: an int holds 2^31 pixels, a log more rows than that.
    constexpr qint64 farAway = qint64{1} << 29;
    const qint64 y = (qint64{row} - firstVisibleRow()) * m_rowHeight;
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
    if (!m_model || point.y() < 0 || row >= m_model->rowCount())
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
    return static_cast<int>(std::min<qint64>(qint64{firstVisibleRow()} * m_rowHeight, qint64{1} << 30));
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
    const int rows = m_model ? m_model->rowCount() : 0;
    verticalScrollBar()->setPageStep(visibleRowCount());
    verticalScrollBar()->setRange(0, std::max(0, rows - visibleRowCount()));
    if (m_isFollowing)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void EventView::setTopRow(int row)
{
    updateScrollRange();
    if (!m_isFollowing)
        verticalScrollBar()->setValue(row);
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
    const int first = firstVisibleRow();
    const int count = visibleRowCount();
    const int row = index.row();
    auto *bar = verticalScrollBar();
    if (hint == PositionAtCenter)
        bar->setValue(row - count / 2);
    else if (hint == PositionAtTop || row < first)
        bar->setValue(row);
    else if (hint == PositionAtBottom || row >= first + count)
        bar->setValue(row - count + 1);
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
    return QAbstractItemView::viewportEvent(event);
}

void EventView::setHoverRow(int row)
{
    const int before = std::exchange(m_hoverRow, row);
    if (before == row)
        return;
    viewport()->update(rowRect(before));
    viewport()->update(rowRect(row));
}

void EventView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    if (!m_model || m_model->rowCount() == 0) {
        paintEmptyText(painter);
        return;
    }
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const int first = rowAt(event->rect().top());
    const int last = std::min(rowAt(event->rect().bottom()), m_model->rowCount() - 1);
    for (int row = first; row <= last; ++row)
        paintRow(painter, option, row);
}

void EventView::paintEmptyText(QPainter &painter) const
{
    const int margin = 2 * m_rowHeight;
    painter.setPen(colour(Meaning::Secondary, palette()));
    painter.drawText(
        viewport()->rect().adjusted(margin, 0, -margin, 0), int(Qt::AlignCenter) | Qt::TextWordWrap, m_emptyText);
}

QColor EventView::rowColour(const QStyleOptionViewItem &option, int row) const
{
    const auto group = option.state & QStyle::State_Active ? QPalette::Normal : QPalette::Inactive;
    if (option.state & QStyle::State_Selected)
        return option.palette.color(group, QPalette::Highlight);
    const bool isOdd = (static_cast<std::uint64_t>(row) + m_rowsRemoved) % 2 == 1;
    QColor result = option.palette.color(group, isOdd ? QPalette::AlternateBase : QPalette::Base);
    if (const double fresh = m_tint->freshness(m_model->numberAt(row)); fresh > 0)
        result = blend(result, colour(Meaning::Accent, option.palette), 0.22 * fresh);
    if (row == m_hoverRow)
        result = blend(result, option.palette.color(QPalette::Text), 0.06);
    return result;
}

void EventView::paintRow(QPainter &painter, const QStyleOptionViewItem &option, int row)
{
    QStyleOptionViewItem cell = option;
    const QModelIndex first = m_model->index(row, 0);
    cell.rect = rowRect(row);
    cell.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(first));
    cell.state.setFlag(QStyle::State_Active, isActiveWindow());
    painter.fillRect(cell.rect, rowColour(cell, row));
    paintCells(painter, cell, row);
    QRect bar = cell.rect;
    bar.setWidth(barWidth);
    painter.fillRect(QStyle::visualRect(layoutDirection(), cell.rect, bar),
        subscriptionColour(first.data(models::ColourIndexRole).toInt(), palette()));
    if (hasFocus() && currentIndex().row() == row) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(cell);
        focus.backgroundColor = rowColour(cell, row);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

void EventView::paintCells(QPainter &painter, QStyleOptionViewItem option, int row)
{
    const QFontMetrics fixed(m_fixedFont);
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        option.rect.setLeft(m_header->sectionViewportPosition(column));
        option.rect.setWidth(m_header->sectionSize(column));
        if (m_header->isSectionHidden(column) || !option.rect.intersects(viewport()->rect()))
            continue;
        if (visual == 0)
            option.rect.adjust(isRightToLeft() ? 0 : barWidth, 0, isRightToLeft() ? -barWidth : 0, 0);
        const bool isFixed = isInFixedFont(m_model->columns()[column].kind);
        option.font = isFixed ? m_fixedFont : font();
        option.fontMetrics = isFixed ? fixed : fontMetrics();
        painter.setFont(option.font);
        itemDelegate()->paint(&painter, option, m_model->index(row, column));
    }
}

} // namespace weir::gui
