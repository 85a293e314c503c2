// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpaths.h"
#include "gui/columnplaces.h"

#include <QDialog>

#include <memory>

class QListWidgetItem;

namespace weir::gui {

namespace Ui {
class ColumnsDialog;
}

/// Chooses, orders, adds, renames and removes the columns of a view, by mouse or keyboard. Opened over the window,
/// never waited for. GUI thread only.
class ColumnsDialog : public QDialog
{
    Q_OBJECT

public:
    ColumnsDialog(const ColumnPlaces &places, QWidget *parent);
    ~ColumnsDialog() override;

    /// For new columns.
    void offer(const std::vector<filter::SeenPath> &paths) { m_seen = paths; }
    void accept() override;

Q_SIGNALS:
    void confirmed(const weir::gui::ColumnPlaces &places);

private:
    void connectButtons();
    void fill(const ColumnPlaces &places);
    void addItem(int row, const ColumnPlace &place);
    void showColumn(QListWidgetItem *item);
    ColumnPlace placeOf(const QListWidgetItem *item) const;
    void move(int steps);
    void add();
    void edit();
    void remove();
    void reset();
    void insert(const models::Column &column);
    void replace(QListWidgetItem *item, const models::Column &column);
    int rowOf(const models::Column &column) const;
    void updateButtons();

    std::unique_ptr<Ui::ColumnsDialog> m_ui;
    ColumnPlaces m_places; ///< in no order: items of the list refer to them
    std::vector<filter::SeenPath> m_seen;
};

} // namespace weir::gui
