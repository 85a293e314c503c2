// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QAccessibleWidget>

#include <map>

namespace weir::gui {

class EventView;

/// The table of events for assistive technology. Qt has such an interface for its own item views only. A cell is tied
/// to its event number, so that what a screen reader holds does not turn into another event when rows are evicted.
class EventViewAccess : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit EventViewAccess(EventView *view);
    ~EventViewAccess() override;

    /// For QAccessible::installFactory().
    static QAccessibleInterface *create(const QString &className, QObject *object);

    void *interface_cast(QAccessible::InterfaceType type) override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override;
    int selectedCellCount() const override;
    QList<QAccessibleInterface *> selectedCells() const override;
    QString columnDescription(int column) const override;
    QString rowDescription(int row) const override;
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override;
    int columnCount() const override;
    int rowCount() const override;
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override; ///< the first thousand
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int row) const override;
    bool selectRow(int row) override;
    bool selectColumn(int) override { return false; }
    bool unselectRow(int row) override;
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *event) override;

private:
    EventView *view() const;
    void forgetCells() const;

    mutable std::map<std::pair<store::EventNumber, int>, QAccessible::Id> m_cells;
};

} // namespace weir::gui
