// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventviewaccess.h"

#include "gui/eventview.h"

#include <QPointer>

#include <algorithm>

namespace weir::gui {

namespace {

constexpr std::size_t mostCells = 4096;
constexpr qsizetype mostListedRows = 1000;

class EventCellAccess : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    EventCellAccess(EventView *view, store::EventNumber number, int column)
        : m_view(view)
        , m_number(number)
        , m_column(column)
    {}

    bool isValid() const override { return index().isValid(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text text) const override
    {
        return text == QAccessible::Name ? index().data().toString() : QString();
    }
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect rect = m_view->visualRect(index());
        return {m_view->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this) : nullptr;
    }

    int columnExtent() const override { return 1; }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowExtent() const override { return 1; }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int rowIndex() const override { return index().row(); }
    bool isSelected() const override { return isValid() && m_view->selectionModel()->isSelected(index()); }
    QAccessibleInterface *table() const override { return parent(); }

private:
    QModelIndex index() const
    {
        const auto *model = m_view ? qobject_cast<const models::EventModel *>(m_view->model()) : nullptr;
        const int row = model ? model->rowOf(m_number) : -1;
        return row < 0 ? QModelIndex() : model->index(row, m_column);
    }

    const QPointer<EventView> m_view;
    const store::EventNumber m_number;
    const int m_column;
};

QAccessible::State EventCellAccess::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const bool isCurrent = m_view->currentIndex().row() == rowIndex();
    state.selectable = true;
    state.focusable = true;
    state.readOnly = true;
    state.selected = isSelected();
    state.focused = isCurrent && m_view->hasFocus();
    state.active = isCurrent;
    state.offscreen = !m_view->viewport()->rect().intersects(m_view->visualRect(index()));
    return state;
}

} // namespace

EventViewAccess::EventViewAccess(EventView *view)
    : QAccessibleWidget(view, QAccessible::Table)
{}

EventViewAccess::~EventViewAccess()
{
    forgetCells();
}

QAccessibleInterface *EventViewAccess::create(const QString &, QObject *object)
{
    auto *view = qobject_cast<EventView *>(object);
    return view ? new EventViewAccess(view) : nullptr;
}

EventView *EventViewAccess::view() const
{
    return qobject_cast<EventView *>(object());
}

void EventViewAccess::forgetCells() const
{
    for (const auto &[key, id] : m_cells)
        QAccessible::deleteAccessibleInterface(id);
    m_cells.clear();
}

void *EventViewAccess::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

int EventViewAccess::rowCount() const
{
    return view()->model() ? view()->model()->rowCount() : 0;
}

int EventViewAccess::columnCount() const
{
    return view()->model() ? view()->model()->columnCount() : 0;
}

int EventViewAccess::childCount() const
{
    const int columns = columnCount();
    return columns > 0 ? std::min(rowCount(), INT_MAX / columns) * columns : 0;
}

QAccessibleInterface *EventViewAccess::child(int index) const
{
    const int columns = columnCount();
    return columns > 0 ? cellAt(index / columns, index % columns) : nullptr;
}

QAccessibleInterface *EventViewAccess::childAt(int x, int y) const
{
    const auto index = view()->indexAt(view()->viewport()->mapFromGlobal(QPoint(x, y)));
    return cellAt(index.row(), index.column());
}

QAccessibleInterface *EventViewAccess::focusChild() const
{
    const auto index = view()->currentIndex();
    return cellAt(index.row(), index.column());
}

int EventViewAccess::indexOfChild(const QAccessibleInterface *child) const
{
    // Cells are the only children that child() gives out.
    const auto *cell = dynamic_cast<const EventCellAccess *>(child);
    return cell && cell->isValid() ? cell->rowIndex() * columnCount() + cell->columnIndex() : -1;
}

QAccessibleInterface *EventViewAccess::cellAt(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
        return nullptr;
    const auto number = qobject_cast<const models::EventModel *>(view()->model())->numberAt(row);
    const auto found = m_cells.find({number, column});
    if (found != m_cells.end())
        return QAccessible::accessibleInterface(found->second);
    if (m_cells.size() >= mostCells)
        forgetCells();
    auto *cell = new EventCellAccess(view(), number, column);
    m_cells[{number, column}] = QAccessible::registerAccessibleInterface(cell);
    return cell;
}

int EventViewAccess::selectedRowCount() const
{
    int count = 0;
    for (const auto &range : view()->selectionModel()->selection())
        count += range.height();
    return count;
}

int EventViewAccess::selectedCellCount() const
{
    const int columns = std::max(1, columnCount());
    return std::min(selectedRowCount(), INT_MAX / columns) * columns;
}

QList<int> EventViewAccess::selectedRows() const
{
    QList<int> rows;
    for (const auto &range : view()->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && rows.size() < mostListedRows; ++row)
            rows.append(row);
    }
    return rows;
}

QList<QAccessibleInterface *> EventViewAccess::selectedCells() const
{
    QList<QAccessibleInterface *> cells;
    const auto rows = selectedRows();
    for (qsizetype i = 0; i < std::min<qsizetype>(rows.size(), 100); ++i) {
        for (int column = 0; column < columnCount(); ++column)
            cells.append(cellAt(rows[i], column));
    }
    return cells;
}

QString EventViewAccess::columnDescription(int column) const
{
    return view()->model()->headerData(column, Qt::Horizontal).toString();
}

QString EventViewAccess::rowDescription(int row) const
{
    const auto *model = qobject_cast<const models::EventModel *>(view()->model());
    const auto cell = [&](models::ColumnKind kind) {
        return model->index(row, model->columnOf(kind)).data().toString();
    };
    return EventView::tr("%1, %2, %3, id %4", "time, source, event type, last event ID")
        .arg(cell(models::ColumnKind::Time), cell(models::ColumnKind::Source), cell(models::ColumnKind::Type),
            cell(models::ColumnKind::Id));
}

void EventViewAccess::modelChange(QAccessibleTableModelChangeEvent *event)
{
    // Rows are known by their event numbers, columns by their places.
    const auto type = event->modelChangeType();
    if (type == QAccessibleTableModelChangeEvent::ColumnsInserted ||
        type == QAccessibleTableModelChangeEvent::ColumnsRemoved)
        forgetCells();
}

bool EventViewAccess::isRowSelected(int row) const
{
    return view()->selectionModel()->isSelected(view()->model()->index(row, 0));
}

bool EventViewAccess::selectRow(int row)
{
    const auto index = view()->model()->index(row, 0);
    if (!index.isValid())
        return false;
    view()->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    return true;
}

bool EventViewAccess::unselectRow(int row)
{
    const auto index = view()->model()->index(row, 0);
    if (!index.isValid())
        return false;
    view()->selectionModel()->select(index, QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    return true;
}

} // namespace weir::gui
