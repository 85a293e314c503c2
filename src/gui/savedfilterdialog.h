// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/savedfilters.h"

#include <QDialog>

#include <memory>

namespace weir::gui {

namespace Ui {
class SavedFilterDialog;
}
class SavedFilterModel;

/// Adds, renames, orders and removes saved filters. Changes them when it is accepted, and not before; deletes itself.
/// GUI thread only.
class SavedFilterDialog : public QDialog
{
    Q_OBJECT

public:
    /// Keeps a reference: `filters` must outlive this.
    explicit SavedFilterDialog(SavedFilters &filters, QWidget *parent = nullptr);
    ~SavedFilterDialog() override;

    /// Adds one for this expression and lets the user name it.
    void addExpression(const QString &expression);

    void accept() override;

private:
    int row() const;
    void select(int row, int column);
    void update();

    std::unique_ptr<Ui::SavedFilterDialog> m_ui;
    SavedFilters &m_filters;
    SavedFilterModel *m_model;
};

} // namespace weir::gui
