// SPDX-License-Identifier: GPL-3.0-or-later
// How EventView is drawn.
#include "gui/eventdelegate.h"
#include "gui/eventgutter.h"
#include "gui/eventheader.h"
#include "gui/eventrowtint.h"
#include "gui/eventview.h"
#include "gui/rowcolours.h"
#include "gui/rowlooks.h"
#include "gui/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace weir::gui {

using models::ColumnKind;

namespace {

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

void EventView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    if (!m_model || m_model->rowCount() == 0) {
        paintEmptyText(painter);
        paintEarlierText(painter);
        return;
    }
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const int first = std::max(0, rowAt(event->rect().top()));
    const int last = std::min(rowAt(event->rect().bottom()), m_model->rowCount() - 1);
    for (int row = first; row <= last; ++row)
        paintRow(painter, option, row);
    paintEarlierText(painter);
}

void EventView::paintEarlierText(QPainter &painter) const
{
    const QRect line(0, 0, viewport()->width(), m_rowHeight);
    if (!isOnEarlierText(line.center()))
        return;
    painter.fillRect(line, palette().color(QPalette::Window));
    painter.setFont(font());
    painter.setPen(colour(Meaning::Warning, palette()));
    painter.drawText(line.adjusted(m_rowHeight / 2, 0, -m_rowHeight / 2, 0), int(Qt::AlignVCenter | Qt::AlignLeading),
        fontMetrics().elidedText(m_earlierText, Qt::ElideRight, line.width() - m_rowHeight));
}

void EventView::paintEmptyText(QPainter &painter) const
{
    const int margin = 2 * m_rowHeight;
    painter.setPen(colour(Meaning::Secondary, palette()));
    painter.drawText(
        viewport()->rect().adjusted(margin, 0, -margin, 0), int(Qt::AlignCenter) | Qt::TextWordWrap, m_emptyText);
}

RowLook EventView::lookOf(int row) const
{
    const auto number = m_model->numberAt(row);
    return m_looks && number.value > 0 ? m_looks->at(m_model->snapshot().at(number), palette()) : RowLook();
}

QColor EventView::rowColour(const QStyleOptionViewItem &option, int row, const RowLook &look) const
{
    const auto group = option.state & QStyle::State_Active ? QPalette::Normal : QPalette::Inactive;
    if (option.state & QStyle::State_Selected)
        return option.palette.color(group, QPalette::Highlight);
    const bool isOdd = (static_cast<std::uint64_t>(row) + m_rowsRemoved) % 2 == 1;
    QColor result = option.palette.color(group, isOdd ? QPalette::AlternateBase : QPalette::Base);
    if (look.background.isValid())
        result = look.background;
    if (look.isFound && !look.highlights)
        result = blend(result, foundColours(option.palette).strip, 0.2);
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
    const RowLook look = lookOf(row);
    const QColor paper = rowColour(cell, row, look);
    painter.fillRect(cell.rect, paper);
    paintCells(painter, cell, row, look);
    QRect gutter = cell.rect;
    gutter.setWidth(gutterWidth(m_rowHeight));
    const bool isSelected = cell.state & QStyle::State_Selected;
    paintGutter(painter, QStyle::visualRect(layoutDirection(), cell.rect, gutter), look,
        subscriptionColour(first.data(models::ColourIndexRole).toInt(), palette()),
        isSelected ? palette().color(QPalette::HighlightedText) : colour(Meaning::Accent, palette()), paper);
    if (hasFocus() && currentIndex().row() == row) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(cell);
        focus.backgroundColor = paper;
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

int EventView::contentWidth(int column) const
{
    const QFontMetrics metrics(isInFixedFont(m_model->columns()[column].kind) ? m_fixedFont : font());
    const int padding =
        2 * metrics.averageCharWidth() + (m_header->visualIndex(column) == 0 ? gutterWidth(m_rowHeight) : 0);
    int width = m_header->sectionSizeHint(column);
    const int last = std::min(firstVisibleRow() + visibleRowCount(), m_model->rowCount() - 1);
    for (int row = firstVisibleRow(); row <= last; ++row) {
        const auto text = m_model->index(row, column).data().toString();
        width = std::max(width, metrics.horizontalAdvance(text) + padding);
    }
    return std::min(width, viewport()->width());
}

void EventView::paintCells(QPainter &painter, QStyleOptionViewItem option, int row, const RowLook &look)
{
    const QFontMetrics fixed(m_fixedFont);
    const int gutter = gutterWidth(m_rowHeight);
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        option.rect.setLeft(m_header->sectionViewportPosition(column));
        option.rect.setWidth(m_header->sectionSize(column));
        if (m_header->isSectionHidden(column) || !option.rect.intersects(viewport()->rect()))
            continue;
        if (visual == 0)
            option.rect.adjust(isRightToLeft() ? 0 : gutter, 0, isRightToLeft() ? -gutter : 0, 0);
        const bool isFixed = isInFixedFont(m_model->columns()[column].kind);
        option.font = isFixed ? m_fixedFont : font();
        option.fontMetrics = isFixed ? fixed : fontMetrics();
        painter.setFont(option.font);
        m_delegate->paintCell(&painter, option, m_model->index(row, column), look);
    }
}

} // namespace weir::gui
